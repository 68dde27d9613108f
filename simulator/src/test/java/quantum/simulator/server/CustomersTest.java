package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Several accounts by key, what they may do, and version 2 beside version 3 (binance-usdm 7). */
class CustomersTest extends ExchangeContract {

    private Customer open(int number) {
        var customer = new Customer("key-" + number, "secret-" + number);
        var body = "{\"apiKey\":\"%s\",\"secret\":\"%s\",\"balance\":\"%d\"}"
                .formatted(customer.key(), customer.secret(), 1_000 * (number + 1));
        assertThat(control("/sim/account", body).status()).isEqualTo(200);
        return customer;
    }

    @Test
    void tenAccountsTradeApart() {
        var customers = new ArrayList<Customer>();
        for (int i = 0; i < 10; i++) customers.add(open(i));
        var frames = userStream(customers.get(3), "");
        var others = userStream(customers.get(4), "");
        for (var customer : customers) {
            assertThat(signed(customer, "POST", ORDER, BUY + "&newClientOrderId=same")
                            .status())
                    .isEqualTo(200);
        }
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 1
                && others.of("ACCOUNT_UPDATE").size() == 1);
        assertThat(frames.of("ORDER_TRADE_UPDATE")).hasSize(2);
        for (int i = 0; i < 10; i++) {
            var balance = signed(customers.get(i), "GET", "/fapi/v3/balance", "")
                    .json()
                    .get(0);
            var paid = BigDecimal.valueOf(1_000L * (i + 1)).subtract(decimal(balance, "balance"));
            assertThat(paid).isEqualByComparingTo("0.2000004");
            assertThat(signed(customers.get(i), "GET", RISK, "").json().size()).isEqualTo(1);
        }
        assertThat(read(RISK, "").size()).isZero();
        var stranger = new Customer("key-1", "secret-2");
        assertThat(signed(stranger, "GET", RISK, "").code()).isEqualTo(-1022);
    }

    @Test
    void accountOpensOnceAndNamesItsMistakes() {
        open(1);
        assertThat(control("/sim/account", "{\"apiKey\":\"key-1\",\"secret\":\"other\"}")
                        .text("field"))
                .isEqualTo("secret");
        assertThat(control("/sim/account", "{\"apiKey\":\"nobody\"}").text("field"))
                .isEqualTo("apiKey");
        assertThat(control("/sim/account", "{\"apiKey\":\"a b\",\"secret\":\"s\"}")
                        .text("field"))
                .isEqualTo("apiKey");
        assertThat(control("/sim/account", "{\"rights\":{\"trade\":\"no\"}}").text("field"))
                .isEqualTo("rights.trade");
    }

    @Test
    void rightsAreShownAndKept() {
        fill(BUY);
        control("/sim/account", "{\"rights\":{\"trade\":false,\"withdraw\":false}}");
        for (var path : new String[] {"/fapi/v1/accountConfig", "/fapi/v2/account"}) {
            var config = read(path, "");
            assertThat(config.path("canTrade").booleanValue()).isFalse();
            assertThat(config.path("canWithdraw").booleanValue()).isFalse();
            assertThat(config.path("canDeposit").booleanValue()).isTrue();
        }
        assertThat(signed("POST", ORDER, SELL).code()).isEqualTo(-4088);
        assertThat(signed("POST", ALGO, CLOSING_STOP).code()).isEqualTo(-4088);
        control("/sim/account", "{\"rights\":{\"trade\":true}}");
        assertThat(signed("POST", ORDER, SELL).status()).isEqualTo(200);
    }

    @Test
    void lockedAccountMayOnlyClose() {
        fill(BUY);
        control("/sim/account", "{\"lockMillis\":60000}");
        assertThat(signed("POST", ORDER, BUY).code()).isEqualTo(-4400);
        var status = read("/fapi/v1/apiTradingStatus", "")
                .path("indicators")
                .path("ACCOUNT")
                .get(0);
        assertThat(status.path("isLocked").booleanValue()).isTrue();
        assertThat(status.path("plannedRecoverTime").longValue()).isGreaterThan(exchange.millis());
        fill(SELL + "&reduceOnly=true");
        control("/sim/account", "{\"lockMillis\":0}");
        assertThat(read("/fapi/v1/apiTradingStatus", "").path("indicators").size())
                .isZero();
        assertThat(signed("POST", ORDER, BUY).status()).isEqualTo(200);
    }

    @Test
    void versionThreeLacksWhatVersionTwoTells() {
        signed("POST", "/fapi/v1/leverage", "symbol=BTCUSDT&leverage=7");
        signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
        fill(BUY);
        var now = read(RISK, "");
        assertThat(now.size()).isEqualTo(1);
        for (var field : new String[] {"leverage", "marginType", "isAutoAddMargin", "maxNotionalValue"}) {
            assertThat(now.get(0).has(field)).as(field).isFalse();
        }
        var before = read("/fapi/v2/positionRisk", "");
        assertThat(before.size()).isGreaterThan(1);
        var row = read("/fapi/v2/positionRisk", "symbol=BTCUSDT").get(0);
        assertThat(row.path("leverage").asString()).isEqualTo("7");
        assertThat(row.path("marginType").asString()).isEqualTo("isolated");
        assertThat(row.path("isAutoAddMargin").isString()).isTrue();
        assertThat(row.path("maxNotionalValue").asString()).isEqualTo("230000000");
        assertThat(row.path("positionAmt").asString()).isEqualTo("0.010");
        for (var field : new String[] {"marginAsset", "initialMargin", "maintMargin", "adl"}) {
            assertThat(row.has(field)).as(field).isFalse();
        }
        var account = read("/fapi/v2/account", "");
        assertThat(account.path("positions").size()).isEqualTo(before.size());
        assertThat(account.path("positions").get(0).path("leverage").asString()).isEqualTo("7");
        assertThat(account.path("assets").get(0).path("marginAvailable").booleanValue())
                .isTrue();
        assertThat(read("/fapi/v3/account", "").has("canTrade")).isFalse();
    }

    @Test
    void openOrderMakesItsSymbolActive() {
        place("symbol=BTCUSDT&side=BUY&type=LIMIT&timeInForce=GTC&quantity=0.010&price=49000");
        var row = read(RISK, "").get(0);
        assertThat(row.path("positionAmt").asString()).isEqualTo("0");
        assertThat(decimal(row, "bidNotional")).isEqualByComparingTo("490");
        assertThat(decimal(row, "openOrderInitialMargin")).isEqualByComparingTo("24.5");
        var hold = read("/fapi/v3/account", "");
        assertThat(decimal(hold, "totalOpenOrderInitialMargin")).isEqualByComparingTo("24.5");
        assertThat(decimal(hold, "availableBalance")).isEqualByComparingTo("9975.5");
    }

    @Test
    void assetModeExcludesIsolatedMargin() {
        var path = "/fapi/v1/multiAssetsMargin";
        assertThat(signed("POST", path, "multiAssetsMargin=false").code()).isEqualTo(-4171);
        signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED");
        assertThat(signed("POST", path, "multiAssetsMargin=true").code()).isEqualTo(-4168);
        signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=CROSSED");
        var frames = userStream("&events=ACCOUNT_CONFIG_UPDATE");
        assertThat(signed("POST", path, "multiAssetsMargin=true").status()).isEqualTo(200);
        exchange.await(() -> frames.all().size() == 1);
        assertThat(frames.all().getFirst().path("ai").path("j").booleanValue()).isTrue();
        assertThat(read(path, "").path("multiAssetsMargin").booleanValue()).isTrue();
        assertThat(signed("POST", "/fapi/v1/marginType", "symbol=BTCUSDT&marginType=ISOLATED")
                        .code())
                .isEqualTo(-4168);
    }

    @ParameterizedTest
    @CsvSource({"0, false, false, false", "1, true, false, false", "2, true, true, true"})
    void idsAreAsLargeAsTheSettingSays(int size, boolean order, boolean algo, boolean trade) {
        settings("{\"idSize\":" + size + "}");
        fill(BUY);
        var fill = read("/fapi/v1/userTrades", "symbol=BTCUSDT").get(0);
        var stop = signed("POST", ALGO, CLOSING_STOP).json();
        assertThat(fill.path("orderId").longValue() > 1L << 53).isEqualTo(order);
        assertThat(stop.path("algoId").longValue() > 1L << 53).isEqualTo(algo);
        assertThat(fill.path("id").longValue() > 1L << 53).isEqualTo(trade);
        assertThat(signed(
                                "GET",
                                ORDER,
                                "symbol=BTCUSDT&orderId=" + fill.path("orderId").longValue())
                        .status())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(strings = {"%E6%B5%8B%E8%AF%95USDT", "\u6d4b\u8bd5USDT"})
    void symbolOutsideOfAsciiIsEncodedInRequestsAndRawInEvents(String sent) {
        var listed = control("/sim/symbol", "{\"symbol\":\"\u6d4b\u8bd5USDT\",\"like\":\"ETHUSDT\"}");
        assertThat(listed.status()).as(listed.body()).isEqualTo(200);
        var frames = userStream("");
        var prices = exchange.open("/market/stream", "streams=%E6%B5%8B%E8%AF%95usdt@markPrice@1s");
        price("{\"symbol\":\"\u6d4b\u8bd5USDT\",\"price\":\"3000\",\"hold\":true}");
        var answer = signed("POST", ORDER, "symbol=" + sent + "&side=BUY&type=MARKET&quantity=0.100");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("symbol")).isEqualTo("\u6d4b\u8bd5USDT");
        exchange.await(
                () -> !frames.of("ACCOUNT_UPDATE").isEmpty() && !prices.all().isEmpty());
        assertThat(frames.of("ORDER_TRADE_UPDATE").getLast().path("o").path("s").asString())
                .isEqualTo("\u6d4b\u8bd5USDT");
        assertThat(prices.all().getFirst().path("data").path("s").asString()).isEqualTo("\u6d4b\u8bd5USDT");
        assertThat(read(RISK, "symbol=%E6%B5%8B%E8%AF%95USDT").size()).isEqualTo(1);
    }
}
