package quantum.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.desk.Rules;
import quantum.guard.Limits;
import quantum.position.ExistingPolicy;
import quantum.position.ExitPolicy;
import quantum.position.PositionMode;
import quantum.simulation.Judge.Law;
import quantum.simulation.Weather.Fault;
import quantum.simulator.Market;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.binance.BinanceFace;

/** One seed: a workload under faults, then fair weather, then the judge. */
final class Schedule {

    private static final List<String> SYMBOLS =
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT", "DOGEUSDT");
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long FOUL = 40 * SECOND;
    private static final long STILL = 110 * SECOND;
    private static final long END = 135 * SECOND;
    private static final int MOST_CRASHES = 8;

    private static final Rules RULES = new Rules(
            new Limits(
                    new Limits.Rates(Duration.ZERO, 100_000, Duration.ZERO),
                    new Limits.MarginLimits(
                            new BigDecimal("1.25"),
                            Duration.ofSeconds(2),
                            50,
                            Duration.ofSeconds(5),
                            Duration.ofSeconds(5)),
                    new Limits.Exposure(50, 1, 10, new BigDecimal("60")),
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(3)),
            ExitPolicy.SEEDS,
            new Rules.Confirmation(
                    Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(2)),
            Rules.DEFAULT.guarding(),
            new Rules.Reading(
                    Duration.ofSeconds(10), Duration.ofSeconds(8), Duration.ofSeconds(5), Duration.ofSeconds(15)),
            PositionMode.ONE_WAY,
            ExistingPolicy.DEFAULT,
            false);

    /** What came of it. */
    record Outcome(
            long seed,
            long events,
            long trace,
            int crashes,
            long orders,
            Map<Fault, Long> faults,
            Map<Law, Long> checks,
            List<String> violations) {}

    private final long seed;
    private final Simulator exchange;
    private final World world;
    private final Weather weather;
    private final MemoryLedger ledger;
    private final Bus bus = new Bus();
    private final Judge judge;
    private final List<RuntimeException> failures = new ArrayList<>();
    private final Set<String> intents = new HashSet<>();
    private final BinanceSettings settings;
    private final Rules rules;
    private final Service.Surface surface;
    private @Nullable Service service;
    private int crashes;

    private Schedule(long seed, Mutant mutant) {
        this.seed = seed;
        PositionMode mode = seed % 3 == 0 ? PositionMode.HEDGE : PositionMode.ONE_WAY;
        OrderEntry entry = seed % 4 == 1 ? OrderEntry.WEBSOCKET : OrderEntry.REST;
        exchange = Simulator.create(
                SimulatorOptions.defaults()
                        .withSeed(seed)
                        .withSymbols(Set.copyOf(SYMBOLS))
                        .withFillDelay(Duration.ofMillis(20), Duration.ofMillis(400))
                        .withHedged(mode == PositionMode.HEDGE),
                World.START);
        world = new World(seed, exchange);
        weather = new Weather(world);
        ledger = new MemoryLedger(world, weather, mutant);
        judge = new Judge(exchange, ledger, bus);
        settings = BinanceSettings.simulator("http://127.0.0.1:9100")
                .withPositions(mode)
                .withOrderEntry(entry);
        rules = RULES.withPositions(mode);
        surface = new Service.Surface(
                world, weather, new BinanceFace(exchange), ledger, bus, mutant, judge::leaves, failures);
    }

    static Outcome run(long seed) {
        return run(seed, Mutant.NONE);
    }

    static Outcome run(long seed, Mutant mutant) {
        return new Schedule(seed, mutant).run();
    }

    private Outcome run() {
        boot();
        plan();
        world.runUntil(FOUL);
        weather.clear();
        world.runUntil(STILL);
        exchange.prices().markets().forEach(market -> exchange.prices().hold(market, true));
        world.runUntil(END);
        Service last = service;
        judge.check(Law.READY_IN_THE_END, last != null && last.isAlive(), "no process runs");
        if (last != null && last.isAlive()) {
            judge.atRest(last.view(), intents);
            replay();
        }
        failures.forEach(failure -> judge.check(Law.NOTHING_UNFORESEEN, false, failure + trace(failure)));
        return new Outcome(
                seed,
                world.events(),
                world.trace(),
                crashes,
                judge.orders(),
                weather.happened(),
                judge.checks(),
                judge.violations());
    }

    private static String trace(RuntimeException failure) {
        StackTraceElement[] trace = failure.getStackTrace();
        return trace.length == 0 ? "" : " at " + trace[0];
    }

    private void replay() {
        long before = judge.orders();
        bus.rewind();
        world.runUntil(END + 10 * SECOND);
        judge.check(Law.REPLAY_CREATES_NOTHING, judge.orders() == before, judge.orders() + " after " + before);
    }

    private void boot() {
        Service next = new Service(surface, settings, rules, this::crashed);
        service = next;
        next.start();
    }

    private void crashed() {
        crashes++;
        world.in(world.between(30, crashes > MOST_CRASHES ? 4000 : 2500), this::boot);
    }

    private void plan() {
        int count = (int) world.between(15, 45);
        for (int i = 0; i < count; i++) {
            Map<String, String> intent = intent(i);
            world.in(world.between(1500, 37_000), () -> send(intent));
            if (world.chance(10)) {
                world.in(world.between(3000, 60_000), () -> send(intent));
            }
        }
        every(100, END, () -> {
            if (service != null) {
                service.pump();
            }
        });
        every(500, FOUL, this::disturb);
    }

    private void every(long millis, long until, Runnable work) {
        work.run();
        if (world.now() < until + 10 * SECOND) {
            world.in(millis, () -> every(millis, until, work));
        }
    }

    private void disturb() {
        Service now = service;
        if (now == null || weather.isFair()) {
            return;
        }
        now.disturb();
        if (weather.strikes(Fault.STALL)) {
            now.stall(world.between(200, 12_000));
        }
        if (weather.strikes(Fault.SHOCK)) {
            Market market = exchange.prices().market(SYMBOLS.get(world.below(SYMBOLS.size())));
            BigDecimal factor = BigDecimal.valueOf(world.between(965, 1035)).movePointLeft(3);
            exchange.prices().set(market, market.last().multiply(factor));
        }
        if (crashes < MOST_CRASHES && world.below(90) == 0) {
            now.die();
        }
    }

    private void send(Map<String, String> intent) {
        Map<String, String> dated = new HashMap<>(intent);
        dated.putIfAbsent("timestamp", world.instant().toString());
        intents.add(String.valueOf(dated.get("intent_id")));
        bus.add(dated);
    }

    private Map<String, String> intent(int number) {
        Map<String, String> fields = new HashMap<>();
        fields.put("intent_id", "s" + seed + "-" + number);
        fields.put("symbol", SYMBOLS.get(world.below(SYMBOLS.size())));
        fields.put("timestamp", "");
        if (world.chance(30)) {
            fields.put("action", "CLOSE");
            fields.put("reduceOnly", "true");
            fields.put("position_side", List.of("BOTH", "LONG", "SHORT").get(world.below(3)));
            if (world.chance(40)) {
                fields.put("close_fraction", "0.4");
            }
        } else {
            fields.put("action", world.chance(50) ? "BUY" : "SELL");
            fields.put("position_size_usd", Long.toString(world.between(110, 900)));
            if (world.chance(60)) {
                fields.put("stop_loss_pct", "0." + world.between(2, 9));
                fields.put("take_profit_pct", "0." + world.between(2, 9));
            }
        }
        fields.remove("timestamp");
        return fields;
    }
}
