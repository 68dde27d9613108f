package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.ExchangeContract.Customer;

/** What the exchange forgets, on virtual time (binance-usdm 3.5, 4.1). */
class RetentionTest {

    private DirectExchange exchange =
            new DirectExchange(SimulatorOptions.defaults().withSymbols(Set.of("BTCUSDT")));

    private Answer signed(String method, String path, String parameters) {
        var payload = parameters + "&timestamp=" + exchange.millis();
        var full = payload + "&signature=" + Customer.FIRST.sign(payload);
        return exchange.send(method, path, full, "", Customer.FIRST.key());
    }

    private int order(String name) {
        return signed("GET", ExchangeContract.ORDER, "symbol=BTCUSDT&origClientOrderId=" + name)
                .code();
    }

    private int conditional(String name) {
        return signed("GET", ExchangeContract.ALGO, "clientAlgoId=" + name).code();
    }

    @Test
    void ordersThatExecutedNothingAreForgottenAfterThreeDays() {
        exchange.send("POST", "/sim/price", "", "{\"symbol\":\"BTCUSDT\",\"price\":\"50000\",\"hold\":true}", null);
        signed("POST", ExchangeContract.ORDER, ExchangeContract.REST + "&newClientOrderId=resting");
        signed("POST", ExchangeContract.ORDER, ExchangeContract.REST + "&newClientOrderId=cancelled");
        signed("DELETE", ExchangeContract.ORDER, "symbol=BTCUSDT&origClientOrderId=cancelled");
        signed("POST", ExchangeContract.ORDER, ExchangeContract.BUY + "&newClientOrderId=filled");
        signed("POST", ExchangeContract.ALGO, ExchangeContract.CLOSING_STOP);
        signed("DELETE", ExchangeContract.ALGO, "clientAlgoId=stop-1");
        signed("POST", ExchangeContract.ALGO, ExchangeContract.CLOSING_STOP.replace("stop-1", "stop-2"));
        exchange.pass(TimeUnit.DAYS.toMillis(3) - 1_000);
        assertThat(order("cancelled")).isZero();
        assertThat(conditional("stop-1")).isZero();
        exchange.pass(2_000);
        assertThat(order("cancelled")).isEqualTo(-2013);
        assertThat(conditional("stop-1")).isEqualTo(-2013);
        assertThat(order("resting")).isZero();
        assertThat(order("filled")).isZero();
        assertThat(conditional("stop-2")).isZero();
        assertThat(signed("GET", "/fapi/v1/allOrders", "symbol=BTCUSDT").json().size())
                .isEqualTo(2);
        assertThat(signed("GET", "/fapi/v1/allAlgoOrders", "symbol=BTCUSDT")
                        .json()
                        .size())
                .isEqualTo(1);
    }

    @Test
    void nothingIsRememberedForMoreThanNinetyDays() {
        exchange = new DirectExchange(SimulatorOptions.defaults()
                .withSymbols(Set.of("BTCUSDT"))
                .withPriceSource(SimulatorOptions.PriceSource.OUTSIDE));
        var rare = "{\"markIntervalMillis\":86400000,\"slowMarkIntervalMillis\":86400000}";
        exchange.send("POST", "/sim/settings", "", rare, null);
        signed("POST", ExchangeContract.ALGO, ExchangeContract.CLOSING_STOP.replace("49000", "4900"));
        exchange.pass(TimeUnit.DAYS.toMillis(90) - 1_000);
        assertThat(conditional("stop-1")).isZero();
        exchange.pass(2_000);
        assertThat(conditional("stop-1")).isEqualTo(-2013);
    }
}
