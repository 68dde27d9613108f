package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Checklist: reduceOnly: -2022 when flat, cap on oversize, -4118 with resting same-side reduce orders. */
class ReduceOnlyTest extends ExchangeContract {

    private static final String CLOSE = SELL + "&reduceOnly=true";
    private static final String TARGET =
            "symbol=BTCUSDT&side=SELL&type=LIMIT&timeInForce=GTC&price=51000&reduceOnly=true&quantity=";

    private int code(String parameters) {
        return signed("POST", ORDER, parameters).code();
    }

    @Test
    void isRefusedWhenFlatAndInThePositionsOwnDirection() {
        assertThat(code(CLOSE)).isEqualTo(-2022);
        fill(BUY);
        assertThat(code(BUY + "&reduceOnly=true")).isEqualTo(-2022);
    }

    @Test
    void oversizeIsCappedAtThePosition() {
        fill(BUY);
        fill("symbol=BTCUSDT&side=SELL&type=MARKET&quantity=1&reduceOnly=true&newClientOrderId=close");
        var close = read(ORDER, "symbol=BTCUSDT&origClientOrderId=close");
        assertThat(close.path("status").asString()).isEqualTo("FILLED");
        assertThat(close.path("executedQty").asString()).isEqualTo("0.010");
        assertThat(read(RISK, "").size()).isZero();
    }

    @Test
    void restingOrderThatUsesThePositionUpBlocksEveryOtherClose() {
        fill(BUY);
        var target = place(TARGET + "0.010");
        assertThat(code(CLOSE)).isEqualTo(-4118);
        assertThat(code(TARGET + "0.005")).isEqualTo(-4118);
        settings("{\"reduceOnlyConflictCode\":2022}");
        assertThat(code(CLOSE)).isEqualTo(-2022);
        signed("DELETE", ORDER, "symbol=BTCUSDT&orderId=" + target.text("orderId"));
        assertThat(signed("POST", ORDER, CLOSE).status()).isEqualTo(200);
    }

    @Test
    void conflictMayBeTakenAndThenTheLaterOrderIsKnockedOut() {
        settings("{\"reduceOnlyConflictCode\":0}");
        fill(BUY);
        place(TARGET + "0.010&newClientOrderId=target");
        exchange.pass(60);
        var frames = userStream("&events=ORDER_TRADE_UPDATE");
        fill(CLOSE);
        exchange.await(() -> frames.all().size() == 3);
        var last = frames.all().getLast().path("o");
        assertThat(last.path("c").asString()).isEqualTo("target");
        assertThat(last.path("X").asString()).isEqualTo("EXPIRED");
        assertThat(last.path("er").asString()).isEqualTo("4");
    }

    @Test
    void partOfThePositionIsLeftToOthers() {
        fill(BUY);
        place(TARGET + "0.004");
        assertThat(code(SELL.replace("0.010", "0.007") + "&reduceOnly=true")).isEqualTo(-4118);
        fill(SELL.replace("0.010", "0.006") + "&reduceOnly=true");
        assertThat(read(RISK, "").get(0).path("positionAmt").asString()).isEqualTo("0.004");
    }

    @Test
    void minimumNotionalIsOfOpeningOrdersAlone() {
        assertThat(code(BUY.replace("0.010", "0.0005"))).isEqualTo(-1111);
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"49000\"}");
        assertThat(code(BUY.replace("0.010", "0.001"))).isEqualTo(-4164);
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"49000\",\"mark\":\"50001\"}");
        fill(BUY.replace("0.010", "0.001"));
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"49000\"}");
        fill(SELL.replace("0.010", "0.001") + "&reduceOnly=true");
        assertThat(read(RISK, "").size()).isZero();
    }
}
