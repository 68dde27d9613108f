package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.reliability.Required;
import quantum.reliability.Results;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.StreamEntryID;

/** What lay in the stream for days before the service was first started (seed 002: 10,001 messages). */
class BacklogTest {

    private static final int MESSAGES = 12_000;
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final List<WireForm> FORMS = List.of(WireForm.values());
    private static final List<String> SYMBOLS = List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "NOSUCHUSDT");

    @Test
    void aStaleBacklogEndsWithoutAnOrder(@TempDir Path directory) {
        try (Installation at = Installation.open(directory, Map.of())) {
            publish(at);
            try (Instance instance = at.start()) {
                AtomicReference<Duration> caughtUp = new AtomicReference<>(Duration.ZERO);
                await().atMost(Duration.ofMinutes(2))
                        .pollInterval(Duration.ofMillis(50))
                        .failFast("the service ended", () -> !instance.command().isAlive())
                        .until(() -> {
                            caughtUp.set(instance.age());
                            return endings(at) >= MESSAGES && at.isDrained();
                        });
                report(at, caughtUp.get());
                assertThat(at.exchange().ledger().path("orders")).isEmpty();
                assertThat(at.exchange().requests("POST", "/fapi/v1/order")).isEmpty();
                assertThat(endings(at)).isEqualTo(MESSAGES);
                assertEachOnce(at);
                Required.within(LIMIT, caughtUp.get(), "caught up");
            }
        }
    }

    private static void publish(Installation at) {
        try (AbstractPipeline pipeline = at.redis().pipelined()) {
            for (int i = 0; i < MESSAGES; i++) {
                pipeline.xadd(Installation.INTENTS, StreamEntryID.NEW_ENTRY, message(i));
            }
        }
    }

    /** All five forms; opens of days ago, closes of what nobody holds, and some that are no message at all. */
    private static Map<String, String> message(int number) {
        Map<String, String> intent = new HashMap<>(
                Floor.fields("old-" + number, SYMBOLS.get(number % SYMBOLS.size()), number % 2 == 0 ? "BUY" : "SELL"));
        intent.put("timestamp", Instant.now().minus(Duration.ofDays(2)).toString());
        intent.put("position_size_usd", "150");
        WireForm form = FORMS.get(number % FORMS.size());
        return switch (number % 12) {
            case 5 -> Map.of("payload", "{\"symbol\":\"BTCUSDT\",\"action\":");
            case 7 -> Map.of("data", "not JSON at all " + number);
            case 9 -> {
                intent.put("action", "CLOSE");
                intent.put("reduceOnly", "true");
                yield form.wrap(intent);
            }
            case 11 -> {
                intent.put("position_size_usd", "NaN");
                yield form.wrap(intent);
            }
            default -> form.wrap(intent);
        };
    }

    private static long endings(Installation at) {
        return at.redis().xlen("quantum:stream:trade.execution.res")
                + at.redis().xlen("quantum:stream:trade.intent.dead");
    }

    private static void assertEachOnce(Installation at) {
        for (String kind : List.of("trade.execution.res", "trade.intent.dead")) {
            Set<String> events = at.entries(kind).stream()
                    .map(entry -> Objects.requireNonNull(entry.getFields().get("event_id")))
                    .collect(Collectors.toSet());
            assertThat((long) events.size()).isEqualTo(at.redis().xlen("quantum:stream:" + kind));
        }
        assertThat(at.redis().xlen("quantum:stream:trade.intent.dead")).isGreaterThan(MESSAGES / 12);
    }

    private static void report(Installation at, Duration caughtUp) {
        Map<String, Object> figures = new TreeMap<>();
        figures.put("messages", MESSAGES);
        figures.put("reports", at.redis().xlen("quantum:stream:trade.execution.res"));
        figures.put("dead_letters", at.redis().xlen("quantum:stream:trade.intent.dead"));
        figures.put("caught_up_ms", caughtUp.toMillis());
        figures.put("limit_ms", LIMIT.toMillis());
        Results.tell("backlog", figures);
    }
}
