package quantum.simulation;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceSession;
import quantum.simulation.Judge.Law;
import quantum.simulation.Weather.Fault;
import quantum.simulation.Workload.Step;
import quantum.simulator.Market;
import quantum.simulator.Simulator;
import quantum.simulator.binance.BinanceFace;

/** One seed: a workload under faults, then fair weather, then the judge. */
final class Schedule {

    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
    static final long FOUL = 40 * SECOND;
    private static final long STILL = 110 * SECOND;
    private static final long END = 135 * SECOND;
    /** How long an exit of the last moment may take. */
    private static final long LAST_EXITS = 3 * SECOND;

    private static final int LOOK_MILLIS = 500;

    private final Course course;
    private final Mutant mutant;
    private final Setup setup;
    private final Simulator exchange;
    private final World world;
    private final Weather weather;
    private final Boundaries boundaries;
    private final MemoryLedger ledger;
    private final Bus bus = new Bus();
    private final Judge judge = new Judge();
    private final Orders operator = new Orders();
    private final Gate gate;
    private final LastWords lastWords;
    private final Vigil vigil;
    private final Hands hands;
    private final Heard heard;
    private final Readings readings;
    private final BinanceFace face;
    private final Looker looker;
    private final Instance.Surface surface;
    private final Producers producers;
    private final Map<String, Long> stepsTaken = new TreeMap<>();
    private final Lives<BinanceInput, BinanceRequest> lives;

    private Schedule(Course course, Mutant mutant, Setup setup, long sweep) {
        this.course = course;
        this.mutant = mutant;
        this.setup = setup;
        exchange = setup.exchange();
        // A mutant may trade elsewhere: then it is that other exchange whose time the world moves.
        Simulator traded = mutant.onPaper() ? setup.exchange() : exchange;
        world = new World(course.seed(), traded);
        weather = new Weather(course, world);
        boundaries = new Boundaries(weather, sweep);
        gate = new Gate(setup, world, exchange, operator, judge);
        vigil = new Vigil(exchange, judge);
        hands = new Hands(traded);
        new Letting(exchange, hands, judge).listen();
        heard = new Heard(exchange, world, weather, judge);
        heard.listen();
        lastWords = new LastWords(exchange, judge, this::ledger);
        looker = new Looker(gate, new SetUps(world, exchange, judge), heard, lastWords, judge, this::ledger);
        ledger = new MemoryLedger(world, weather, mutant, looker);
        producers = new Producers(world, bus, this::ledger);
        readings = new Readings(world, weather, traded, Readings.OF_FUTURES, producers::undecidedMayEndUnclear);
        face = new BinanceFace(traded);
        surface = new Instance.Surface(world, weather, ledger, bus, mutant, boundaries, looker);
        lives = new Lives<>(
                world,
                ended -> new Instance<>(surface, venue(), mutant.rules(setup.rules()), ended),
                () -> gate.died(ledger));
    }

    private MemoryLedger ledger() {
        return ledger;
    }

    static Outcome run(Course course) {
        return run(course, Mutant.NONE);
    }

    static Outcome run(Course course, Mutant mutant) {
        return new Schedule(course, mutant, Setup.of(course.seed()), 0).run();
    }

    /** The same with one more end of the process, at the boundary of this number. */
    static Outcome run(Course course, long crashAt) {
        return new Schedule(course, Mutant.NONE, Setup.of(course.seed()), crashAt).run();
    }

    private Outcome run() {
        lives.boot();
        plan();
        world.runUntil(FOUL);
        weather.clear();
        long boundaries = this.boundaries.passed();
        world.runUntil(STILL);
        exchange.prices().markets().forEach(market -> exchange.prices().hold(market, true));
        world.runUntil(END);
        lives.settleLastExits(END, LAST_EXITS);
        vigil.end();
        heard.end();
        var last = lives.alive();
        judge.check(Law.READY_IN_THE_END, last != null, "no process runs");
        if (last != null) {
            new Verdicts(exchange, ledger, gate, operator, judge)
                    .atRest(last.view(), producers.owed(), producers.closes());
            judge.check(Law.NOTHING_PENDING, bus.pending().isEmpty() && !bus.hasMore(), bus.pending() + " pending");
            replay();
        }
        return new Outcome(
                course,
                new Outcome.Counts(
                        world.events(),
                        boundaries,
                        orders(),
                        exchange.accounts().iterator().next().fills().size(),
                        lives.count()),
                world.trace(),
                weather.happened(),
                this.boundaries.crashed(),
                stepsTaken,
                Outcome.ends(ledger),
                judge.checks(),
                judge.slack(),
                judge.violations(),
                List.copyOf(weather.struck()));
    }

