package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.reliability.Required;
import quantum.reliability.Results;
import quantum.trader.ledger.LedgerView;
import tools.jackson.databind.JsonNode;

/**
 * The service is killed under load again and again, at drawn moments and at chosen ones, and comes to agree with the
 * exchange within 10 s each time; an order that never arrived there is awaited apart, because its absence takes 12 s to
 * prove (INV-40). {@code -Dquantum.kills=500} kills more often, {@code -Dquantum.seed=N} draws otherwise. The rates
 * of opens and the number of positions are raised to their bounds, so that the load is not refused by a guard.
 */
class KillTest {

    private static final int KILLS = Integer.getInteger("quantum.kills", 30);
    private static final long SEED = Long.getLong("quantum.seed", 1);
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final int SLOWEST = 3;
    private static final int LONGEST_LIFE_MILLIS = 1_500;
    private static final List<String> SYMBOLS = List.of(
            "BTCUSDT",
            "ETHUSDT",
            "BNBUSDT",
            "SOLUSDT",
            "XRPUSDT",
            "ADAUSDT",
            "DOGEUSDT",
            "AVAXUSDT",
            "DOTUSDT",
            "LINKUSDT",
            "LTCUSDT",
            "NEARUSDT",
            "ATOMUSDT",
            "INJUSDT",
            "AXSUSDT",
            "MANTAUSDT",
            "OPUSDT",
            "ARBUSDT");
    private static final Map<String, String> CONFIGURATION = Map.of(
            "QUANTUM_RATES_SYMBOL_INTERVAL_SECONDS", "0",
            "QUANTUM_RATES_OPENS_PER_MINUTE", "600",
            "QUANTUM_RATES_GLOBAL_COOLDOWN_SECONDS", "0",
            "QUANTUM_BREAKER_OPENS", "10000",
            "QUANTUM_LIMITS_MAX_POSITIONS", "90",
            "QUANTUM_PROTECTION_SYSTEMIC_POSITIONS", "50");

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);
    private final Map<KillPoint, Integer> moments = new EnumMap<>(KillPoint.class);
    private final List<Convergence> convergences = new ArrayList<>();
    private final Deque<KillPoint> chosen = new ArrayDeque<>();
    private final Deque<String> fresh = new ArrayDeque<>();
    private int kills;
    private int unproven;

    private record Convergence(KillPoint after, Agreement.Reached reached) {
        Duration took() {
            return reached.took();
        }
    }

    @Test
    void killedAnywhereItComesBackToTheTruth(@TempDir Path directory) {
        try (Installation at = Installation.open(directory, CONFIGURATION);
                Load load = new Load(at, SYMBOLS, random)) {
            fresh.addAll(at.list(KILLS, "XRPUSDT"));
            Instance instance = at.start();
            try {
                instance.awaitReady();
                while (kills < KILLS) {
                    instance = killAndRestart(at, load, instance);
                }
                flatten(at, load, instance);
                Audit audit = Audit.of(at, load);
                report(at, load, audit);
                assertThat(audit.violations()).isEmpty();
                assertThat(audit.entryOrders()).as("the load trades").isGreaterThan(kills);
            } finally {
                instance.close();
            }
            try (LedgerView ledger = at.ledger()) {
                assertThat(ledger.verifyChain().faults()).isEmpty();
            }
            convergences.forEach(agreed -> Required.within(LIMIT, agreed.took(), agreed.toString()));
        }
    }

    private Instance killAndRestart(Installation at, Load load, Instance running) {
        KillPoint point = kills % 3 == 0 ? KillPoint.RANDOM : nextChosen();
        load.resume();
        String symbol = reach(point, at, load, running);
        running.kill();
        load.pause();
        at.sentEntries().read();
        count(point);
        at.exchange().clearFaults();
        if (point == KillPoint.START_UP) {
            killAtFirstRequest(at);
        } else if (random.nextInt(3) == 0) {
            fireAStop(at);
        }
        load.some(random.nextInt(6));
        Instance next = at.start();
        Agreement agreement = new Agreement(at, next);
        convergences.add(new Convergence(point, agreement.reached()));
        unproven += agreement.unproven().size();
        if (!symbol.isEmpty() && at.exchange().held(symbol).signum() != 0) {
            load.send(symbol, "CLOSE");
        }
        return next;
    }

    private KillPoint nextChosen() {
        if (chosen.isEmpty()) {
            chosen.addAll(List.of(KillPoint.values()));
            chosen.remove(KillPoint.RANDOM);
        }
        return chosen.remove();
    }

    /** Waits for the moment; the symbol is that of an intent of its own, if the moment needs one. */
    private String reach(KillPoint point, Installation at, Load load, Instance running) {
        if (point.kind() == KillPoint.Kind.NONE) {
            int millis = random.nextInt(LONGEST_LIFE_MILLIS);
            CompletableFuture.runAsync(() -> {}, CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS))
                    .join();
            return "";
        }
        String symbol = fresh.remove();
        if (point.kind() == KillPoint.Kind.CLOSE) {
            String opening = load.send(symbol, "BUY");
            assertThat(text(at.awaitEnding(opening), "status")).isEqualTo("filled");
        }
        point.prepare(at.exchange(), symbol);
        String intent = load.send(symbol, point.kind() == KillPoint.Kind.CLOSE ? "CLOSE" : "BUY");
        await(point.name())
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .failFast("the service ended", () -> !running.command().isAlive())
                .until(() -> point.isReached(at, intent, symbol));
        return symbol;
    }

    private void killAtFirstRequest(Installation at) {
        long before = at.exchange().requestCount();
        try (Instance starting = at.start()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> at.exchange().requestCount() > before);
            starting.kill();
        }
        count(KillPoint.START_UP);
    }

    /** A position may end while nobody looks. */
    private void fireAStop(Installation at) {
        List<JsonNode> live = at.exchange()
                .rows("protections", p -> "NEW".equals(text(p, "status")) && "STOP_MARKET".equals(text(p, "type")));
        if (!live.isEmpty()) {
            JsonNode stop = live.get(random.nextInt(live.size()));
            at.exchange()
                    .post(
                            "/sim/price",
                            "{\"symbol\":\"%s\",\"price\":\"%s\"}"
                                    .formatted(text(stop, "symbol"), text(stop, "triggerPrice")));
        }
    }

    private void count(KillPoint point) {
        kills++;
        moments.merge(point, 1, Integer::sum);
    }

    /** Everything sent has its ending, then everything held is closed. */
    private static void flatten(Installation at, Load load, Instance instance) {
        await("every ending")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> at.endedIntents().containsAll(load.intents()));
        var _ = new Agreement(at, instance).reached();
        for (JsonNode position :
                at.exchange().rows("positions", p -> decimal(p, "amount").signum() != 0)) {
            load.send(text(position, "symbol"), "CLOSE");
        }
        await("flat")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(200))
                .until(() -> at.exchange()
                                .rows("positions", p -> decimal(p, "amount").signum() != 0)
                                .isEmpty()
                        && at.endedIntents().containsAll(load.intents())
                        && at.ledgerKnows(ledger -> ledger.openPositions().isEmpty())
                        && at.exchange()
                                .rows("protections", p -> "NEW".equals(text(p, "status")))
                                .isEmpty());
        var _ = new Agreement(at, instance).reached();
    }

    private void report(Installation at, Load load, Audit audit) {
        List<Long> millis = convergences.stream()
                .map(agreed -> agreed.took().toMillis())
                .sorted()
                .toList();
        Map<String, Object> figures = new TreeMap<>();
        figures.put("kills", kills);
        figures.put("seed", SEED);
        figures.put("moments", new EnumMap<>(moments));
        figures.put("duplicates", audit.duplicates());
        figures.put("lost_intents", audit.lost());
        figures.put("violations", audit.violations().size());
        figures.put("repeats_on_the_wire", audit.repeats());
        figures.put("absences_to_prove", unproven);
        figures.put("slowest_convergence_ms", millis.getLast());
        figures.put("median_convergence_ms", millis.get(millis.size() / 2));
        figures.put("orders", audit.entryOrders());
        figures.put("all_orders", at.exchange().ledger().path("orders").size());
        figures.put("intents", load.intents().size());
        figures.put("ends", audit.ends());
        figures.put("messages", load.messages());
        figures.put(
                "slowest",
                convergences.stream()
                        .sorted(Comparator.comparing(Convergence::took).reversed())
                        .limit(SLOWEST)
                        .map(agreed -> agreed.after() + " " + agreed.reached())
                        .toList());
        Results.tell("kills", figures);
    }
}
