package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Checklist: partial fills, expiry with a partial fill, times in force (binance-usdm 3.1, 3.3). */
class FillsTest extends ExchangeContract {

    private static final String LIMIT = "symbol=BTCUSDT&side=BUY&type=LIMIT&newClientOrderId=limit&quantity=0.010";

    /** Three levels of 0.004, ten dollars apart. */
    @BeforeEach
    void thinBook() {
        var answer = control(
                "/sim/symbol",
                "{\"symbol\":\"BTCUSDT\",\"depth\":{\"quantity\":\"0.004\",\"levels\":3,\"ticks\":100}}");
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    }

    private JsonNode order(String id) {
        return read(ORDER, "symbol=BTCUSDT&origClientOrderId=" + id);
    }

    private void ended(String id, String status) {
        exchange.await(() -> order(id).path("status").asString().equals(status));
    }

    @Test
    void marketOrderFillsInSeveralTradesAtItsLevels() {
        var frames = userStream("&events=ORDER_TRADE_UPDATE");
        place(BUY + "&newClientOrderId=deep");
        ended("deep", "FILLED");
        exchange.await(() -> frames.all().size() == 4);
        assertThat(frames.all())
                .extracting(frame -> frame.path("o").path("L").asString())
                .containsExactly("0", "50000.10", "50010.10", "50020.10");
        assertThat(frames.all())
                .extracting(frame -> frame.path("o").path("l").asString())
                .containsExactly("0", "0.004", "0.004", "0.002");
        assertThat(frames.all())
                .extracting(frame -> frame.path("o").path("X").asString())
                .containsExactly("NEW", "PARTIALLY_FILLED", "PARTIALLY_FILLED", "FILLED");
        assertThat(order("deep").path("avgPrice").asString()).isEqualTo("50008.1");
        assertThat(read("/fapi/v1/userTrades", "symbol=BTCUSDT").size()).isEqualTo(3);
    }

    @Test
    void restOfAMarketOrderThatEmptiedTheBookExpires() {
        var frames = userStream("&events=ORDER_TRADE_UPDATE");
        place(BUY.replace("0.010", "0.020") + "&newClientOrderId=large");
        ended("large", "EXPIRED");
        assertThat(order("large").path("executedQty").asString()).isEqualTo("0.012");
        exchange.await(() -> frames.all().size() == 5);
        var last = frames.all().getLast().path("o");
        assertThat(last.path("x").asString()).isEqualTo("EXPIRED");
        assertThat(last.path("er").asString()).isEqualTo("9");
        assertThat(last.path("z").asString()).isEqualTo("0.012");
        place(BUY + "&newClientOrderId=nothing-left");
        ended("nothing-left", "EXPIRED");
        assertThat(order("nothing-left").path("executedQty").asString()).isEqualTo("0");
        move("BTCUSDT", "50000");
        place(BUY + "&newClientOrderId=refilled");
        ended("refilled", "FILLED");
    }

    @Test
    void immediateOrCancelKeepsWhatItGotAndExpires() {
        var frames = userStream("&events=ORDER_TRADE_UPDATE");
        place(LIMIT + "&timeInForce=IOC&price=50010.1");
        ended("limit", "EXPIRED");
        assertThat(order("limit").path("executedQty").asString()).isEqualTo("0.008");
        exchange.await(() -> frames.all().size() == 4);
        assertThat(frames.all().getLast().path("o").path("er").asString()).isEqualTo("2");
    }

    @Test
    void fillOrKillIsAllOrNothing() {
        assertThat(signed("POST", ORDER, LIMIT + "&timeInForce=FOK&price=50010.1")
                        .code())
                .isEqualTo(-5021);
        place(LIMIT + "&timeInForce=FOK&price=50020.1");
        ended("limit", "FILLED");
    }

    @Test
    void postOnlyIsRefusedWhereItWouldTakeAndElsewhereRests() {
        assertThat(signed("POST", ORDER, LIMIT + "&timeInForce=GTX&price=50000.1")
                        .code())
                .isEqualTo(-5022);
        place(LIMIT + "&timeInForce=GTX&price=49999");
        exchange.pass(60);
        move("BTCUSDT", "49998");
        ended("limit", "PARTIALLY_FILLED");
        move("BTCUSDT", "49998");
        move("BTCUSDT", "49998");
        ended("limit", "FILLED");
        var trades = read("/fapi/v1/userTrades", "symbol=BTCUSDT");
        assertThat(trades.get(0).path("maker").booleanValue()).isTrue();
        assertThat(trades.get(0).path("price").asString()).isEqualTo("49999");
    }

    @Test
    void restingRemainderOfALimitOrderFillsAsMaker() {
        place(LIMIT + "&timeInForce=GTC&price=50000.1");
        ended("limit", "PARTIALLY_FILLED");
        assertThat(order("limit").path("executedQty").asString()).isEqualTo("0.004");
        move("BTCUSDT", "49990");
        ended("limit", "FILLED");
        assertThat(read("/fapi/v1/userTrades", "symbol=BTCUSDT")
                        .get(1)
                        .path("maker")
                        .booleanValue())
                .isTrue();
    }

    @Test
    void goodTillDateMustBeTenMinutesAwayAndIsShown() {
        long now = exchange.millis();
        var terms = LIMIT + "&timeInForce=GTD&price=49000";
        assertThat(signed("POST", ORDER, terms).code()).isEqualTo(-1102);
        assertThat(signed("POST", ORDER, terms + "&goodTillDate=" + (now + 590_000))
                        .code())
                .isEqualTo(-5040);
        assertThat(signed("POST", ORDER, LIMIT + "&timeInForce=GTC&price=49000&goodTillDate=" + (now + 700_000))
                        .code())
                .isEqualTo(-1106);
        long till = (now + 700_000) / 1_000 * 1_000;
        var placed = place(terms + "&goodTillDate=" + (till + 7));
        assertThat(placed.json().path("goodTillDate").longValue()).isEqualTo(till);
    }

    @Test
    void codeOfATimeInForceWithAMarketOrderIsAMatterOfTaste() {
        var terms = BUY + "&timeInForce=GTC";
        assertThat(signed("POST", ORDER, terms).code()).isEqualTo(-1106);
        settings("{\"marketTimeInForceCode\":1114}");
        assertThat(signed("POST", ORDER, terms).code()).isEqualTo(-1114);
    }
}
