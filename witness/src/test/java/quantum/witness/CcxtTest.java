package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonElement;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Crypto.com class of ccxt, from npm, or from PyPI where npm is away. */
class CcxtTest extends CryptoComStranger {

    private static final String VERSION = "4.5.84";
    private static final String SYMBOL = "BTC/USD";
    private static final Path PAIRS =
            Path.of("..", "simulator", "src", "main", "resources", "quantum", "simulator", "spot", "pairs.csv");

    private static ClientProcess ccxt;

    @BeforeAll
    static void fetch() throws IOException {
        var npm = Packages.npm("ccxt", VERSION);
        if (npm.stands()) {
            var script = npm.folder().resolve("ccxt.mjs");
            Files.copy(SCRIPTS.resolve("ccxt.mjs"), script, StandardCopyOption.REPLACE_EXISTING);
            ccxt = new ClientProcess(
                    List.of("node", script.toString()), Map.of(), npm.folder().resolve("client.log"));
        } else {
            var pypi = Packages.pypi("ccxt", VERSION);
            assumeTrue(pypi.stands(), "SKIPPED: no ccxt: " + npm.refusal() + "; " + pypi.refusal());
            ccxt = new ClientProcess(
                    List.of("python3", SCRIPTS.resolve("ccxt_of_python.py").toString()),
                    Map.of("PYTHONPATH", pypi.folder().toString()),
                    pypi.folder().resolve("client.log"));
        }
    }

    @AfterAll
    static void end() {
        if (ccxt != null) ccxt.close();
    }

    private static JsonElement limit(double quantity, double price, String clientId) {
        return ccxt.call("createOrder", SYMBOL, "limit", "buy", quantity, price, Map.of("client_oid", clientId));
    }

    @Test
    void marketsAreThePairsThatAreListed() throws IOException {
        var markets = ccxt.call("loadMarkets").getAsJsonObject();
        var listed = Files.readAllLines(PAIRS);
        assertThat(markets.size()).isEqualTo(listed.size() - 1);
        for (var line : listed.subList(1, listed.size())) {
            var pair = line.split(",", -1);
            var market = markets.getAsJsonObject(pair[1] + "/" + pair[2]);
            assertThat(text(market, "id")).isEqualTo(pair[0]);
            assertThat(market.get("spot").getAsBoolean()).isTrue();
            assertThat(market.get("active").getAsBoolean()).isTrue();
            var precision = object(market, "precision");
            assertThat(number(precision, "price"))
                    .isEqualByComparingTo(BigDecimal.ONE.movePointLeft(Integer.parseInt(pair[3])));
            assertThat(number(precision, "amount")).isEqualByComparingTo(pair[5]);
        }
    }

    @Test
    void balanceIsThatOfTheBooks() {
        ccxt.call("createOrder", SYMBOL, "market", "buy", 0.01);
        ccxt.call("createOrder", SYMBOL, "limit", "sell", 0.004, 60_000);
        var balance = ccxt.call("fetchBalance");
        for (var coin : List.of("BTC", "USD", "USDT")) {
            assertThat(number(object(balance, "total"), coin)).as(coin).isEqualByComparingTo(coin(coin));
        }
        assertThat(number(object(balance, "used"), "BTC")).isEqualByComparingTo("0.004");
        assertThat(coin("BTC")).as("less the fee of half a percent").isEqualByComparingTo("0.00995");
    }

    @Test
    void tickerAndBookStandWhereThePriceWasSet() {
        var ticker = ccxt.call("fetchTicker", SYMBOL);
        var book = ccxt.call("fetchOrderBook", SYMBOL, 5).getAsJsonObject();
        assertThat(number(ticker, "last")).isEqualByComparingTo(market("last"));
        assertThat(number(ticker, "bid")).isEqualByComparingTo(market("bid"));
        assertThat(number(ticker, "ask")).isEqualByComparingTo(market("ask"));
        for (var side : Map.of("bids", "bid", "asks", "ask").entrySet()) {
            var best = book.getAsJsonArray(side.getKey()).get(0).getAsJsonArray();
            assertThat(best.get(0).getAsBigDecimal()).isEqualByComparingTo(market(side.getValue()));
        }
    }

    @Test
    void lastCandleHasSeenEveryPrice() {
        price("51000");
        price("49500");
        var candles = ccxt.call("fetchOHLCV", SYMBOL, "1h", null, 3).getAsJsonArray();
        var last = candles.get(candles.size() - 1).getAsJsonArray();
        assertThat(last.get(0).getAsLong() % 3_600_000).isZero();
        assertThat(last.get(2).getAsBigDecimal()).isGreaterThanOrEqualTo(new BigDecimal(51_000));
        assertThat(last.get(3).getAsBigDecimal()).isLessThanOrEqualTo(new BigDecimal(49_500));
        assertThat(last.get(4).getAsBigDecimal()).isEqualByComparingTo("49500");
    }

