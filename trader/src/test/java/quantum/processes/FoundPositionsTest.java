package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.reliability.Required;
import quantum.reliability.Results;
import quantum.trader.Exchange;
import tools.jackson.databind.JsonNode;

/**
 * Positions that somebody else opened are protected within 5 s of the start of the process, none is closed, and neither the
 * next readings of the exchange nor the next start changes what they have (R15, INC-I01). The number of positions is raised
 * to its bound, because the adopted ones count.
 */
class FoundPositionsTest {

    private static final int FEW = 16;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String POSITIONS = "/fapi/v3/positionRisk";
    private static final Map<String, String> CONFIGURATION = Map.of(
            "QUANTUM_LIMITS_MAX_POSITIONS", "90",
            "QUANTUM_READING_BOOTSTRAP_SECONDS", "5",
            "QUANTUM_READING_RESTS_CHECK_SECONDS", "5");

    @ParameterizedTest
    @ValueSource(ints = {FEW, 45, 90})
    void foreignPositionsAreProtectedAtOnceAndNeverTouchedAgain(int count, @TempDir Path directory) {
        try (Installation at = Installation.open(directory, CONFIGURATION)) {
            List<String> symbols = at.list(count, "XRPUSDT");
            at.exchange().holdAll();
            for (int i = 0; i < count; i++) {
                at.exchange().byHand(i % 2 == 0 ? "BUY" : "SELL", symbols.get(i), "100");
            }
            await().atMost(PATIENCE).until(() -> held(at.exchange()) == count);
            try (Instance instance = at.start()) {
                Instant started = Instant.now().minus(instance.age());
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> stops(at.exchange()).size() == count);
                Instant last = stops(at.exchange()).stream()
                        .map(stop ->
                                Instant.ofEpochSecond(0, stop.path("createdAt").asLong()))
                        .max(Instant::compareTo)
                        .orElseThrow();
                Duration took = Duration.between(started, last);
                Results.tell("found-positions-" + count, Map.of("protected_ms", took.toMillis()));
                instance.awaitReady();
                Required.within(LIMIT, took, "all protected");
                await().atMost(PATIENCE).until(() -> resting(at.exchange()).size() == 2 * count);
                Set<String> resting = resting(at.exchange());
                readTwiceMore(at);
                assertThat(resting(at.exchange())).isEqualTo(resting);
                if (count == FEW) {
                    instance.kill();
                    restart(at, resting);
                }
            }
            assertThat(held(at.exchange())).isEqualTo(count);
            assertThat(at.exchange()
                            .rows(
                                    "orders",
                                    order -> text(order, "clientOrderId").startsWith("q")))
                    .as("none is closed")
                    .isEmpty();
        }
    }

    private static void restart(Installation at, Set<String> resting) {
        try (Instance again = at.start().awaitReady()) {
            readTwiceMore(at);
            assertThat(again.isReady()).isTrue();
            assertThat(resting(at.exchange())).as("after a restart").isEqualTo(resting);
        }
    }

    private static void readTwiceMore(Installation at) {
        int before = readings(at);
        await().atMost(PATIENCE).until(() -> readings(at) >= before + 2);
    }

    private static int readings(Installation at) {
        return at.exchange().requests("GET", POSITIONS).size();
    }

    private static long held(Exchange exchange) {
        return exchange.rows("positions", p -> Exchange.decimal(p, "amount").signum() != 0)
                .size();
    }

    private static List<JsonNode> stops(Exchange exchange) {
        return exchange.rows(
                "protections", p -> "NEW".equals(text(p, "status")) && "STOP_MARKET".equals(text(p, "type")));
    }

    private static Set<String> resting(Exchange exchange) {
        return exchange.rows("protections", p -> "NEW".equals(text(p, "status"))).stream()
                .map(p -> text(p, "clientAlgoId") + "@" + text(p, "triggerPrice"))
                .collect(Collectors.toSet());
    }
}
