package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.reliability.Required;
import quantum.reliability.Results;
import quantum.trader.Exchange;
import quantum.trader.Floor;
import quantum.trader.WireForm;
import tools.jackson.databind.JsonNode;

/**
 * A restart with 90 positions and 50 orders in flight, some of whose stops vanished meanwhile. The number of positions
 * and the rate of opens are raised to their bounds by configuration; fills are slow, so that closes are in flight.
 */
class CrowdedRestartTest {

    private static final int POSITIONS = 90;
    private static final int PART = 15;
    private static final int IN_FLIGHT = 50;
    private static final int VANISHED = 30;
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Map<String, String> CONFIGURATION = Map.of(
            "QUANTUM_RATES_SYMBOL_INTERVAL_SECONDS", "0",
            "QUANTUM_RATES_OPENS_PER_MINUTE", "600",
            "QUANTUM_LIMITS_MAX_POSITIONS", "90",
            "QUANTUM_PROTECTION_SYSTEMIC_POSITIONS", "50");

    @Test
    void everythingIsProtectedBeforeTheFirstNewIntent(@TempDir Path directory) {
        try (Installation at = Installation.open(directory, CONFIGURATION)) {
            List<String> symbols = at.list(POSITIONS, "XRPUSDT");
            at.exchange().holdAll();
            killInTheCrowd(at, symbols);
            for (String symbol : symbols.subList(0, VANISHED)) {
                at.exchange().cancelStopByHand(symbol);
            }
            assertThat(stops(at)).hasSize(POSITIONS - VANISHED);
            String last = symbols.getLast();
            at.send(WireForm.BRIDGE.wrap(Floor.fields("waiting", last, "CLOSE", "reduceOnly", "true")));
            try (Instance instance = at.start()) {
                Instant started = Instant.now().minus(instance.age());
                await().atMost(PATIENCE)
                        .pollInterval(Duration.ofMillis(50))
                        .until(() -> stops(at).size() >= POSITIONS);
                instance.awaitReady();
                Duration ready = instance.age();
                await().atMost(PATIENCE)
                        .until(() -> !closes(at.exchange(), last).isEmpty());
                Instant protectedAt = stops(at).stream()
                        .map(stop -> at(stop, "createdAt"))
                        .max(Instant::compareTo)
                        .orElseThrow();
                Instant leftAt = at(closes(at.exchange(), last).getFirst(), "at");
                report(Duration.between(started, protectedAt), ready, Duration.between(started, leftAt));
                assertThat(leftAt).as("the waiting intent left").isAfter(protectedAt);
                Required.within(LIMIT, Duration.between(started, protectedAt), "all protected");
            }
        }
    }

    private static void killInTheCrowd(Installation at, List<String> symbols) {
        try (Instance instance = at.start().awaitReady()) {
            // In parts, because an open that waits two seconds for its leverage is not sent.
            for (int from = 0; from < POSITIONS; from += PART) {
                List<String> part = symbols.subList(from, from + PART);
                part.forEach(symbol -> at.send(WireForm.BRIDGE.wrap(
                        Floor.fields("open-" + symbol, symbol, "BUY", "position_size_usd", "100"))));
                int open = from + PART;
                await("all open").atMost(PATIENCE).until(() -> at.endedIntents().size() == open);
            }
            assertThat(at.payloads("trade.execution.res", r -> !"filled".equals(text(r, "status"))))
                    .isEmpty();
            await("all protected").atMost(PATIENCE).until(() -> stops(at).size() == POSITIONS);
            at.exchange().fillsAfter(60_000);
            for (String symbol : symbols.subList(0, IN_FLIGHT)) {
                at.send(WireForm.BRIDGE.wrap(Floor.fields("close-" + symbol, symbol, "CLOSE", "reduceOnly", "true")));
            }
            await("closes in flight")
                    .atMost(PATIENCE)
                    .until(() -> at.exchange()
                                    .rows(
                                            "orders",
                                            o -> o.path("reduceOnly").asBoolean() && "NEW".equals(text(o, "status")))
                                    .size()
                            == IN_FLIGHT);
            instance.kill();
        }
    }

    private static List<JsonNode> stops(Installation at) {
        return at.exchange()
                .rows("protections", p -> "NEW".equals(text(p, "status")) && "STOP_MARKET".equals(text(p, "type")));
    }

    private static List<JsonNode> closes(Exchange exchange, String symbol) {
        return exchange.orderRequests(symbol).stream()
                .filter(request -> "SELL".equals(text(request.path("parameters"), "side")))
                .toList();
    }

    private static Instant at(JsonNode row, String field) {
        return Instant.ofEpochSecond(0, row.path(field).asLong());
    }

    private static void report(Duration protectedAfter, Duration ready, Duration firstIntent) {
        Map<String, Object> figures = new TreeMap<>();
        figures.put("positions", POSITIONS);
        figures.put("in_flight", IN_FLIGHT);
        figures.put("stops_vanished", VANISHED);
        figures.put("protected_ms", protectedAfter.toMillis());
        figures.put("ready_ms", ready.toMillis());
        figures.put("first_intent_ms", firstIntent.toMillis());
        figures.put("limit_ms", LIMIT.toMillis());
        Results.tell("crowded-restart", figures);
    }
}