    private long orders() {
        return exchange.accounts().iterator().next().orders().all().size();
    }

    /** What ends by its time ends meanwhile too, by an exit of the desk's own; what an intent asks for must not come again. */
    private void replay() {
        long before = asked();
        bus.rewind();
        world.runUntil(END + 10 * SECOND);
        judge.check(Law.REPLAY_CREATES_NOTHING, asked() == before, asked() + " after " + before);
    }

    private long asked() {
        return exchange.accounts().iterator().next().orders().all().stream()
                .map(order -> order.terms().clientId())
                .filter(id -> id.startsWith("qo-") || id.startsWith("qc-"))
                .count();
    }

    private Instance.Venue<BinanceInput, BinanceRequest> venue() {
        return new Instance.Venue<>(
                new BinanceSession(setup.settings()),
                inbox -> new BinanceNetwork(world, weather, face, readings, mutant, looker, inbox));
    }

    private void plan() {
        for (Step step : Workload.of(setup)) {
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
                send(step.fields());
                yield true;
            }
            case PAUSE, RESUME, FLATTEN, FLATTEN_SYMBOL, CLEAR_BREAKER -> {
                var now = lives.alive();
                boolean heard = now != null && now.isReady();
                // Before it is heard, because the process may end with the word in its ears.
                operator.spoken(step, heard, exchange.now());
                if (now != null && heard) {
                    now.command(Orders.of(step));
                }
                yield heard;
            }
            case PARTIAL_THEN_EXPIRE,
                    HAND_CLOSE,
                    HAND_REDUCE,
                    HAND_CANCEL,
                    LIQUIDATION,
                    DELEVERAGING,
                    FUNDING,
                    REJECTED_AT_TRIGGER,
                    UNFILLED_AT_TRIGGER,
                    TRIGGERS_SLOWLY,
                    TRIGGERS_AGAIN,
                    ALGO_SERVICE_DOWN,
                    STOPS_REFUSED,
                    STOPS_LATE,
                    OTHER_STOP,
                    OTHER_TARGET,
                    OTHER_TAKE,
                    OTHER_ENTRY,
                    UNANNOUNCED,
                    OTHERS_TAKEN_OFF,
                    COINS_BOUGHT,
                    COINS_SOLD,
                    COINS_LOCKED,
                    COINS_UNLOCKED,
                    BOOK_SHALLOW,
                    BOOK_DEEP,
                    BALANCES_FROZEN,
                    BALANCES_THAWED -> hands.act(step);
        };
        if (done) {
            stepsTaken.merge(step.kind().name(), 1L, Long::sum);
            world.note(step.kind() + " " + step.symbol() + new TreeMap<>(step.fields()));
        }
    }

    private void movePrices() {
        if (weather.strikes(Fault.SHOCK)) {
            Market market =
                    exchange.prices().market(Setup.SYMBOLS.get((int) weather.between(0, Setup.SYMBOLS.size() - 1)));
            BigDecimal factor = BigDecimal.valueOf(weather.between(965, 1035)).movePointLeft(3);
            exchange.prices().set(market, market.last().multiply(factor));
        }
        if (weather.strikes(Fault.MARK_APART)) {
            Market market =
                    exchange.prices().market(Setup.SYMBOLS.get((int) weather.between(0, Setup.SYMBOLS.size() - 1)));
            BigDecimal factor = BigDecimal.valueOf(weather.between(990, 1010)).movePointLeft(3);
            exchange.prices().setMark(market, market.last().multiply(factor));
        }
    }

    private void send(Map<String, String> intent) {
        producers.send(intent, dated -> {
            String id = String.valueOf(dated.get("intent_id"));
            gate.sent(id, world.instant());
            lastWords.sent(id, dated);
            if (readings.areOdd()) {
                producers.mayEndUnclear(id);
            }
        });
    }
}
