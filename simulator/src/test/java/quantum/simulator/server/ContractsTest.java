package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.simulator.InvalidInput;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.ExchangeContract.Customer;
import tools.jackson.databind.JsonNode;

/** Contracts that are no perpetual ones against USDT, and assets beside it. */
class ContractsTest {

    @TempDir
    Path directory = Path.of("");

    private static String row(String symbol, String type, String status, String base, String quote) {
        return ("{\"symbol\":\"%s\",\"pair\":\"%s\",\"contractType\":\"%s\",\"status\":\"%s\","
                        + "\"deliveryDate\":%d,\"baseAsset\":\"%s\",\"quoteAsset\":\"%s\",\"marginAsset\":\"%s\",\"pricePrecision\":2,"
                        + "\"quantityPrecision\":3,\"triggerProtect\":\"0.05\",\"underlyingType\":\"COIN\",\"filters\":["
                        + "{\"filterType\":\"PRICE_FILTER\",\"minPrice\":\"0.01\",\"maxPrice\":\"1000000\",\"tickSize\":\"0.01\"},"
                        + "{\"filterType\":\"LOT_SIZE\",\"minQty\":\"0.001\",\"maxQty\":\"1000\",\"stepSize\":\"0.001\"},"
                        + "{\"filterType\":\"MARKET_LOT_SIZE\",\"minQty\":\"0.001\",\"maxQty\":\"1000\",\"stepSize\":\"0.001\"},"
                        + "{\"filterType\":\"MAX_NUM_ORDERS\",\"limit\":200},"
                        + "{\"filterType\":\"MIN_NOTIONAL\",\"notional\":\"5\"},"
                        + "{\"filterType\":\"PERCENT_PRICE\",\"multiplierUp\":\"1.1\",\"multiplierDown\":\"0.9\"}]}")
                .formatted(symbol, symbol, type, status, 1_798_000_000_000L, base, quote, quote);
    }

    private DirectExchange exchange(String... rows) throws IOException {
        var file =
                Files.writeString(directory.resolve("filters.json"), "{\"symbols\":[" + String.join(",", rows) + "]}");
        var exchange = new DirectExchange(
                SimulatorOptions.defaults().withFilters(file).withFillDelay(Duration.ZERO, Duration.ZERO));
        for (var market : exchange.send("GET", "/fapi/v1/exchangeInfo", "", "", null)
                .json()
                .path("symbols")) {
            control(
                    exchange,
                    "/sim/price",
                    "{\"symbol\":\"%s\",\"price\":\"100\",\"hold\":true}"
                            .formatted(market.path("symbol").asString()));
        }
        return exchange;
    }

    private static Answer control(DirectExchange exchange, String path, String body) {
        var answer = exchange.send("POST", path, "", body, null);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer;
    }

    private static Answer signed(DirectExchange exchange, String method, String path, String parameters) {
        var payload = parameters + (parameters.isEmpty() ? "" : "&") + "timestamp=" + exchange.millis();
        var full = payload + "&signature=" + Customer.FIRST.sign(payload);
        return exchange.send(method, path, full, "", Customer.FIRST.key());
    }

    private static JsonNode find(JsonNode list, String name, String value) {
        for (var each : list) {
            if (each.path(name).asString().equals(value)) return each;
        }
        throw new AssertionError("no " + value + " in " + list);
    }

    private static BigDecimal decimal(JsonNode node, String name) {
        return new BigDecimal(node.path(name).asString());
    }