    @Test
    void marketBuyByQuantityIsFilled() {
        var placed = ccxt.call("createOrder", SYMBOL, "market", "buy", 0.01);
        var order = order();
        assertThat(text(placed, "id")).isEqualTo(text(order, "orderId"));
        assertThat(text(order, "status")).isEqualTo("FILLED");
        var seen = ccxt.call("fetchOrder", text(placed, "id"), SYMBOL);
        assertThat(text(seen, "status")).isEqualTo("closed");
        assertThat(number(seen, "filled")).isEqualByComparingTo("0.01").isEqualByComparingTo(number(order, "executed"));
        assertThat(number(seen, "cost")).isEqualByComparingTo(number(order, "value"));
        assertThat(number(seen, "average")).isEqualByComparingTo(market("ask"));
    }

    /** Spent to the last step below the notional; ccxt calls what the exchange ends as CANCELED cancelled. */
    @Test
    void marketBuyByNotionalIsFilledToTheStep() {
        var placed = ccxt.call(
                "v1PrivatePostPrivateCreateOrder",
                Map.of("instrument_name", "BTC_USD", "side", "BUY", "type", "MARKET", "notional", "100"));
        var order = order();
        var id = text(object(placed, "result"), "order_id");
        assertThat(id).isEqualTo(text(order, "orderId"));
        assertThat(number(order, "executed")).isEqualByComparingTo("0.00199");
        var seen = ccxt.call("fetchOrder", id, SYMBOL);
        assertThat(text(seen, "status")).isEqualTo("canceled");
        assertThat(number(seen, "filled")).isEqualByComparingTo(number(order, "executed"));
        assertThat(number(seen, "cost")).isEqualByComparingTo("99.5000199");
        assertThat(coin("BTC")).isEqualByComparingTo("0.00198005");
    }

    @Test
    void limitOrderIsPlacedAmendedAndCancelled() {
        var id = text(limit(0.01, 49_000, "mine"), "id");
        var open = rows(ccxt.call("fetchOpenOrders", SYMBOL)).getFirst();
        assertThat(text(order(), "orderId")).isEqualTo(id).isEqualTo(text(open, "id"));
        assertThat(text(order(), "clientId")).isEqualTo("mine").isEqualTo(text(open, "clientOrderId"));
        assertThat(number(order(), "price")).isEqualByComparingTo("49000").isEqualByComparingTo(number(open, "price"));
        ccxt.call("editOrder", id, SYMBOL, "limit", "buy", 0.02, 48_900);
        assertThat(number(order(), "price")).isEqualByComparingTo("48900");
        assertThat(number(order(), "quantity")).isEqualByComparingTo("0.02");
        assertThat(number(ccxt.call("fetchOrder", id, SYMBOL), "amount")).isEqualByComparingTo("0.02");
        ccxt.call("cancelOrder", id, SYMBOL);
        assertThat(text(order(), "status")).isEqualTo("CANCELED");
        assertThat(text(ccxt.call("fetchOrder", id, SYMBOL), "status")).isEqualTo("canceled");
        assertThat(ccxt.call("fetchOpenOrders", SYMBOL).getAsJsonArray()).isEmpty();
    }

    @Test
    void listsOfOrdersArePlacedAndCancelledOneByOne() {
        var order = Map.of("symbol", SYMBOL, "type", "limit", "side", "buy", "amount", 0.001, "price", 47_000);
        var poor = Map.of("symbol", SYMBOL, "type", "limit", "side", "buy", "amount", 5, "price", 47_000);
        var placed = rows(ccxt.call("createOrders", List.of(order, poor, order)));
        assertThat(placed).hasSize(3);
        assertThat(text(placed.get(1), "status")).isEqualTo("rejected");
        var ids = List.of(text(placed.getFirst(), "id"), text(placed.getLast(), "id"));
        assertThat(texts(books("orders"), "orderId")).containsExactlyElementsOf(ids);
        assertThat(texts(rows(ccxt.call("cancelOrders", ids, SYMBOL)), "id")).containsExactlyElementsOf(ids);
        assertThat(texts(books("orders"), "status")).containsExactly("CANCELED", "CANCELED");
    }

