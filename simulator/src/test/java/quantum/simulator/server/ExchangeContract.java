package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What a Binance client may rely on, whichever face of the exchange it meets. */
abstract class ExchangeContract {

    private static final String ORDER = "/fapi/v1/order";
    private static final String ALGO = "/fapi/v1/algoOrder";
    private static final String BUY = "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.010";
    private static final String CLOSING_STOP = "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET"
            + "&triggerPrice=49000&closePosition=true&workingType=MARK_PRICE&clientAlgoId=stop-1";

    private Exchange exchange = start();

    abstract Exchange start();

    @BeforeEach
    void stillMarket() {
        control("/sim/settings", "{\"fillDelayMillis\":[30,30]}");
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"hold\":true}");
    }

    @AfterEach
    void stop() {
        exchange.close();
    }

    private static String sign(String payload) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec("simsecret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(payload.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException missing) {
            throw new AssertionError(missing);
        }
    }

    private Answer signed(String method, String path, String parameters) {
        var payload = parameters + (parameters.isEmpty() ? "" : "&") + "timestamp=" + exchange.millis();
        var full = payload + "&signature=" + sign(payload);
        return method.equals("POST")
                ? exchange.send(method, path, "", full, "simkey")
                : exchange.send(method, path, full, "", "simkey");
    }

    private Answer control(String path, String body) {
        return exchange.send("POST", path, "", body, null);
    }

    private void price(String body) {
        assertThat(control("/sim/price", body).status()).isEqualTo(200);
    }

    private JsonNode ledger(String list) {
        return exchange.send("GET", "/sim/ledger", "", "", null).json().path(list);
    }

    private Frames userStream(String query) {
        var key = exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey");
        return exchange.open("/private/ws", "listenKey=" + key + query);
    }

    private void fill(String parameters) {
        int before = ledger("fills").size();
        assertThat(signed("POST", ORDER, parameters).status()).isEqualTo(200);
        exchange.await(() -> ledger("fills").size() > before);
    }

    @Test
    void marketOrderIsAcknowledgedThenFilledWithRealFigures() {
        var frames = userStream("");
        var placed = signed("POST", ORDER, BUY + "&newClientOrderId=entry-1");
        assertThat(placed.text("status")).isEqualTo("NEW");
        assertThat(placed.text("executedQty")).isEqualTo("0");
        assertThat(placed.json().has("avgPrice")).isFalse();
        assertThat(placed.json().has("cumQuote")).isFalse();
        assertThat(placed.json().path("orderId").longValue()).isGreaterThan(1L << 53);
        assertThat(placed.headers()).containsEntry("x-mbx-order-count-10s", "1").containsKey("x-mbx-used-weight-1m");

        exchange.await(() -> !frames.of("ACCOUNT_UPDATE").isEmpty());
        var orders = frames.of("ORDER_TRADE_UPDATE");
        assertThat(orders)
                .extracting(frame -> frame.path("o").path("x").asString())
                .containsExactly("NEW", "TRADE");
        var trade = orders.getLast();
        assertThat(trade.path("o").path("ap").asString()).isEqualTo("50000.1");
        assertThat(trade.path("o").path("X").asString()).isEqualTo("FILLED");
        var update = frames.of("ACCOUNT_UPDATE").getFirst();
        assertThat(update.path("T").longValue()).isEqualTo(trade.path("T").longValue());
        assertThat(frames.all().indexOf(trade)).isLessThan(frames.all().indexOf(update));

        var query = signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=entry-1");
        assertThat(query.text("avgPrice")).isEqualTo("50000.1");
        var fills = signed("GET", "/fapi/v1/userTrades", "symbol=BTCUSDT&orderId=" + query.text("orderId"));
        assertThat(fills.json().size()).isEqualTo(1);
        assertThat(fills.json().get(0).path("commission").asString()).isEqualTo("0.20000040");
        var position = signed("GET", "/fapi/v3/positionRisk", "").json();
        assertThat(position.size()).isEqualTo(1);
        assertThat(position.get(0).path("positionAmt").asString()).isEqualTo("0.010");
        assertThat(position.get(0).has("leverage")).isFalse();
    }

    @Test
    void resultAnswersTheFinalStatusWithoutPrices() {
        var answer = signed("POST", ORDER, BUY + "&newOrderRespType=RESULT");
        assertThat(answer.text("status")).isEqualTo("FILLED");
        assertThat(answer.text("executedQty")).isEqualTo("0.010");
        assertThat(answer.json().has("avgPrice")).isFalse();
    }

    @Test
    void closingStopLivesBesideTheBookAndEndsThePosition() {
        var frames = userStream("&events=ALGO_UPDATE");
        fill(BUY);
        assertThat(signed("POST", ALGO, CLOSING_STOP).text("algoStatus")).isEqualTo("NEW");
        assertThat(signed("GET", "/fapi/v1/openOrders", "").json().size()).isZero();
        assertThat(signed("GET", "/fapi/v1/openAlgoOrders", "").json().size()).isEqualTo(1);
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=stop-1")
                        .code())
                .isEqualTo(-2013);
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"48900\"}");
        exchange.await(() -> frames.of("ALGO_UPDATE").size() == 4);
        assertThat(frames.all()).hasSize(4);
        assertThat(frames.all())
                .extracting(frame -> frame.path("o").path("X").asString())
                .containsExactly("NEW", "TRIGGERING", "TRIGGERED", "FINISHED");
        var query = signed("GET", ALGO, "clientAlgoId=stop-1");
        assertThat(query.text("actualPrice")).isEqualTo("48900");
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&orderId=" + query.text("actualOrderId"))
                        .text("clientOrderId"))
                .isEqualTo("stop-1");
        assertThat(signed("GET", "/fapi/v3/positionRisk", "").json().size()).isZero();
    }

    @Test
    void cancelledStopAnswersItsCodeAsText() {
        signed("POST", ALGO, CLOSING_STOP);
        var cancelled = signed("DELETE", ALGO, "clientAlgoId=stop-1").json();
        assertThat(cancelled.path("code").isString()).isTrue();
        assertThat(cancelled.path("code").asString()).isEqualTo("200");
        assertThat(signed("DELETE", ALGO, "clientAlgoId=stop-1").code()).isEqualTo(-2011);
    }

    @ParameterizedTest
    @CsvSource({
        "symbol=BTCUSDT&side=BUY&type=MARKET, -1102",
        "symbol=NOSUCH&side=BUY&type=MARKET&quantity=1, -1121",
        "symbol=BTCUSDT&side=HOLD&type=MARKET&quantity=1, -1117",
        "symbol=BTCUSDT&side=BUY&type=GUESS&quantity=1, -1116",
        "symbol=BTCUSDT&side=BUY&type=STOP_MARKET&quantity=1, -4120",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&price=5, -1106",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=50000&timeInForce=ALWAYS, -1115",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&positionSide=LONG, -4061",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0.0105, -1111",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=0, -4003",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=121, -4005",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=50000.05&timeInForce=GTC, -4014",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=60000&timeInForce=GTC, -4016",
        "symbol=BTCUSDT&side=SELL&type=LIMIT&quantity=1&price=40000&timeInForce=GTC, -4024",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.001&price=49000&timeInForce=GTC, -4164",
        "symbol=BTCUSDT&side=SELL&type=MARKET&quantity=0.010&reduceOnly=true, -2022",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=100, -2019",
        "symbol=BTCUSDT&side=BUY&type=MARKET&quantity=1&newClientOrderId=a%20b, -4015",
        "symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=0.01&price=51000&timeInForce=GTX, -5022",
    })
    void refusedOrderNamesItsCodeAndLeavesNoTrace(String parameters, int code) {
        var answer = signed("POST", ORDER, parameters);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo(code);
        assertThat(ledger("orders").size()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "-1102, algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&closePosition=true",
        "-2021, algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=51000&closePosition=true",
        "-4137, algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=49000"
                + "&closePosition=true&quantity=1",
        "-1106, algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=49000"
                + "&closePosition=true&reduceOnly=true",
        "-4014, algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP_MARKET&triggerPrice=49000.05"
                + "&closePosition=true",
        "-1116, algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=MARKET&triggerPrice=49000&closePosition=true",
    })
    void refusedStopNamesItsCode(int code, String parameters) {
        assertThat(signed("POST", ALGO, parameters).code()).isEqualTo(code);
        assertThat(ledger("protections").size()).isZero();
    }

    @Test
    void secondClosingStopIsRefused() {
        signed("POST", ALGO, CLOSING_STOP);
        assertThat(signed("POST", ALGO, CLOSING_STOP).code()).isEqualTo(-4116);
        assertThat(signed("POST", ALGO, CLOSING_STOP.replace("stop-1", "stop-2"))
                        .code())
                .isEqualTo(-4130);
    }

    @Test
    void requestMustProveKeyTimeAndSignature() {
        long now = exchange.millis();
        assertThat(proof("timestamp=" + now, null)).isEqualTo("401 -2014");
        assertThat(proof("timestamp=" + now, "stranger")).isEqualTo("401 -2015");
        assertThat(proof("timestamp=" + (now - 6_000), "simkey")).isEqualTo("400 -1021");
        assertThat(proof("timestamp=" + (now + 60_000), "simkey")).isEqualTo("400 -1021");
        assertThat(proof("recvWindow=7000&timestamp=" + (now - 6_000), "simkey"))
                .isEqualTo("200 0");
        assertThat(proof("recvWindow=7000", "simkey")).isEqualTo("400 -1102");
        var unsigned = exchange.send("GET", "/fapi/v3/balance", "timestamp=" + now, "", "simkey");
        assertThat(unsigned.code()).isEqualTo(-1102);
        var late = "timestamp=" + now + "&signature=" + sign("timestamp=" + now) + "&symbol=BTCUSDT";
        assertThat(exchange.send("GET", "/fapi/v3/balance", late, "", "simkey").code())
                .isEqualTo(-1022);
        var forged = "timestamp=" + now + "&signature=" + sign("timestamp=" + (now + 1));
        assertThat(exchange.send("GET", "/fapi/v3/balance", forged, "", "simkey")
                        .code())
                .isEqualTo(-1022);
    }

    private String proof(String payload, @Nullable String key) {
        var answer = exchange.send("GET", "/fapi/v3/balance", payload + "&signature=" + sign(payload), "", key);
        return answer.status() + " " + answer.code();
    }

    @Test
    void signatureCoversQueryAndBodyJoinedWithoutASeparator() {
        var query = "symbol=BTCUSDT&side=BUY";
        var body = "type=MARKET&quantity=0.010&timestamp=" + exchange.millis();
        var answer = exchange.send("POST", ORDER, query, body + "&signature=" + sign(query + body), "simkey");
        assertThat(answer.status()).isEqualTo(200);
        var joined = exchange.send("POST", ORDER, query, body + "&signature=" + sign(query + "&" + body), "simkey");
        assertThat(joined.code()).isEqualTo(-1022);
    }

    @Test
    void skewedServerClockIsSeenByTimeAndSignature() {
        control("/sim/clock", "{\"offsetMillis\":-10000}");
        assertThat(signed("GET", "/fapi/v3/balance", "").code()).isEqualTo(-1021);
        long server = exchange.send("GET", "/fapi/v1/time", "", "", null)
                .json()
                .path("serverTime")
                .longValue();
        assertThat(server).isBetween(exchange.millis() - 11_000, exchange.millis() - 9_000);
    }

    @Test
    void lostAnswersHideOrdersThatWereAndWereNotExecuted() {
        control(
                "/sim/fault",
                "[{\"match\":\"POST /fapi/v1/order\",\"kind\":\"lost_before\"},"
                        + "{\"match\":\"POST /fapi/v1/order\",\"kind\":\"lost_after\"}]");
        assertThat(signed("POST", ORDER, BUY + "&newClientOrderId=never")).isEqualTo(Answer.LOST);
        assertThat(ledger("orders").size()).isZero();
        assertThat(signed("POST", ORDER, BUY + "&newClientOrderId=secret")).isEqualTo(Answer.LOST);
        assertThat(ledger("orders").size()).isEqualTo(1);
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=secret")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void inventedAnswersComeWithOrWithoutExecution() {
        control(
                "/sim/fault",
                "{\"match\":\"POST /fapi/v1/order\",\"symbol\":\"BTCUSDT\",\"kind\":\"http\","
                        + "\"status\":503,\"code\":-1008,\"msg\":\"throttled\"}");
        var throttled = signed("POST", ORDER, BUY);
        assertThat(throttled.status()).isEqualTo(503);
        assertThat(throttled.code()).isEqualTo(-1008);
        assertThat(ledger("orders").size()).isZero();
        control("/sim/fault", "{\"match\":\"POST *\",\"kind\":\"http_after\",\"status\":503,\"body\":\"<html>\"}");
        assertThat(signed("POST", ORDER, BUY).body()).isEqualTo("<html>");
        assertThat(ledger("orders").size()).isEqualTo(1);
        exchange.send("DELETE", "/sim/fault", "", "", null);
        assertThat(signed("POST", ORDER, BUY).status()).isEqualTo(200);
    }

    @Test
    void delayedAnswerComesAfterTheFill() {
        control("/sim/fault", "{\"match\":\"POST /fapi/v1/order\",\"kind\":\"delay\",\"millis\":200}");
        assertThat(signed("POST", ORDER, BUY).text("status")).isEqualTo("NEW");
        assertThat(ledger("fills").size()).isEqualTo(1);
    }

    @Test
    void ordersMayNeverFillOrExpireInPart() {
        control(
                "/sim/fault",
                "[{\"match\":\"POST /fapi/v1/order\",\"kind\":\"never_fills\"},"
                        + "{\"match\":\"POST /fapi/v1/order\",\"kind\":\"partial_then_expire\"}]");
        signed("POST", ORDER, BUY + "&newClientOrderId=stuck");
        fill(BUY + "&newClientOrderId=part");
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=stuck")
                        .text("status"))
                .isEqualTo("NEW");
        var part = signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=part");
        assertThat(part.text("status")).isEqualTo("EXPIRED");
        assertThat(part.text("executedQty")).isEqualTo("0.005");
    }

    @Test
    void silentUserStreamLosesFramesForAWhile() {
        var frames = userStream("");
        control("/sim/fault", "{\"kind\":\"silence\",\"millis\":300}");
        fill(BUY);
        assertThat(frames.all()).isEmpty();
        exchange.pass(300);
        fill(BUY);
        exchange.await(() -> frames.of("ACCOUNT_UPDATE").size() == 1);
        assertThat(frames.of("ACCOUNT_UPDATE")
                        .getFirst()
                        .path("a")
                        .path("P")
                        .get(0)
                        .path("pa")
                        .asString())
                .isEqualTo("0.020");
    }

    @Test
    void queriesMayLagBehindTheAcknowledgement() {
        control("/sim/settings", "{\"queryDelayMillis\":300}");
        signed("POST", ORDER, BUY + "&newClientOrderId=late");
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=late").code())
                .isEqualTo(-2013);
        exchange.pass(300);
        assertThat(signed("GET", ORDER, "symbol=BTCUSDT&origClientOrderId=late").status())
                .isEqualTo(200);
    }

    @Test
    void listenKeyIsSharedExpiresAndThenFallsSilent() {
        var frames = userStream("");
        var key = exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey");
        assertThat(exchange.send("PUT", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey"))
                .isEqualTo(key);
        control("/sim/settings", "{\"listenKeySeconds\":1}");
        exchange.send("PUT", "/fapi/v1/listenKey", "", "", "simkey");
        exchange.await(() -> frames.of("listenKeyExpired").size() == 1);
        fill(BUY);
        assertThat(frames.all()).hasSize(1);
        assertThat(exchange.send("PUT", "/fapi/v1/listenKey", "", "", "simkey").code())
                .isEqualTo(-1125);
    }

    @Test
    void streamsSpeakOnTheirOwnPathAlone() {
        var market = exchange.open("/market/stream", "streams=btcusdt@markPrice@1s/btcusdt@bookTicker");
        var all = exchange.open("/market/ws/!markPrice@arr@1s", "");
        var book = exchange.open("/public/ws", "");
        var retired = exchange.open("/ws/btcusdt@markPrice@1s", "");
        book.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"btcusdt@bookTicker\"],\"id\":7}");
        exchange.await(() -> book.all().size() == 1);
        assertThat(book.all().getFirst().path("id").intValue()).isEqualTo(7);
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50100\"}");
        exchange.await(() -> book.of("bookTicker").size() == 1 && !all.all().isEmpty());
        assertThat(book.of("bookTicker").getFirst().path("b").asString()).isEqualTo("50100.0");
        exchange.await(() -> market.all().stream()
                .anyMatch(frame -> frame.path("data").path("p").asString("").equals("50100.0")));
        assertThat(market.all())
                .allSatisfy(frame -> assertThat(frame.path("stream").asString()).isEqualTo("btcusdt@markPrice@1s"));
        int marks = market.all().size();
        exchange.await(() -> market.all().size() > marks + 1);
        assertThat(retired.all()).isEmpty();
    }

    @Test
    void limitsAreCountedAndEnforced() {
        control("/sim/settings", "{\"ordersPer10Seconds\":2}");
        signed("POST", ORDER, "symbol=BTCUSDT");
        signed("POST", ORDER, BUY);
        var third = signed("POST", ORDER, BUY);
        assertThat(third.status() + " " + third.code()).isEqualTo("429 -1015");
        control("/sim/settings", "{\"weightPerMinute\":1}");
        var heavy = signed("GET", "/fapi/v1/openOrders", "");
        assertThat(heavy.status() + " " + heavy.code()).isEqualTo("429 -1003");
        control("/sim/reset", "");
        assertThat(signed("POST", ORDER, BUY).headers()).containsEntry("x-mbx-order-count-10s", "1");
    }

    @Test
    void accountChoicesAreReadBack() {
        assertThat(signed("POST", "/fapi/v1/leverage", "symbol=ETHUSDT&leverage=7")
                        .text("maxNotionalValue"))
                .isEqualTo("230000000");
        assertThat(signed("POST", "/fapi/v1/marginType", "symbol=ETHUSDT&marginType=ISOLATED")
                        .status())
                .isEqualTo(200);
        assertThat(signed("POST", "/fapi/v1/marginType", "symbol=ETHUSDT&marginType=ISOLATED")
                        .code())
                .isEqualTo(-4046);
        assertThat(signed("POST", "/fapi/v1/leverage", "symbol=ETHUSDT&leverage=126")
                        .code())
                .isEqualTo(-4028);
        var terms =
                signed("GET", "/fapi/v1/symbolConfig", "symbol=ETHUSDT").json().get(0);
        assertThat(terms.path("leverage").intValue()).isEqualTo(7);
        assertThat(terms.path("marginType").asString()).isEqualTo("ISOLATED");
    }

    @Test
    void everyReadingEndpointAnswers() {
        fill(BUY);
        for (var path : new String[] {
            "/fapi/v3/account", "/fapi/v3/balance", "/fapi/v1/accountConfig", "/fapi/v1/positionSide/dual",
            "/fapi/v1/openOrders", "/fapi/v1/allOrders", "/fapi/v1/openAlgoOrders", "/fapi/v1/leverageBracket"
        }) {
            assertThat(signed("GET", path, "").status()).as(path).isEqualTo(200);
        }
        for (var path : new String[] {
            "/fapi/v1/ping",
            "/fapi/v1/exchangeInfo",
            "/fapi/v1/premiumIndex",
            "/fapi/v1/ticker/bookTicker",
            "/fapi/v2/ticker/price"
        }) {
            assertThat(exchange.send("GET", path, "", "", null).status())
                    .as(path)
                    .isEqualTo(200);
        }
        var candles = exchange.send("GET", "/fapi/v1/klines", "symbol=BTCUSDT&interval=1m", "", null)
                .json();
        assertThat(candles.get(candles.size() - 1).get(4).asString()).isEqualTo("50000.0");
        assertThat(signed("GET", "/fapi/v1/commissionRate", "symbol=BTCUSDT").text("takerCommissionRate"))
                .isEqualTo("0.0004");
        assertThat(exchange.send("GET", "/fapi/v1/nothing", "", "", null).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            /sim/price    | {"symbol":"BTCUSDT","price":"oops"}                    | price
            /sim/price    | {"symbol":"BTCUSDT","price":"50000.05"}                | price
            /sim/price    | {"symbol":"NOSUCH","price":"1"}                        | symbol
            /sim/price    | {"symbol":"BTCUSDT","price":"1","speed":2}             | speed
            /sim/price    | not json                                               | body
            /sim/fault    | {"match":"POST /fapi/v1/order","kind":"earthquake"}    | kind
            /sim/fault    | {"kind":"lost_after"}                                  | match
            /sim/fault    | {"match":"GET /x","kind":"delay"}                      | millis
            /sim/settings | {"fillDelayMillis":[500,200]}                          | fillDelayMillis
            /sim/account  | {"feeRates":{"taker":"much"}}                          | feeRates.taker
            /sim/clock    | {}                                                     | offsetMillis
            """)
    void malformedControlNamesItsField(String path, String body, String field) {
        var answer = control(path, body);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.headers().getOrDefault("content-type", "")).startsWith("application/problem+json");
        assertThat(answer.text("field")).isEqualTo(field);
    }

    @Test
    void requestLogTellsEveryRequestOnce() {
        var log = exchange.send("GET", "/sim/requests", "", "", null).json();
        long total = log.path("total").longValue();
        signed("POST", ORDER, BUY + "&newClientOrderId=logged");
        var later = exchange.send("GET", "/sim/requests", "since=" + total, "", null)
                .json();
        assertThat(later.path("total").longValue()).isEqualTo(total + 1);
        var entry = later.path("requests").get(0);
        assertThat(entry.path("parameters").path("newClientOrderId").asString()).isEqualTo("logged");
        assertThat(entry.path("answer").path("status").intValue()).isEqualTo(200);
        assertThat(entry.path("answer").path("body").asString()).contains("\"clientOrderId\":\"logged\"");
    }

    @Test
    void resetStartsTheAccountOver() {
        fill(BUY);
        control("/sim/account", "{\"balance\":\"77\",\"feeRates\":{\"taker\":\"0\"}}");
        control("/sim/reset", "");
        assertThat(ledger("orders").size()
                        + ledger("fills").size()
                        + ledger("positions").size())
                .isZero();
        assertThat(ledger("balances").get(0).path("wallet").asString()).isEqualTo("10000");
    }
}
