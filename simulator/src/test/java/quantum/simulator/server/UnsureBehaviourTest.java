package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Behaviour that the reference is unsure about can be had either way (binance-usdm 13, 0.1, 3.3, 3.5). */
class UnsureBehaviourTest extends ExchangeContract {

    @Test
    void finishedClientIdIsTakenAgainOrNot() {
        fill(BUY + "&newClientOrderId=again");
        fill(BUY + "&newClientOrderId=again");
        settings("{\"finishedClientIdReusable\":false}");
        assertThat(signed("POST", ORDER, BUY + "&newClientOrderId=again").code())
                .isEqualTo(-4116);
        fill(BUY + "&newClientOrderId=fresh");
    }

    @Test
    void closingOrdersEndWithTheirPositionOrNot() {
        fill(BUY);
        settings("{\"expireWhenFlat\":false}");
        signed("POST", ALGO, CLOSING_STOP);
        fill(SELL);
        exchange.pass(50);
        assertThat(read("/fapi/v1/openAlgoOrders", "").size()).isEqualTo(1);
        signed("DELETE", ALGO, "clientAlgoId=stop-1");
        settings("{\"expireWhenFlat\":true}");
        fill(BUY);
        signed("POST", ALGO, CLOSING_STOP.replace("stop-1", "stop-2"));
        fill(SELL);
        exchange.await(() -> read("/fapi/v1/openAlgoOrders", "symbol=BTCUSDT").size() == 0);
        assertThat(read(ALGO, "clientAlgoId=stop-2").path("algoStatus").asString())
                .isEqualTo("EXPIRED");
    }

    @Test
    void resultIsFinalOrNot() {
        settings("{\"resultIsFinal\":false}");
        assertThat(place(BUY + "&newOrderRespType=RESULT").text("status")).isEqualTo("NEW");
        settings("{\"resultIsFinal\":true}");
        assertThat(place(BUY + "&newOrderRespType=RESULT").text("status")).isEqualTo("FILLED");
    }

    @Test
    void acknowledgementHasNoPricesUnlessAsBeforeJuly() {
        var result = BUY + "&newOrderRespType=RESULT";
        assertThat(place(result).json().has("avgPrice")).isFalse();
        settings("{\"acknowledgeWithPrices\":true}");
        var answer = place(result);
        assertThat(answer.text("avgPrice")).isEqualTo("50000.1");
        assertThat(answer.text("cumQuote")).isEqualTo("500.00100");
    }

    @Test
    void queryHasPricesUnlessAsOnTheDemoExchange() {
        fill(BUY + "&newClientOrderId=asked");
        var query = "symbol=BTCUSDT&origClientOrderId=asked";
        assertThat(read(ORDER, query).path("avgPrice").asString()).isEqualTo("50000.1");
        settings("{\"queryWithoutPrices\":true}");
        var answer = read(ORDER, query);
        assertThat(answer.has("avgPrice") || answer.has("cumQuote")).isFalse();
        assertThat(answer.path("executedQty").asString()).isEqualTo("0.010");
        assertThat(read("/fapi/v1/userTrades", "symbol=BTCUSDT")
                        .get(0)
                        .path("price")
                        .asString())
                .isEqualTo("50000.10");
    }

    @Test
    void conditionalOrdersAreSeenLate() {
        settings("{\"algoQueryDelayMillis\":300}");
        signed("POST", ALGO, CLOSING_STOP);
        assertThat(signed("GET", ALGO, "clientAlgoId=stop-1").code()).isEqualTo(-2013);
        assertThat(read("/fapi/v1/openAlgoOrders", "").size()).isZero();
        exchange.pass(300);
        assertThat(read(ALGO, "clientAlgoId=stop-1").path("algoStatus").asString())
                .isEqualTo("NEW");
    }

    @Test
    void userStreamTellsWithoutNamedEventsAndInThePathOrNot() {
        var key = exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey");
        var bare = exchange.open("/private/ws", "listenKey=" + key);
        var path = exchange.open("/private/ws/" + key, "");
        var named = exchange.open("/private/ws", "listenKey=" + key + "&events=ORDER_TRADE_UPDATE");
        var message = exchange.open("/private/ws", "");
        message.send("{\"method\":\"SUBSCRIBE\",\"params\":[\"" + key + "\"],\"id\":1}");
        exchange.await(() -> message.all().size() == 1);
        fill(BUY);
        exchange.await(() -> Stream.of(bare, path, named, message)
                .allMatch(frames -> frames.of("ORDER_TRADE_UPDATE").size() == 2));
        settings("{\"privateNeedsEvents\":true}");
        fill(BUY);
        exchange.await(() -> Stream.of(named, message)
                .allMatch(frames -> frames.of("ORDER_TRADE_UPDATE").size() == 4));
        settings("{\"privateNeedsEvents\":false,\"privateByMessageAlone\":true}");
        fill(BUY);
        exchange.await(() -> message.of("ORDER_TRADE_UPDATE").size() == 6);
        assertThat(named.of("ORDER_TRADE_UPDATE")).hasSize(4);
        assertThat(bare.of("ORDER_TRADE_UPDATE")).hasSize(2);
        assertThat(path.of("ORDER_TRADE_UPDATE")).hasSize(2);
    }
}
