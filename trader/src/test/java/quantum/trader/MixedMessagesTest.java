package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.StreamEntryID;
import tools.jackson.databind.JsonNode;

/** Whatever comes in, each message ends exactly once, and orders are those that the reports name (laws 2 and 8). */
class MixedMessagesTest {

    private static final int MESSAGES = 10_000;
    private static final int BATCH = 2_500;
    private static final List<String> SYMBOLS =
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT", "DOGEUSDT");

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(2026);
    private final List<Map<String, String>> sent = new ArrayList<>();
    private int serial;

    @Test
    void oneIntentAHundredTimesInFiveFormsIsOneOrder(@TempDir Path data) {
        try (Floor floor = Floor.open(data, Floor.quickRules())) {
            Map<String, String> intent = Floor.fields("hundred", "BTCUSDT", "BUY", "position_size_usd", "200");
            for (int i = 0; i < 20; i++) {
                for (WireForm form : WireForm.values()) {
                    floor.send(form.wrap(intent));
                }
            }
            assertThat(text(floor.ending("hundred"), "status")).isEqualTo("filled");
            await().atMost(Floor.PATIENCE).until(() -> duplicates(floor) == 99);
            assertThat(floor.exchange().orderRequests("BTCUSDT")).hasSize(1);
            assertThat(floor.reports("hundred")).hasSize(1);
            assertThat(floor.lines("IDEMPOTENCY_SKIP")).hasSize(99);
        }
    }

    @Test
    void tenThousandMixedMessagesEndOnceEach(@TempDir Path data) {
        try (Floor floor = Floor.open(data, Floor.quickRules())) {
            floor.restartWithoutLimits();
            floor.exchange().balance("1000000");
            for (int from = 0; from < MESSAGES; from += BATCH) {
                publish(floor, BATCH);
                int until = from + BATCH;
                // Opens of an earlier second must not become stale while the flood is worked off.
                await().atMost(Duration.ofSeconds(60))
                        .pollInterval(Duration.ofMillis(100))
                        .until(() -> endings(floor) >= until);
            }
            assertThat(endings(floor)).isEqualTo(MESSAGES);
            assertThat(duplicates(floor)).isGreaterThan(300);
            assertThat(floor.redis().xlen("quantum:stream:trade.intent.dead")).isGreaterThan(1_000);
            assertOrdersAreThoseNamed(floor);
        }
    }

    private void publish(Floor floor, int count) {
        try (AbstractPipeline pipeline = floor.redis().pipelined()) {
            for (int i = 0; i < count; i++) {
                Map<String, String> entry = message();
                sent.add(entry);
                pipeline.xadd("quantum:stream:trade.intent", StreamEntryID.NEW_ENTRY, entry);
            }
        }
    }

    private Map<String, String> message() {
        Map<String, String> good =
                Floor.fields("m" + serial++, pick(SYMBOLS), pick(List.of("BUY", "SELL")), "position_size_usd", "150");
        return switch (random.nextInt(14)) {
            case 0, 1, 2 -> form().wrap(good);
            case 3, 4, 5 -> form().wrap(Floor.fields("m" + serial++, pick(SYMBOLS), "CLOSE", "reduceOnly", "true"));
            case 6 -> Map.of("payload", "{\"symbol\":\"BTCUSDT\",\"action\":");
            case 7 -> Map.of("payload", "{\"symbol\":[1,2],\"action\":7,\"timestamp\":{}}");
            case 8 ->
                form().wrap(with(
                        good, "timestamp", Instant.now().minusSeconds(3600).toString()));
            case 9 -> sent.isEmpty() ? form().wrap(good) : pick(sent);
            case 10 -> form().wrap(with(good, "symbol", "NOSUCHUSDT"));
            case 11 -> Map.of("payload", WireForm.json(with(good, "note", "x".repeat(17_000))));
            case 12 -> form().wrap(with(good, "position_size_usd", pick(List.of("NaN", "-5", "0", "1e400", "ten"))));
            default -> form().wrap(with(good, "reduceOnly", "perhaps"));
        };
    }

    private static Map<String, String> with(Map<String, String> intent, String field, String value) {
        Map<String, String> changed = new LinkedHashMap<>(intent);
        changed.put(field, value);
        return changed;
    }

    private WireForm form() {
        return pick(List.of(WireForm.values()));
    }

    private <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** Terminal reports, dead letters and counted duplicates, as anybody can count them from outside. */
    private static long endings(Floor floor) {
        long pending = floor.metric("quantum_pending_fills_total");
        long reports = floor.redis().xlen("quantum:stream:trade.execution.res") - pending;
        return reports + floor.redis().xlen("quantum:stream:trade.intent.dead") + duplicates(floor);
    }

    private static long duplicates(Floor floor) {
        return floor.metric("quantum_intents_total{", "outcome=\"duplicate\"");
    }

    private static void assertOrdersAreThoseNamed(Floor floor) {
        Set<String> named = new TreeSet<>();
        Set<String> executed = new TreeSet<>();
        Set<String> identities = new TreeSet<>();
        for (JsonNode report : floor.stream("trade.execution.res", r -> r.has("terminal_state"))) {
            assertThat(identities.add(text(report, "intent_id")))
                    .as("one report each: " + report)
                    .isTrue();
            if (report.has("client_order_id")) {
                named.add(text(report, "client_order_id"));
            }
            // A close of all cancels the open that is under way.
            if (report.has("order_id") && !text(report, "reason").equals("NOT_FILLED")) {
                executed.add(text(report, "order_id"));
            }
        }
        Predicate<JsonNode> byOrder = row -> !row.has("algoId");
        List<JsonNode> orders = floor.exchange().rows("orders", byOrder);
        assertThat(orders).hasSizeGreaterThan(100);
        assertThat(orders)
                .extracting(o -> text(o, "clientOrderId"))
                .doesNotHaveDuplicates()
                .isSubsetOf(named);
        assertThat(orders.stream()
                        .filter(o -> Exchange.decimal(o, "executed").signum() > 0)
                        .map(o -> text(o, "orderId")))
                .containsExactlyInAnyOrderElementsOf(executed);
    }
}
