package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import quantum.trader.Command;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import tools.jackson.databind.JsonNode;

/**
 * A second service on the account of one that lives, each with its own data directory: it is refused, and no stop of the
 * first is ever taken off. {@code -Dquantum.together=120} tries for so many seconds.
 */
@Execution(ExecutionMode.CONCURRENT)
class TwoServicesTest {

    private static final Duration TOGETHER = Duration.ofSeconds(Integer.getInteger("quantum.together", 8));
    private static final List<String> SYMBOLS = List.of("ETHUSDT", "DOGEUSDT");
    private static final int STORE = 5;

    @Test
    void p1_5_aSecondServiceIsRefusedAndNoPositionIsEverWithoutItsStop(@TempDir Path directory) {
        try (Installation at = Installation.open(directory, Map.of());
                Instance first = at.start().awaitReady()) {
            at.exchange().holdAll();
            for (String symbol : SYMBOLS) {
                at.send(WireForm.BRIDGE.wrap(
                        Floor.fields("open-" + symbol, symbol, "BUY", "position_size_usd", "100")));
                at.awaitEnding("open-" + symbol);
            }
            await().atMost(Floor.PATIENCE).until(() -> stops(at).size() == SYMBOLS.size());
            Set<String> resting = stops(at);
            long until = System.nanoTime() + TOGETHER.toNanos();
            for (int i = 0; i < 2 || System.nanoTime() - until < 0; i++) {
                Command second = i % 2 == 0 ? onThisHost(at, i) : onAnother(at, i);
                assertThat(second.exitCode()).as(second.output()).isEqualTo(STORE);
                assertThat(second.output())
                        .contains("owned by another service", i % 2 == 0 ? "on this host, pid" : "lease in Redis");
                assertThat(stops(at)).isEqualTo(resting);
            }
            assertThat(at.exchange().requests("DELETE", "/fapi/v1/algoOrder")).isEmpty();
            assertThat(first.isReady()).isTrue();
        }
    }

    @Test
    void p1_5_theNextLifeOfTheSameDirectoryGoesOnAtOnceAndAnotherOnceTheLeaseHasEnded(@TempDir Path directory) {
        try (Installation at = Installation.open(directory, Map.of())) {
            try (Instance first = at.start().awaitReady()) {
                first.kill();
            }
            try (Instance again = at.start().awaitReady()) {
                assertThat(again.age()).isLessThan(Duration.ofSeconds(30));
                again.kill();
            }
            await().atMost(Duration.ofSeconds(60)).until(() -> runs(at, "other"));
            try (Instance ended = at.start().awaitReady()) {
                ended.command().end();
            }
            assertThat(runs(at, "third"))
                    .as("what ended in order is waited for by nobody")
                    .isTrue();
        }
    }

    /** Starts on another data directory, as a host that has neither file of the first; false if it was refused. */
    private static boolean runs(Installation at, String name) {
        Map<String, String> other = new HashMap<>(elsewhere(at, name));
        try (Instance instance = at.start(other)) {
            await().atMost(Floor.PATIENCE)
                    .until(() -> instance.isReady() || !instance.command().isAlive());
            return instance.command().isAlive();
        }
    }

    private static Command onThisHost(Installation at, int number) {
        return at.start(Map.of("QUANTUM_DATA", at.data() + "-second-" + number, "QUANTUM_HTTP_PORT", "0"))
                .command();
    }

    private static Command onAnother(Installation at, int number) {
        return at.start(elsewhere(at, "second-" + number)).command();
    }

    /** Another home is another host to the lock. */
    private static Map<String, String> elsewhere(Installation at, String name) {
        return Map.of(
                "QUANTUM_DATA",
                at.data() + "-" + name,
                "JAVA_TOOL_OPTIONS",
                "-Duser.home=" + at.data() + "-home-" + name);
    }

    private static Set<String> stops(Installation at) {
        return SYMBOLS.stream()
                .flatMap(symbol -> at.exchange().liveStops(symbol).stream())
                .map((JsonNode stop) -> text(stop, "algoId"))
                .collect(Collectors.toSet());
    }
}