    @Test
    void tradesAndHistoryAreThoseOfTheBooks() {
        ccxt.call("createOrder", SYMBOL, "market", "buy", 0.01);
        ccxt.call("createOrder", SYMBOL, "market", "sell", 0.004);
        limit(0.01, 50_000.01, "taker");
        ccxt.call("cancelOrder", text(limit(0.01, 49_000, "gone"), "id"), SYMBOL);
        var trades = rows(ccxt.call("fetchMyTrades", SYMBOL));
        var booked = books("trades");
        assertThat(texts(trades, "id")).hasSize(3).containsExactlyInAnyOrderElementsOf(texts(booked, "tradeId"));
        for (var trade : booked) {
            var seen = trades.stream()
                    .filter(each -> text(each, "id").equals(text(trade, "tradeId")))
                    .findFirst()
                    .orElseThrow();
            assertThat(text(seen, "order")).isEqualTo(text(trade, "orderId"));
            assertThat(text(seen, "side").toUpperCase(Locale.ROOT)).isEqualTo(text(trade, "side"));
            assertThat(number(seen, "price")).isEqualByComparingTo(number(trade, "price"));
            assertThat(number(seen, "amount")).isEqualByComparingTo(number(trade, "quantity"));
            assertThat(number(object(seen, "fee"), "cost")).isEqualByComparingTo(number(trade, "fee"));
            assertThat(text(object(seen, "fee"), "currency")).isEqualTo(text(trade, "feeCoin"));
        }
        assertThat(texts(rows(ccxt.call("fetchOrders", SYMBOL)), "id"))
                .hasSize(4)
                .containsExactlyInAnyOrderElementsOf(texts(books("orders"), "orderId"));
    }

    @Test
    void feesAreThoseOfTheAccountAndOfAPairSetApart() {
        simulator.control("/sim/spot", "{\"fees\":{\"maker\":\"0.0012\",\"taker\":\"0.0034\"}}");
        simulator.control("/sim/spot", "{\"pair\":\"CRO_USD\",\"fees\":{\"maker\":\"0\",\"taker\":\"0.0004\"}}");
        for (var fee :
                List.of(ccxt.call("fetchTradingFee", SYMBOL), object(ccxt.call("fetchTradingFees"), "BTC/USD"))) {
            assertThat(number(fee, "maker")).isEqualByComparingTo("0.0012");
            assertThat(number(fee, "taker")).isEqualByComparingTo("0.0034");
        }
        var promoted = ccxt.call("fetchTradingFee", "CRO/USD");
        assertThat(number(promoted, "maker")).isEqualByComparingTo("0");
        assertThat(number(promoted, "taker")).isEqualByComparingTo("0.0004");
    }

    @Test
    void ordersAreHeardAsTheyChange() {
        var id = text(limit(0.01, 49_000, "heard"), "id");
        assertThat(heard(ccxt.call("watchOrders", SYMBOL), id, "status"))
                .as("what rests when one begins to listen")
                .isEqualTo("open");
        var amended = ccxt.start("watchOrders", SYMBOL);
        ccxt.call("editOrder", id, SYMBOL, "limit", "buy", 0.02, 48_900);
        assertThat(new BigDecimal(heard(ClientProcess.answer(amended), id, "price")))
                .isEqualByComparingTo(number(order(), "price"))
                .isEqualByComparingTo("48900");
        var filled = ccxt.start("watchOrders", SYMBOL);
        price("48000");
        var last = ClientProcess.answer(filled);
        awaitStatus("FILLED");
        assertThat(heard(last, id, "status")).isEqualTo("closed");
        assertThat(new BigDecimal(heard(last, id, "filled"))).isEqualByComparingTo(number(order(), "executed"));
    }

    private static String heard(JsonElement orders, String id, String name) {
        var order = rows(orders).getLast();
        assertThat(text(order, "id")).isEqualTo(id);
        return text(order, name);
    }

    @Test
    void orderIsPlacedOverTheSocket() {
        var placed = ccxt.call("createOrderWs", SYMBOL, "limit", "buy", 0.01, 48_000);
        assertThat(text(placed, "id")).isEqualTo(text(order(), "orderId"));
        assertThat(text(order(), "status")).isEqualTo("ACTIVE");
    }

    @Test
    void refusalsAreReadAndLeaveNothingInTheBooks() {
        var poor = ccxt.refused("createOrder", SYMBOL, "limit", "buy", 5, 49_000);
        assertThat(poor.kind()).isEqualTo("InsufficientFunds");
        var stop = ccxt.refused("createOrder", SYMBOL, "market", "sell", 0.01, null, Map.of("stopLossPrice", 48_000));
        assertThat(stop).hasMessageContaining("140001");
        assertThat(ccxt.refused("fetchPositions")).hasMessageContaining("40002");
        assertThat(ccxt.refused("fetchLedger")).hasMessageContaining("40002");
        assertThat(ccxt.refused("fetchOrder", "1", SYMBOL).kind()).isEqualTo("OrderNotFound");
        assertThat(books("orders")).isEmpty();
    }
}
