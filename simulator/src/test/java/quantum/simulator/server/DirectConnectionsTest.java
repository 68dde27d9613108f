package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import quantum.simulator.SimulatorOptions;

/** The long times of a connection's life, on virtual time (binance-usdm 1.3, 5.1). */
class DirectConnectionsTest {

    private final DirectExchange exchange =
            new DirectExchange(SimulatorOptions.defaults().withSymbols(Set.of("BTCUSDT")));

    private void pass(long minutes) {
        exchange.pass(TimeUnit.MINUTES.toMillis(minutes));
    }

    @Test
    void pingComesEveryThreeMinutesAndWithoutPongTheEndAfterTen() {
        var silent = exchange.open("/market/ws", "", false);
        var answering = exchange.open("/market/ws", "", true);
        pass(12);
        assertThat(silent.pings()).isEqualTo(4);
        assertThat(silent.closed()).isFalse();
        pass(2);
        assertThat(silent.closed()).isTrue();
        assertThat(answering.closed()).isFalse();
        assertThat(answering.pings()).isEqualTo(4);
    }

    @Test
    void connectionsLiveForADay() {
        var stream = exchange.open("/market/ws", "");
        var api = exchange.open("/ws-fapi/v1", "");
        pass(24 * 60 - 1);
        assertThat(stream.closed() || api.closed()).isFalse();
        pass(1);
        assertThat(stream.closed() && api.closed()).isTrue();
    }

    @Test
    void listenKeyLivesForAnHourAfterItsLastUse() {
        var key = exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey");
        var frames = exchange.open("/private/ws", "listenKey=" + key + "&events=ORDER_TRADE_UPDATE");
        pass(59);
        assertThat(exchange.send("PUT", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey"))
                .isEqualTo(key);
        pass(59);
        assertThat(frames.all()).isEmpty();
        pass(1);
        assertThat(frames.all())
                .singleElement()
                .satisfies(frame -> assertThat(frame.path("e").asString()).isEqualTo("listenKeyExpired"));
        assertThat(frames.closed()).as("the socket stays open and silent").isFalse();
        assertThat(exchange.send("POST", "/fapi/v1/listenKey", "", "", "simkey").text("listenKey"))
                .isNotEqualTo(key);
    }
}