    @Test
    void contractsAreListedAsTheExchangeListsThem() throws IOException {
        var exchange = exchange(
                row("BTCUSDT", "PERPETUAL", "TRADING", "BTC", "USDT"),
                row("BTCUSDT_261225", "CURRENT_QUARTER", "TRADING", "BTC", "USDT"),
                row("TSLAUSDT", "TRADIFI_PERPETUAL", "TRADING", "TSLA", "USDT"),
                row("ETHBTC", "PERPETUAL", "SETTLING", "ETH", "BTC"),
                row("ODDUSDT", "PERPETUAL", "AUCTION", "ODD", "USDT"));
        var info = exchange.send("GET", "/fapi/v1/exchangeInfo", "", "", null).json();
        var symbols = info.path("symbols");
        assertThat(symbols.size()).isEqualTo(5);
        var quarter = find(symbols, "symbol", "BTCUSDT_261225");
        assertThat(quarter.path("contractType").asString()).isEqualTo("CURRENT_QUARTER");
        assertThat(quarter.path("deliveryDate").longValue()).isEqualTo(1_798_000_000_000L);
        assertThat(find(symbols, "symbol", "TSLAUSDT").path("contractType").asString())
                .isEqualTo("TRADIFI_PERPETUAL");
        assertThat(find(symbols, "symbol", "ETHBTC").path("marginAsset").asString())
                .isEqualTo("BTC");
        assertThat(find(symbols, "symbol", "ODDUSDT").path("status").asString()).isEqualTo("AUCTION");
        assertThat(find(info.path("assets"), "asset", "BTC")
                        .path("marginAvailable")
                        .booleanValue())
                .isTrue();
        var order = "side=BUY&type=MARKET&quantity=1&symbol=";
        assertThat(signed(exchange, "POST", "/fapi/v1/order", order + "TSLAUSDT")
                        .status())
                .isEqualTo(200);
        assertThat(signed(exchange, "POST", "/fapi/v1/order", order + "ODDUSDT").code())
                .isEqualTo(-1122);
        assertThat(signed(exchange, "POST", "/fapi/v1/order", order + "ETHBTC").code())
                .isEqualTo(-4141);
    }

    @Test
    void aRowThatCannotBeServedIsLeftOutAlone() throws IOException {
        var exchange = exchange(
                row("BTCUSDT", "PERPETUAL", "TRADING", "BTC", "USDT"),
                "{\"symbol\":\"BADUSDT\",\"status\":\"TRADING\"}");
        var info = exchange.send("GET", "/fapi/v1/exchangeInfo", "", "", null).body();
        assertThat(info).contains("BTCUSDT").doesNotContain("BADUSDT");
        assertThatThrownBy(() -> exchange("{\"symbol\":\"BADUSDT\"}"))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("BADUSDT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"triggerProtect\":\"0.05\",|''",
                "{\"filterType\":\"MAX_NUM_ORDERS\",\"limit\":200},|''",
                ",{\"filterType\":\"PERCENT_PRICE\",\"multiplierUp\":\"1.1\",\"multiplierDown\":\"0.9\"}|''",
            })
    void iF13_whatTheSessionDoesNotNeedKeepsNoContractFromBeingListed(String part, String instead) throws IOException {
        var whole = row("LEANUSDT", "PERPETUAL", "TRADING", "LEAN", "USDT");
        assertThat(whole).contains(part);
        var exchange = exchange(row("BTCUSDT", "PERPETUAL", "TRADING", "BTC", "USDT"), whole.replace(part, instead));
        var info = exchange.send("GET", "/fapi/v1/exchangeInfo", "", "", null).json();
        assertThat(find(info.path("symbols"), "symbol", "LEANUSDT").toString())
                .doesNotContain("\"multiplierUp\":\"0\"");
        var order = "symbol=LEANUSDT&side=BUY&type=MARKET&quantity=1";
        assertThat(signed(exchange, "POST", "/fapi/v1/order", order).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"minPrice\":\"0.01\"|\"minPrice\":\"-1\"",
                "\"tickSize\":\"0.01\"|\"tickSize\":\"none\"",
                "\"stepSize\":\"0.001\"|\"stepSize\":null",
                "\"filterType\":\"LOT_SIZE\"|\"filterType\":\"LOT\"",
                "\"symbol\":\"ODDUSDT\"|\"symbol\":\"\"",
            })
    void iF13_oneOddRowIsOddAlone(String part, String odd) throws IOException {
        var whole = row("ODDUSDT", "PERPETUAL", "TRADING", "ODD", "USDT");
        assertThat(whole).contains(part);
        var exchange = exchange(whole.replace(part, odd), row("BTCUSDT", "PERPETUAL", "TRADING", "BTC", "USDT"));
        var symbols = exchange.send("GET", "/fapi/v1/exchangeInfo", "", "", null)
                .json()
                .path("symbols");
        assertThat(symbols.size()).isEqualTo(1);
        assertThat(symbols.get(0).path("symbol").asString()).isEqualTo("BTCUSDT");
    }

