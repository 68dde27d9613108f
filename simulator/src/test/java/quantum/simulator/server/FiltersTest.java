package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Checklist: tick, step, both lot sizes, percent price, counts (binance-usdm 6.1, 3.3, 4.7). */
class FiltersTest extends ExchangeContract {

    private static final String LIMIT = "symbol=BTCUSDT&type=LIMIT&timeInForce=GTC&quantity=0.010";

    private int code(String parameters) {
        return signed("POST", ORDER, parameters).code();
    }

    @ParameterizedTest
    @CsvSource({
        "&side=BUY&price=52500.1, -4016",
        "&side=SELL&price=47499.9, -4024",
        "&side=BUY&price=49000.123, -1111",
        "&side=BUY&price=49000.05, -4014",
        "&side=BUY&price=500, -4013",
        "&side=SELL&price=5000000, -4002",
        "&side=BUY&price=0, -4001",
    })
    void limitPriceMustFitTickBoundsAndMark(String terms, int code) {
        assertThat(code(LIMIT + terms)).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"0, -4003", "0.0101, -1111", "121, -4005", "1001, -4005", "0.00001, -1111"})
    void quantityMustFitBothLots(String quantity, int code) {
        assertThat(code(BUY.replace("0.010", quantity))).isEqualTo(code);
    }

    @Test
    void marketOrderFarFromTheMarkIsRefused() {
        price("{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"mark\":\"47600\"}");
        assertThat(code(BUY)).isEqualTo(-4131);
        assertThat(signed("POST", ORDER, SELL).status()).isEqualTo(200);
        control("/sim/symbol", "{\"symbol\":\"BTCUSDT\",\"marketTakeBound\":\"0.10\"}");
        assertThat(signed("POST", ORDER, BUY).status()).isEqualTo(200);
        var info = exchange.send("GET", "/fapi/v1/exchangeInfo", "", "", null).json();
        assertThat(info.path("symbols").get(0).path("marketTakeBound").asString())
                .isEqualTo("0.10");
    }

    @Test
    void marketOrderTakesNoLevelBeyondItsBound() {
        control("/sim/symbol", """
                {"symbol":"BTCUSDT","marketTakeBound":"0.001",
                 "depth":{"quantity":"0.004","levels":50,"ticks":200}}""");
        place(BUY.replace("0.010", "0.020") + "&newClientOrderId=bounded");
        exchange.await(() -> bounded().path("status").asString().equals("EXPIRED"));
        assertThat(bounded().path("executedQty").asString()).isEqualTo("0.012");
    }

    private JsonNode bounded() {
        return read(ORDER, "symbol=BTCUSDT&origClientOrderId=bounded");
    }

    @Test
    void twoHundredOrdersAndTwoHundredConditionalOnesAreTheMost() {
        settings("{\"ordersPerMinute\":1000,\"ordersPer10Seconds\":1000}");
        control("/sim/account", "{\"balance\":\"1000000\"}");
        var rest = LIMIT + "&side=BUY&price=49000";
        for (int i = 0; i < 200; i++) place(rest);
        assertThat(code(rest)).isEqualTo(-2025);
        var stop = "algoType=CONDITIONAL&side=SELL&type=STOP_MARKET&triggerPrice=%s&quantity=%s&symbol=%s";
        for (int i = 0; i < 200; i++) {
            var symbol =
                    i % 2 == 0 ? stop.formatted("49000", "0.010", "BTCUSDT") : stop.formatted("60", "1", "ETHUSDT");
            assertThat(signed("POST", ALGO, symbol).status()).isEqualTo(200);
        }
        assertThat(signed("POST", ALGO, stop.formatted("49000", "0.010", "BTCUSDT"))
                        .code())
                .isEqualTo(-4045);
    }
}
