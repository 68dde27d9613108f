package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Regular orders: what is answered, what is refused, what is queried (binance-usdm 3). */
class OrdersTest extends ExchangeContract {

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
}