    @Test
    void marginAndProfitAreOfTheContractsOwnAsset() throws IOException {
        var exchange = exchange(
                row("BTCUSDT", "PERPETUAL", "TRADING", "BTC", "USDT"),
                row("BTCUSDC", "PERPETUAL", "TRADING", "BTC", "USDC"));
        var order = "symbol=BTCUSDC&type=MARKET&quantity=1&side=";
        assertThat(signed(exchange, "POST", "/fapi/v1/order", order + "BUY").code())
                .isEqualTo(-2019);
        control(exchange, "/sim/account", "{\"balances\":{\"USDC\":\"500\"}}");
        signed(exchange, "POST", "/fapi/v1/order", order + "BUY");
        control(exchange, "/sim/price", "{\"symbol\":\"BTCUSDC\",\"price\":\"110\"}");
        var position =
                signed(exchange, "GET", "/fapi/v3/positionRisk", "").json().get(0);
        assertThat(position.path("marginAsset").asString()).isEqualTo("USDC");
        signed(exchange, "POST", "/fapi/v1/order", order + "SELL");
        var balances = signed(exchange, "GET", "/fapi/v3/balance", "").json();
        assertThat(decimal(find(balances, "asset", "USDT"), "balance")).isEqualByComparingTo("10000");
        assertThat(decimal(find(balances, "asset", "USDC"), "balance"))
                .isBetween(new BigDecimal("509.8"), new BigDecimal("510"));
        var assets = signed(exchange, "GET", "/fapi/v3/account", "").json().path("assets");
        assertThat(decimal(find(assets, "asset", "USDC"), "availableBalance"))
                .isBetween(new BigDecimal("509.8"), new BigDecimal("510"));
        var income = signed(exchange, "GET", "/fapi/v1/income", "incomeType=REALIZED_PNL")
                .json()
                .get(0);
        assertThat(income.path("asset").asString()).isEqualTo("USDC");
    }

    @Test
    void feesAreTakenFromAnotherAssetWhileThereIsEnoughOfIt() throws IOException {
        var exchange = exchange(
                row("BTCUSDT", "PERPETUAL", "TRADING", "BTC", "USDT"),
                row("BNBUSDT", "PERPETUAL", "TRADING", "BNB", "USDT"));
        control(exchange, "/sim/account", "{\"balances\":{\"BNB\":\"0.0005\"},\"feeAsset\":\"BNB\"}");
        var order = "symbol=BTCUSDT&type=MARKET&quantity=1&side=";
        signed(exchange, "POST", "/fapi/v1/order", order + "BUY");
        signed(exchange, "POST", "/fapi/v1/order", order + "SELL");
        var trades =
                signed(exchange, "GET", "/fapi/v1/userTrades", "symbol=BTCUSDT").json();
        assertThat(trades.get(0).path("commissionAsset").asString()).isEqualTo("BNB");
        assertThat(decimal(trades.get(0), "commission"))
                .isBetween(new BigDecimal("0.00036"), new BigDecimal("0.000361"));
        assertThat(trades.get(1).path("commissionAsset").asString()).isEqualTo("USDT");
        control(exchange, "/sim/account", "{\"balances\":{\"BNFCR\":\"50\"},\"feeAsset\":\"BNFCR\"}");
        signed(exchange, "POST", "/fapi/v1/order", order + "BUY");
        var credit = signed(exchange, "GET", "/fapi/v1/userTrades", "symbol=BTCUSDT")
                .json()
                .get(2);
        assertThat(credit.path("commissionAsset").asString()).isEqualTo("BNFCR");
        assertThat(decimal(credit, "commission")).isBetween(new BigDecimal("0.04"), new BigDecimal("0.0401"));
    }
}
