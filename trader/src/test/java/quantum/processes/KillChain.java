package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.decimal;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import quantum.trader.ledger.LedgerView;
import tools.jackson.databind.JsonNode;

/**
 * One service with an exchange and a Redis of its own, killed under load and started again until there were kills
 * enough. The rates of opens and the number of positions are raised to their bounds, so that the load is not refused by
 * a guard.
 */
final class KillChain implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
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

    private final Kills kills;
    private final RandomGenerator random;
    private final Installation at;
    private final Load load;
    private final Deque<String> fresh = new ArrayDeque<>();

    KillChain(Path directory, Kills kills, long seed) {
        this.kills = kills;
        random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        at = Installation.open(directory, CONFIGURATION);
        load = new Load(at, SYMBOLS, random);
        fresh.addAll(at.list(kills.wanted(), "XRPUSDT"));
    }

    /** Kills until there were enough, lets everything end, and compares what was published with the exchange's books. */
    Outcome run() {
        Instance instance = at.start();
        try {
            instance.awaitReady();
            while (kills.areWanted()) {
                instance = killAndRestart(instance);
            }
            flatten(instance);
        } finally {
            instance.close();
        }
        try (LedgerView ledger = at.ledger()) {
            assertThat(ledger.verifyChain().faults()).isEmpty();
        }
        return new Outcome(
                Audit.of(at, load),
                at.exchange().ledger().path("orders").size(),
                load.intents().size(),
                load.messages());
    }

    /** What a chain came to. */
    record Outcome(Audit audit, int orders, int intents, int messages) {}

    private Instance killAndRestart(Instance running) {
        KillPoint point = kills.next();
        load.resume();
        String symbol = reach(point, running);
        running.kill();
        load.pause();
        at.sentEntries().read();
        kills.count(point);
        at.exchange().clearFaults();
        if (point == KillPoint.START_UP) {
            killAtFirstRequest();
        } else if (random.nextInt(3) == 0) {
            fireAStop();
        }
        load.some(random.nextInt(6));
        Instance next = at.start();
        Agreement agreement = new Agreement(at, next);
        kills.converged(point, agreement.reached(), agreement.unproven().size());
        if (!symbol.isEmpty() && at.exchange().held(symbol).signum() != 0) {
            load.send(symbol, "CLOSE");
        }
        return next;
    }

    /** Waits for the moment; the symbol is that of an intent of its own, if the moment needs one. */
    private String reach(KillPoint point, Instance running) {
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

    private void killAtFirstRequest() {
        long before = at.exchange().requestCount();
        try (Instance starting = at.start()) {
            await().atMost(PATIENCE)
                    .pollInterval(Duration.ofMillis(2))
                    .until(() -> at.exchange().requestCount() > before);
            starting.kill();
        }
        kills.count(KillPoint.START_UP);
    }

    /** A position may end while nobody looks. */
    private void fireAStop() {
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

    /** Everything sent has its ending, then everything held is closed. */
    private void flatten(Instance instance) {
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

    @Override
    public void close() {
        load.close();
        at.close();
    }
}
