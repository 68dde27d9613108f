package quantum.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceSession;
import quantum.binance.BinanceSettings;
import quantum.binance.Spent;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.desk.Effect;
import quantum.desk.Event;
import quantum.desk.Notice;
import quantum.desk.Rules;
import quantum.simulation.Weather.Fault;
import quantum.simulator.binance.BinanceFace;
import quantum.trader.ledger.Batch;
import quantum.trader.loop.Driver;
import quantum.trader.loop.Surroundings;
import quantum.trader.loop.Time;
import quantum.trader.stream.IntentCodec;

/** One life of the process: the shipped driver, desk and session; it may end at any boundary to the world. */
final class Service implements Surroundings, Time, MemoryLedger.Owner {

    private static final Duration HOST_AHEAD = Duration.ofMillis(1700);

    private final World world;
    private final Weather weather;
    private final MemoryLedger ledger;
    private final Bus bus;
    private final Mutant mutant;
    private final Network network;
    private final Driver driver;
    private final Runnable died;
    private final List<RuntimeException> failures;
    private final Deque<Bus.Message> again = new ArrayDeque<>();
    private boolean alive = true;
    private boolean admitted;
    private long stalledUntil;
    private @Nullable String gaveUp;

    /** What every life of the process meets. */
    record Surface(
            World world,
            Weather weather,
            BinanceFace face,
            MemoryLedger ledger,
            Bus bus,
            Mutant mutant,
            Consumer<String> witness,
            List<RuntimeException> failures) {}

    Service(Surface surface, BinanceSettings settings, Rules rules, Runnable died) {
        this.world = surface.world();
        this.weather = surface.weather();
        this.ledger = surface.ledger();
        this.bus = surface.bus();
        this.mutant = surface.mutant();
        this.failures = surface.failures();
        this.died = died;
        network = new Network(
                world,
                weather,
                surface.face(),
                surface.mutant(),
                surface.witness(),
                input -> run(() -> driver().received(input)));
        driver = new Driver(new Desk(rules), new BinanceSession(settings), this::append, this::perform, this, this);
        ledger.openedBy(this);
    }

    private Driver driver() {
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
        if (world.now() < stalledUntil) {
            world.at(stalledUntil, () -> run(work));
            return;
        }
        try {
            work.run();
        } catch (Crash crash) {
            die();
        } catch (RuntimeException unforeseen) {
            failures.add(unforeseen);
            world.note(String.valueOf(unforeseen));
        }
    }

    private void boundary() {
        if (weather.strikes(Fault.CRASH)) {
            throw new Crash();
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

    /** The process is stopped for a while, as by SIGSTOP or a long collection. */
    void stall(long millis) {
        stalledUntil = world.now() + TimeUnit.MILLISECONDS.toNanos(millis);
    }

    void disturb() {
        network.disturb();
    }

    boolean isAlive() {
        return alive;
    }

    @Nullable
    String gaveUp() {
        return gaveUp;
    }

    DeskView view() {
        return driver.view();
    }

    void command(Event.Command command) {
        run(() -> driver.handle(new Event.Commanded(command)));
    }

    private void append(Batch batch) {
        boundary();
        ledger.append(batch);
        boundary();
    }

    private void perform(List<BinanceRequest> requests) {
        for (BinanceRequest request : requests) {
            boundary();
            network.perform(request);
        }
        boundary();
    }

    // The ledger

    @Override
    public void behind(boolean behind) {
        driver.handle(new Event.LedgerBehind(behind));
    }

    @Override
    public void durable(List<Notice> notices) {
        boundary();
    }

    // Time

    @Override
    public long nanos() {
        return world.now();
    }

    @Override
    public Instant host() {
        return world.instant().plus(HOST_AHEAD);
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

    /** Reads on; a message may be handed out twice. */
    void pump() {
        if (!alive || !admitted || world.now() < stalledUntil) {
            return;
        }
        List<Bus.Message> batch = new ArrayList<>(again);
        again.clear();
        while (bus.hasMore()) {
            Bus.Message message = bus.next();
            batch.add(message);
            if (weather.strikes(Fault.REDELIVERY)) {
                batch.add(message);
            }
        }
        batch.forEach(message -> run(() -> deliver(message)));
    }

    private void deliver(Bus.Message message) {
        if (mutant == Mutant.ACKNOWLEDGES_FIRST) {
            bus.acknowledge(message.id());
        }
        boundary();
        var reading = IntentCodec.read(message.fields());
        String id = String.valueOf(message.fields().get("intent_id"));
        driver.handle(new Event.IntentArrived(
                message.id(), message.fields(), reading, ledger.intent(id), bus.delivered(message)));
        boundary();
    }

    @Override
    public void acknowledge(String messageId) {
        boundary();
        if (!weather.strikes(Fault.ACK_LOST)) {
            bus.acknowledge(messageId);
        }
    }

    @Override
    public void giveUp(Effect.GiveUp why) {
        gaveUp = why.cause();
        world.note(why.cause());
        throw new Crash();
    }

    @Override
    public void failed(RuntimeException cause) {
        failures.add(cause);
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
    public void view(DeskView view, Spent spent) {}
}
