package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.Exchange;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import tools.jackson.databind.JsonNode;

/**
 * The service is stopped in the middle of a burst of opens for longer than its limit of 5 s (reliability F4). Opens are
 * stale after 3 s here instead of 60, and their rates are no limit, so that each open that leaves late is one too many.
 */
class StallTest {

    private static final Duration STALL = Duration.ofSeconds(7);
    private static final int BURST = 40;
    private static final Map<String, String> CONFIGURATION = Map.of(
            "QUANTUM_LIMITS_OPEN_MAX_AGE_SECONDS", "3",
            "QUANTUM_RATES_SYMBOL_INTERVAL_SECONDS", "0",
            "QUANTUM_RATES_OPENS_PER_MINUTE", "600",
            "QUANTUM_LIMITS_MAX_POSITIONS", "90");

    @Test
    void whoeverWasStoppedDropsItsOpensAndReadsTheExchangeFirst(@TempDir Path directory) {
        try (Installation at = Installation.open(directory, CONFIGURATION)) {
            List<String> symbols = at.list(BURST, "XRPUSDT");
            at.exchange().holdAll();
            try (Instance first = at.start().awaitReady()) {
                List<String> burst = burst(at, symbols);
                await().pollInterval(Duration.ofMillis(1)).until(() -> placed(at.exchange(), Instant.EPOCH) >= 3);
                first.command().signal("STOP");
                Instant stopped = Instant.now();
                secondIsRefused(at);
                waitUntil(stopped.plus(STALL));
                long before = at.exchange().requestCount();
                Instant goesOn = Instant.now();
                first.command().signal("CONT");

                await().atMost(Floor.PATIENCE).until(() -> at.endedIntents().containsAll(burst));
                await().atMost(Floor.PATIENCE).until(at::isDrained);
                assertThat(accepted(at.exchange(), goesOn)).as("stale opens").isEmpty();
                assertEndedOnce(at, burst);
                assertThat(at.payloads("alert", a -> "stalled".equals(text(a, "key"))))
                        .hasSize(1);
                assertReadFirst(at, before);
                var _ = new Agreement(at, first).reached();
                at.send(WireForm.FLAT.wrap(Floor.fields("after", "ETHUSDT", "BUY", "position_size_usd", "100")));
                assertThat(text(at.awaitEnding("after"), "status")).isEqualTo("filled");
            }
        }
    }

    private static List<String> burst(Installation at, List<String> symbols) {
        List<String> ids = new ArrayList<>();
        for (String symbol : symbols) {
            String id = "burst-" + symbol;
            ids.add(id);
            at.send(WireForm.BRIDGE.wrap(Floor.fields(id, symbol, "BUY", "position_size_usd", "100")));
        }
        return ids;
    }

    private static void secondIsRefused(Installation at) {
        try (Instance second = at.start(Map.of("QUANTUM_HTTP_PORT", "0"))) {
            assertThat(second.command().exitCode())
                    .as(second.command().output())
                    .isEqualTo(5);
            assertThat(second.command().output()).contains("another instance");
        }
    }

    private static void waitUntil(Instant time) {
        long millis = Math.max(0, Duration.between(Instant.now(), time).toMillis());
        CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                .join();
    }

    private static int placed(Exchange exchange, Instant since) {
        return accepted(exchange, since).size();
    }

    /** Entry orders that the exchange took after a time. */
    private static List<JsonNode> accepted(Exchange exchange, Instant since) {
        long nanos = TimeUnit.SECONDS.toNanos(since.getEpochSecond()) + since.getNano();
        return exchange.rows(
                "orders",
                order -> !order.has("algoId")
                        && !order.path("reduceOnly").asBoolean()
                        && order.path("createdAt").asLong() > nanos);
    }

    private static void assertEndedOnce(Installation at, List<String> burst) {
        Map<String, Integer> endings = new TreeMap<>();
        at.payloads("trade.execution.res", r -> r.has("terminal_state"))
                .forEach(report -> endings.merge(text(report, "intent_id"), 1, Integer::sum));
        assertThat(endings.keySet()).containsAll(burst);
        assertThat(endings.values()).containsOnly(1);
        List<JsonNode> orders = accepted(at.exchange(), Instant.EPOCH);
        assertThat(orders)
                .hasSizeBetween(3, BURST - 1)
                .extracting(o -> text(o, "symbol"))
                .doesNotHaveDuplicates();
        System.out.println("stall {\"stopped_ms\":" + STALL.toMillis() + ",\"burst\":" + BURST + ",\"accepted_before\":"
                + orders.size() + ",\"accepted_after\":0}");
    }

    /** The positions are read before anything is opened. */
    private static void assertReadFirst(Installation at, long before) {
        List<String> since = new ArrayList<>();
        for (JsonNode request : at.exchange().requestsAfter(before)) {
            since.add(text(request, "method") + " " + text(request, "path"));
        }
        assertThat(since).contains("GET /fapi/v3/positionRisk", "GET /fapi/v1/openAlgoOrders");
    }
}
