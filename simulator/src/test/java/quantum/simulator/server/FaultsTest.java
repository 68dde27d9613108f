package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Disturbances set from outside. */
class FaultsTest extends ExchangeContract {

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
}
