package quantum.simulation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import quantum.cryptocom.CryptoComInput;
import quantum.cryptocom.CryptoComRequest;
import quantum.cryptocom.CryptoComSession;
import quantum.simulation.Judge.Law;
import quantum.simulation.Weather.Fault;
import quantum.simulation.Workload.Step;
import quantum.simulator.cryptocom.CryptoComFace;
import quantum.simulator.spot.SpotExchange;
import quantum.simulator.spot.SpotMarket;

/** One seed of the venue where coins are bought: a workload under faults, then fair weather, then the judge. */
final class SpotSchedule {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    private static final long FOUL = Schedule.FOUL;
    /** An order whose answer was lost in the last foul moment is believed absent only 70 s later. */
    private static final long STILL = 155 * SECOND;

    private static final long END = 185 * SECOND;
    private static final long LAST_EXITS = 5 * SECOND;
    private static final int LOOK_MILLIS = 500;

    private final Course course;
    private final SpotSetup setup;
    private final SpotExchange exchange;
    private final World world;
    private final Weather weather;
    private final Boundaries boundaries;
    private final MemoryLedger ledger;
    private final Bus bus = new Bus();
    private final Judge judge = new Judge();
    private final Orders operator = new Orders();
    private final SpotBooks books;
    private final SpotGate gate;
    private final SpotVigil vigil;
    private final SpotHands hands;
    private final Readings readings;
    private final Producers producers;
    private final CryptoComFace face;
    private final Instance.Surface surface;
    private final Map<String, Long> stepsTaken = new TreeMap<>();
    private final Lives<CryptoComInput, CryptoComRequest> lives;

    private SpotSchedule(Course course, SpotSetup setup, long sweep) {
        this.course = course;
        this.setup = setup;
        exchange = setup.exchange();
        face = new CryptoComFace(exchange);
        world = new World(course.seed(), exchange.simulator());
        weather = new Weather(course, world);
        boundaries = new Boundaries(weather, sweep);
        books = new SpotBooks(exchange);
        gate = new SpotGate(setup, world, books, operator, judge, this::ledger);
        vigil = new SpotVigil(books, judge, this::ledger);
        hands = new SpotHands(exchange, books);
        ledger = new MemoryLedger(world, weather, Mutant.NONE, gate);
        producers = new Producers(world, bus, this::ledger);
        readings = new Readings(world, weather, exchange.simulator(), Readings.OF_COINS, () -> {});
        surface = new Instance.Surface(world, weather, ledger, bus, Mutant.NONE, boundaries, gate);
        lives = new Lives<>(
                world, ended -> new Instance<>(surface, venue(), setup.rules(), ended), () -> operator.died(ledger));
    }

    private MemoryLedger ledger() {
        return ledger;
    }

    static Outcome run(Course course) {
        return run(course, 0);
    }

    /** The same with one more end of the process, at the boundary of this number. */
    static Outcome run(Course course, long crashAt) {
        return new SpotSchedule(course, SpotSetup.of(course.seed()), crashAt).run();
    }

    private Outcome run() {
        lives.boot();
        plan();
        world.runUntil(FOUL);
        weather.clear();
        long passed = boundaries.passed();
        world.runUntil(STILL);
        exchange.markets().all().forEach(market -> exchange.markets().hold(market, true));
        world.runUntil(END);
        lives.settleLastExits(END, LAST_EXITS);
        vigil.end();
        var last = lives.alive();
        judge.check(Law.READY_IN_THE_END, last != null, "no process runs");
        if (last != null) {
            new SpotVerdicts(books, ledger, gate, operator, judge)
                    .atRest(last.view(), vigil.disagreement(last.view()), producers.owed(), producers.closes());
            judge.check(Law.NOTHING_PENDING, bus.pending().isEmpty() && !bus.hasMore(), bus.pending() + " pending");
            replay();
        }
        return outcome(passed);
    }

    private Outcome outcome(long passed) {
        if (!books.oversold().isEmpty()) {
            stepsTaken.put("closed twice", (long) books.oversold().size());
        }
        return new Outcome(
                course,
                new Outcome.Counts(
                        world.events(),
                        passed,
                        books.account().orders().size(),
                        books.account().trades().size(),
                        lives.count()),
                world.trace(),
                weather.happened(),
                boundaries.crashed(),
                stepsTaken,
                Outcome.ends(ledger),
                judge.checks(),
                judge.slack(),
                judge.violations(),
                List.copyOf(weather.struck()));
    }

    /** What ends by its time ends meanwhile too, by an exit of the desk's own; what an intent asks for must not come again. */
    private void replay() {
        long before = asked();
        bus.rewind();
        world.runUntil(END + LAST_EXITS + 10 * SECOND);
        judge.check(Law.REPLAY_CREATES_NOTHING, asked() == before, asked() + " after " + before);
    }

    private long asked() {
        return books.account().orders().stream()
                .map(SpotBooks::idOf)
                .filter(id -> id.startsWith("qo-") || id.startsWith("qc-"))
                .count();
    }

    private Instance.Venue<CryptoComInput, CryptoComRequest> venue() {
        return new Instance.Venue<>(
                new CryptoComSession(setup.settings()),
                inbox -> new SpotNetwork(world, weather, face, readings, gate, inbox));
    }

    private void plan() {
        for (Step step : SpotWorkload.of(setup)) {
            if (course.takes(step.number())) {
                world.in(step.atMillis(), () -> take(step));
            }
        }
        world.every(Vigil.STEP_MILLIS, END, () -> {
            var now = lives.latest();
            if (now != null) {
                now.pump();
                vigil.look(now.isAble() && now.isReady(), world);
                if (weather.isFair() && now.isAlive()) {
                    vigil.converge(now.view());
                }
            }
        });
        world.every(LOOK_MILLIS, FOUL, () -> lives.disturb(weather, this::movePrices));
    }

    private void take(Step step) {
        boolean done = switch (step.kind()) {
            case INTENT, REPEAT -> {
                producers.send(
                        step.fields(),
                        dated -> gate.permits().sent(Objects.requireNonNull(dated.get("intent_id")), world.instant()));
                yield true;
            }
            case PAUSE, RESUME, FLATTEN, FLATTEN_SYMBOL, CLEAR_BREAKER -> {
                var now = lives.alive();
                boolean heard = now != null && now.isReady();
                // Before it is heard, because the process may end with the word in its ears.
                operator.spoken(step, heard, exchange.simulator().now());
                if (now != null && heard) {
                    now.command(Orders.of(step));
                }
                yield heard;
            }
            default -> hands.act(step);
        };
        if (done) {
            stepsTaken.merge(step.kind().name(), 1L, Long::sum);
            world.note(step.kind() + " " + step.symbol() + new TreeMap<>(step.fields()));
        }
    }

    private void movePrices() {
        if (weather.strikes(Fault.SHOCK)) {
            SpotMarket market = drawn();
            exchange.markets().set(market, market.last().multiply(factor(965, 1035)));
        }
        if (weather.strikes(Fault.MARK_APART)) {
            SpotMarket market = drawn();
            exchange.markets().setMark(market, market.last().multiply(factor(990, 1010)));
        }
    }

    private SpotMarket drawn() {
        return books.market(SpotSetup.SYMBOLS.get((int) weather.between(0, SpotSetup.SYMBOLS.size() - 1)));
    }

    private BigDecimal factor(int least, int most) {
        return BigDecimal.valueOf(weather.between(least, most)).movePointLeft(3);
    }
}
