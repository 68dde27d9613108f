package quantum.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.record.Notice;
import quantum.rules.Rules;
import quantum.simulation.Boundaries.Point;
import quantum.simulation.Weather.Fault;
import quantum.trader.ledger.Batch;
import quantum.trader.loop.Driver;
import quantum.trader.loop.LoopOutputs;
import quantum.trader.loop.Time;
import quantum.trader.stream.IntentCodec;
import quantum.venue.Load;
import quantum.venue.Session;

/**
 * One life of the process: the shipped driver, desk and session; it may end at any boundary to the world.
 *
 * @param <I> what comes in from the exchange
 * @param <R> what leaves for it
 */
final class Instance<I, R> implements LoopOutputs, Time, MemoryLedger.Owner {

    private static final Duration HOST_AHEAD = Duration.ofMillis(1700);

    private final World world;
    private final Weather weather;
    private final MemoryLedger ledger;
    private final Bus bus;
    private final Mutant mutant;
    private final Boundaries boundaries;
    private final Watch watch;
    private final Network<I, R> network;
    private final Driver<I, R> driver;
    private final Runnable died;
    private final Deque<Bus.Message> again = new ArrayDeque<>();
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private final Set<String> owedToBus = new LinkedHashSet<>();
    private boolean alive = true;
    private boolean admitted;
    private long stalledUntil;
    private long busDownUntil;
    private long busReadOnlyUntil;
    private Duration clock = Duration.ZERO;

    /** What every life of the process meets. */
    record Surface(
            World world,
            Weather weather,
            MemoryLedger ledger,
            Bus bus,
            Mutant mutant,
            Boundaries boundaries,
            Watch watch) {}

    /** Whoever looks on. */
    interface Watch {
        void acknowledged(Bus.Message message);

        void failed(RuntimeException unforeseen);
    }

    /** The exchange's session, and the wires that carry it. */
    record Venue<I, R>(Session<I, R> session, Function<Consumer<I>, Network<I, R>> wires) {}

    Instance(Surface surface, Venue<I, R> venue, Rules rules, Runnable died) {
        this.world = surface.world();
        this.weather = surface.weather();
        this.ledger = surface.ledger();
        this.bus = surface.bus();
        this.mutant = surface.mutant();
        this.boundaries = surface.boundaries();
        this.watch = surface.watch();
        this.died = died;
        network = venue.wires().apply(input -> run(() -> driver().received(input)));
        driver = new Driver<>(new Desk(rules), venue.session(), this::append, this::perform, this, this);
        ledger.openedBy(this);
    }

    private Driver<I, R> driver() {
        return driver;
    }

    void start() {
        again.addAll(bus.pending());
        run(() -> driver.start(ledger.load()));
    }

    /** Work of the process on its own thread: later while it is stopped, never after its end. */
    @Override
    public void run(Runnable work) {
        if (!alive) {
            return;
        }
        if (world.now() < stalledUntil || !waiting.isEmpty()) {
            if (waiting.isEmpty()) {
                world.at(stalledUntil, this::goOn);
            }
            waiting.add(work);
        } else {
            work(work);
        }
    }

    /** What came while it stood still is done in the order in which it came. */
    private void goOn() {
        if (world.now() < stalledUntil) {
            world.at(stalledUntil, this::goOn);
            return;
        }
        while (alive && !waiting.isEmpty()) {
            work(waiting.remove());
        }
    }

    private void work(Runnable work) {
        try {
            work.run();
        } catch (Crash crash) {
            die();
        } catch (RuntimeException unforeseen) {
            watch.failed(unforeseen);
            world.note(String.valueOf(unforeseen));
        }
    }

    /** Ends the process between two turns. */
    void kill() {
        if (alive) {
            boundaries.crashed(Point.BETWEEN_TURNS);
            die();
        }
    }

    void die() {
        if (alive) {
            alive = false;
            network.die();
            ledger.crashed();
            died.run();
        }
    }

    /** The exchange cannot be reached for a while. */
    void cutOff(long millis) {
        network.cutOff(millis);
    }

    /** The process is stopped for a while, as by SIGSTOP or a long collection. */
    void stall(long millis) {
        stalledUntil = Math.max(stalledUntil, world.now() + TimeUnit.MILLISECONDS.toNanos(millis));
    }

    boolean isAlive() {
        return alive;
    }

    /** True while nothing but the exchange's answers keeps it from acting. */
    boolean isAble() {
        return alive && world.now() >= stalledUntil && !network.isCutOff();
    }

    boolean isReady() {
        return admitted;
    }

    DeskView view() {
        return driver.view();
    }

    void command(Event.Command command) {
        Event.Command heard = mutant.commanded(command);
        if (heard != null) {
            run(() -> driver.handle(new Event.Commanded(heard)));
        }
    }

    private void append(Batch batch) {
        boundaries.pass(Point.BEFORE_RECORD);
        ledger.append(batch);
        boundaries.pass(Point.AFTER_RECORD);
    }

    private void perform(List<R> requests) {
        for (R request : requests) {
            boundaries.pass(Point.BEFORE_REQUEST);
            network.perform(request);
        }
        boundaries.pass(Point.AFTER_REQUEST);
    }

