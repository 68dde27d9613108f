package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The algo service beside the book (binance-usdm 4). */
class AlgoOrdersTest extends ExchangeContract {

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

    @ParameterizedTest
    @CsvSource({"0, -4006", "-1, -4006", "5000000, -4007", "500, -4013", "49000.123, -1111"})
    void triggerPriceHasCodesOfItsOwn(String trigger, int code) {
        var stop = CLOSING_STOP.replace("triggerPrice=49000", "triggerPrice=" + trigger);
        assertThat(signed("POST", ALGO, stop).code()).isEqualTo(code);
    }

    @Test
    void goodTillDateIsNoTimeInForceOfConditionalOrders() {
        var limited = "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=STOP&quantity=0.010&price=49000"
                + "&triggerPrice=49000&timeInForce=";
        assertThat(signed("POST", ALGO, limited + "GTD").code()).isEqualTo(-1115);
        assertThat(signed("POST", ALGO, limited + "GTX").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
        "BUY, 51000, 53550.0, 0",
        "BUY, 51000, 53550.1, -4183",
        "SELL, 49000, 46550.0, 0",
        "SELL, 49000, 46549.9, -4184",
    })
    void limitPriceOfAConditionalOrderStaysNearItsTrigger(String side, String trigger, String limit, int code) {
        var stop = "algoType=CONDITIONAL&symbol=BTCUSDT&type=STOP&quantity=0.010&side=" + side;
        var prices = "&triggerPrice=" + trigger + "&price=" + limit;
        assertThat(signed("POST", ALGO, stop + prices).code()).isEqualTo(code);
    }

    @Test
    void orderOfATrailingStopTellsItsActivationAndRate() {
        fill(BUY);
        var frames = userStream("&events=ORDER_TRADE_UPDATE");
        var trailing = "algoType=CONDITIONAL&symbol=BTCUSDT&side=SELL&type=TRAILING_STOP_MARKET&quantity=0.010"
                + "&reduceOnly=true&activatePrice=51000&callbackRate=1.5&clientAlgoId=trail";
        signed("POST", ALGO, trailing);
        assertThat(read("/fapi/v1/openAlgoOrders", "").get(0).has("callbackRate"))
                .isFalse();
        assertThat(read("/fapi/v1/allAlgoOrders", "symbol=BTCUSDT").get(0).has("callbackRate"))
                .isTrue();
        move("BTCUSDT", "52000");
        move("BTCUSDT", "51000");
        exchange.await(() -> frames.all().size() == 2);
        var order = frames.all().getLast().path("o");
        assertThat(order.path("ot").asString()).isEqualTo("TRAILING_STOP_MARKET");
        assertThat(order.path("AP").asString()).isEqualTo("51000");
        assertThat(order.path("cr").asString()).isEqualTo("1.5");
        var query = read(ORDER, "symbol=BTCUSDT&origClientOrderId=trail");
        assertThat(query.path("activatePrice").asString()).isEqualTo("51000");
        assertThat(query.path("priceRate").asString()).isEqualTo("1.5");
    }
}
