package quantum.simulation;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceSession;
import quantum.desk.DeskView;
import quantum.intent.Closed;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.Account;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.Market;
import quantum.simulator.Position;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import quantum.simulator.binance.BinanceFace;

/**
 * The same parts as of a schedule, without weather: a test leads prices, hands, faults and the ends of the process, and the
 * judge holds the books together when it is over.
 */
final class Stage {

    private static final long MILLI = 1_000_000;
    private static final int RESTART_MILLIS = 800;
    private static final long PATIENCE_MILLIS = 60_000;

    private final Setup setup;
    private final Simulator exchange;
    private final World world;
    private final Weather weather;
    private final BinanceFace face;
    private final Readings readings;
    private final Looker looker;
    private final MemoryLedger ledger;
    private final Bus bus = new Bus();
    private final Judge judge = new Judge();
    private final Gate gate;
    private final LastWords lastWords;
    private final Orders operator = new Orders();
    private final Vigil vigil;
    private final Hands hands;
    private final Instance.Surface surface;
    private final Set<String> intents = new HashSet<>();
    private final Set<String> closes = new HashSet<>();
    private Instance<BinanceInput, BinanceRequest> instance;

    Stage(Setup setup) {
        this.setup = setup;
        Course course = new Course(setup.seed(), Set.of(), Set.of());
        exchange = setup.exchange();
        exchange.prices().markets().forEach(market -> exchange.prices().hold(market, true));
        exchange.settings().set(Setting.MARK_INTERVAL_MILLIS, 500);
        world = new World(setup.seed(), exchange);
        weather = new Weather(course, world);
        gate = new Gate(setup, world, exchange, operator, judge);
        lastWords = new LastWords(exchange, judge, this::ledger);
        looker = new Looker(
                gate,
                new SetUps(world, exchange, judge),
                new Heard(exchange, world, weather, judge),
                lastWords,
                judge,
                this::ledger);
        ledger = new MemoryLedger(world, weather, Mutant.NONE, looker);
        vigil = new Vigil(exchange, judge);
        hands = new Hands(exchange);
        surface = new Instance.Surface(world, weather, ledger, bus, Mutant.NONE, new Boundaries(weather, 0), looker);
        face = new BinanceFace(exchange);
        readings = new Readings(world, weather, exchange, Readings.OF_FUTURES, () -> {});
        instance = boot();
        look();
        until("intents are admitted", instance::isReady);
        weather.clear();
    }

    private MemoryLedger ledger() {
        return ledger;
    }

    private Instance<BinanceInput, BinanceRequest> boot() {
        Instance<BinanceInput, BinanceRequest> next = new Instance<>(
                surface,
                new Instance.Venue<>(
                        new BinanceSession(setup.settings()),
                        inbox -> new BinanceNetwork(world, weather, face, readings, Mutant.NONE, looker, inbox)),
                setup.rules(),
                this::died);
        instance = next;
        next.start();
        return next;
    }

    private void died() {
        gate.died(ledger);
        world.in(RESTART_MILLIS, this::boot);
    }

    private void look() {
        instance.pump();
        vigil.look(instance.isAble() && instance.isReady(), world);
        world.in(Vigil.STEP_MILLIS, this::look);
    }

    void run(Duration time) {
        world.runUntil(world.now() + time.toNanos());
    }

    /** Runs until something is so. */
    void until(String what, BooleanSupplier condition) {
        for (long millis = 0; !condition.getAsBoolean(); millis += 10) {
            if (millis > PATIENCE_MILLIS) {
                throw new AssertionError("never: " + what + "; " + view());
            }
            world.runUntil(world.now() + 10 * MILLI);
        }
    }

    void send(Map<String, String> intent) {
        Map<String, String> message = new HashMap<>(intent);
        message.put("timestamp", world.instant().toString());
        String id = String.valueOf(message.get("intent_id"));
        intents.add(id);
        if ("CLOSE".equals(message.get("action"))) {
            closes.add(id);
        }
        gate.sent(id, world.instant());
        lastWords.sent(id, message);
        bus.add(message, world.now());
    }

    Simulator exchange() {
        return exchange;
    }

    Account account() {
        return exchange.accounts().iterator().next();
    }

    Market market(String symbol) {
        return exchange.prices().market(symbol);
    }

    /** Moves price and mark to a multiple of what they are. */
    void move(String symbol, String factor) {
        BigDecimal price = market(symbol).last().multiply(new BigDecimal(factor));
        exchange.prices().set(market(symbol), price);
    }

    @Nullable
    Position held(String symbol) {
        return account().positions().in(symbol).stream()
                .filter(position -> !position.flat())
                .findFirst()
                .orElse(null);
    }

    boolean isFlat() {
        return account().positions().held().isEmpty();
    }

    /** Of the instance's own view: something is held and all of it has a live stop. */
    boolean isProtected() {
        DeskView view = view();
        return !view.positions().isEmpty()
                && view.counts().unprotected() == 0
                && view.ordersInFlight().isEmpty();
    }

    DeskView view() {
        return instance.view();
    }

    /** A step of the workload, done now. */
    boolean act(Workload.Kind kind, String symbol) {
        return hands.act(new Workload.Step(0, 0, kind, symbol, Map.of()));
    }

    /** The next requests of a kind meet a fault; for as long as given where a time is. */
    void fault(FaultKind kind, String method, String path, Fault.Answer answer, @Nullable Duration lasting) {
        long until = lasting == null ? Long.MAX_VALUE : exchange.now() + lasting.toNanos();
        int count = lasting == null ? 1 : Fault.Life.STANDING;
        exchange.faults()
                .add(new Fault(
                        new Fault.Match(method, path, null),
                        new Fault.Life(0, count, exchange.now(), until),
                        List.of(new Fault.Effect(kind, answer, 0, null))));
    }

    void kill() {
        instance.kill();
    }

    void cutOff(Duration time) {
        instance.cutOff(time.toMillis());
    }

    List<Closed> closed() {
        return ledger.outbox().stream()
                .filter(Notice.TradeClosed.class::isInstance)
                .map(notice -> ((Notice.TradeClosed) notice).closed())
                .toList();
    }

    /** What was held against the laws, once nothing more is to come. */
    List<String> verdict() {
        run(Duration.ofSeconds(45));
        new Verdicts(exchange, ledger, gate, operator, judge).atRest(view(), intents, closes);
        judge.check(Law.NOTHING_PENDING, bus.pending().isEmpty() && !bus.hasMore(), bus.pending() + " pending");
        return judge.violations();
    }
}
