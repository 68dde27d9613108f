package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Amended and tested orders (binance-usdm 3.5; 9, -5024 to -5029). */
class AmendingTest extends ExchangeContract {

    private static final String NAMED = "symbol=BTCUSDT&origClientOrderId=a-1";

    private Answer amend(String parameters) {
        return signed("PUT", ORDER, NAMED + "&side=BUY&" + parameters);
    }

    @Test
    void amendedOrderKeepsItsIdAndFillsAtItsNewPrice() {
        var frames = userStream("&events=ORDER_TRADE_UPDATE");
        var placed = place(REST + "&newClientOrderId=a-1");
        var amended = amend("quantity=0.020&price=48000");
        assertThat(amended.json().path("orderId")).isEqualTo(placed.json().path("orderId"));
        assertThat(amended.text("origQty") + " at " + amended.text("price")).isEqualTo("0.020 at 48000");
        assertThat(amended.headers()).containsEntry("x-mbx-order-count-10s", "2");
        exchange.await(() -> frames.all().size() == 2);
        var event = frames.all().getLast().path("o");
        assertThat(event.path("x").asString() + " " + event.path("X").asString())
                .isEqualTo("AMENDMENT NEW");
        exchange.pass(60);
        move("BTCUSDT", "48900");
        assertThat(signed("GET", ORDER, NAMED).text("status")).isEqualTo("NEW");
        move("BTCUSDT", "47900");
        exchange.await(() -> signed("GET", ORDER, NAMED).text("status").equals("FILLED"));
        assertThat(signed("GET", ORDER, NAMED).text("avgPrice")).isEqualTo("48000");
        assertThat(amend("quantity=0.030&price=48000").code()).isEqualTo(-2013);
    }

    @Test
    void anAmendmentAcrossTheMarketTakes() {
        place(REST + "&newClientOrderId=a-1");
        amend("quantity=0.010&price=50100");
        exchange.await(() -> signed("GET", ORDER, NAMED).text("status").equals("FILLED"));
        assertThat(signed("GET", ORDER, NAMED).text("avgPrice")).isEqualTo("50000.1");
    }

    @Test
    void postOnlyOrderThatWouldTakeIsCancelled() {
        place(REST.replace("GTC", "GTX") + "&newClientOrderId=a-1");
        assertThat(amend("quantity=0.010&price=50100").text("status")).isEqualTo("CANCELED");
    }

    @ParameterizedTest
    @CsvSource({
        "-5027, quantity=0.010&price=49000",
        "-5029, quantity=0.001&price=49000",
        "-4014, quantity=0.010&price=49000.05",
        "-1111, quantity=0.0105&price=49000",
        "-2019, quantity=100&price=49000",
        "-1102, quantity=0.010",
        "-1102, price=49000",
    })
    void refusedAmendmentLeavesTheOrderAsItWas(int code, String parameters) {
        place(REST + "&newClientOrderId=a-1");
        assertThat(amend(parameters).code()).isEqualTo(code);
        var order = signed("GET", ORDER, NAMED);
        assertThat(order.text("origQty") + " at " + order.text("price")).isEqualTo("0.010 at 49000");
    }

    @Test
    void onlyLimitOrdersOfTradingSymbolsAreAmended() {
        settings("{\"fillDelayMillis\":[9000,9000]}");
        place(BUY + "&newClientOrderId=a-1");
        assertThat(amend("quantity=0.010&price=49000").code()).isEqualTo(-5025);
        place(REST + "&newClientOrderId=a-2");
        control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"status\":\"PRE_SETTLE\"}");
        assertThat(signed("PUT", ORDER, "symbol=BTCUSDT&origClientOrderId=a-2&side=BUY&quantity=0.010&price=48000")
                        .code())
                .isEqualTo(-5024);
    }

    @Test
    void testedOrderIsCheckedAndForgotten() {
        var path = ORDER + "/test";
        assertThat(signed("POST", path, REST).json().isEmpty()).isTrue();
        assertThat(signed("POST", path, REST.replace("0.010", "100")).code()).isEqualTo(-2019);
        assertThat(signed("POST", path, BUY.replace("MARKET", "STOP_MARKET")).code())
                .isEqualTo(-4120);
        assertThat(ledger("orders").size()).isZero();
    }
}