    // The ledger

    @Override
    public void behind(boolean behind) {
        driver.handle(new Event.LedgerBehind(behind));
    }

    @Override
    public void durable(List<Notice> notices) {
        boundaries.pass(Point.DURABLE);
    }

    // Time

    @Override
    public long nanos() {
        return world.now();
    }

    @Override
    public Instant host() {
        return world.instant().plus(HOST_AHEAD).plus(clock);
    }

    @Override
    public void at(long nanos, Runnable work) {
        world.at(nanos, () -> run(work));
    }

    @Override
    public void soon(Runnable work) {
        world.at(world.now(), () -> run(work));
    }

    // The world beside ledger and exchange

    @Override
    public void admitIntents() {
        admitted = true;
    }

    /** The bus, the host's clock and the lines, perhaps. */
    void disturb() {
        network.disturb();
        if (weather.strikes(Fault.BUS_DOWN)) {
            busDownUntil = world.now() + TimeUnit.MILLISECONDS.toNanos(weather.between(300, 9_000));
        }
        if (weather.strikes(Fault.BUS_READ_ONLY)) {
            busReadOnlyUntil = world.now() + TimeUnit.MILLISECONDS.toNanos(weather.between(300, 9_000));
        }
        if (weather.strikes(Fault.BUS_FORGETS)) {
            bus.forgetLastSecond(world.now());
            reconnect();
        }
        if (weather.strikes(Fault.BUS_FLUSHED)) {
            bus.flush();
            reconnect();
        }
        if (weather.strikes(Fault.CLOCK_STEP)) {
            clock = Duration.ofMillis(weather.between(-6_000, 6_000));
        }
    }

    /** Whoever comes back to the bus begins with what it owes. */
    private void reconnect() {
        again.clear();
        again.addAll(bus.pending());
    }

    private boolean isBusDown() {
        return !weather.isFair() && world.now() < busDownUntil;
    }

    private boolean isBusReadOnly() {
        return isBusDown() || (!weather.isFair() && world.now() < busReadOnlyUntil);
    }

    /** Reads on; a message may be handed out twice. */
    void pump() {
        if (!alive || !admitted || world.now() < stalledUntil || isBusDown()) {
            return;
        }
        owe();
        List<Bus.Message> batch = new ArrayList<>();
        for (Bus.Message message : again) {
            batch.add(weather.strikes(Fault.TRIMMED) ? bus.trim(message) : message);
        }
        again.clear();
        batch.removeIf(_ -> !mutant.handsOut(false));
        while (bus.hasMore() && mutant.handsOut(true)) {
            Bus.Message message = bus.next(world.now());
            batch.add(message);
            if (weather.strikes(Fault.REDELIVERY)) {
                batch.add(message);
            }
        }
        batch.forEach(message -> run(() -> deliver(message)));
    }

    /** What could not be acknowledged is, as soon as the bus takes it. */
    private void owe() {
        if (!isBusReadOnly()) {
            List<String> owed = List.copyOf(owedToBus);
            owedToBus.clear();
            owed.forEach(id -> run(() -> acknowledge(id)));
        }
    }

    private void deliver(Bus.Message message) {
        if (mutant.acknowledgesFirst()) {
            bus.acknowledge(message.id(), world.now());
        }
        boundaries.pass(Point.MESSAGE_READ);
        if (mutant.swallows(Long.parseLong(message.id().replace("-0", "")))) {
            acknowledge(message.id());
            return;
        }
        Map<String, String> fields = mutant.read(message.fields());
        var reading = IntentCodec.read(fields);
        String id = String.valueOf(fields.get("intent_id"));
        driver.handle(
                new Event.IntentArrived(message.id(), fields, reading, ledger.intent(id), bus.delivered(message)));
        boundaries.pass(Point.MESSAGE_DECIDED);
    }

    @Override
    public void acknowledge(String messageId) {
        boundaries.pass(Point.BEFORE_ACKNOWLEDGEMENT);
        if (!mutant.acknowledges()) {
            return;
        }
        if (isBusReadOnly() || weather.strikes(Fault.ACK_LOST)) {
            owedToBus.add(messageId);
        } else {
            bus.all().stream()
                    .filter(message -> message.id().equals(messageId))
                    .findFirst()
                    .map(message -> bus.asAdded(message.id()))
                    .ifPresent(watch::acknowledged);
            bus.acknowledge(messageId, world.now());
        }
    }

    @Override
    public void giveUp(Effect.GiveUp why) {
        world.note(why.cause());
        throw new Crash();
    }

    @Override
    public void failed(RuntimeException cause) {
        watch.failed(cause);
    }

    @Override
    public void observe(List<Effect> effects) {
        effects.forEach(effect -> world.note(effect.getClass().getSimpleName()));
    }

    @Override
    public void credit() {}

    @Override
    public void mirror(Effect.Mirror mirror) {}

    @Override
    public void log(Effect.Log line) {}

    @Override
    public void view(DeskView view, Load load) {}
}
