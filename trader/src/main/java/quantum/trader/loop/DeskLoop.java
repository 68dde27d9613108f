package quantum.trader.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import quantum.decision.Event;
import quantum.desk.Desk;
import quantum.desk.DeskView;
import quantum.record.Snapshot;
import quantum.trader.ledger.Ledger;
import quantum.venue.Session;

/**
 * The desk's thread. See the package for what it is for; every method that others call only queues.
 *
 * @param <I> what comes in from the exchange
 * @param <R> what leaves for it
 */
public final class DeskLoop<I, R> {

    private static final Duration VIEW_EVERY = Duration.ofMillis(200);
    /** The thread moves at least at every view; beyond this it was stopped, and what it knows is old (reliability F4). */
    private static final Duration STALL_LIMIT = Duration.ofSeconds(5);

    private final Desk desk;
    private final Session<I, R> session;
    private final LoopOutputs outputs;
    private final Inbox inbox = new Inbox();
    private final Timers timers = new Timers();
    private final Thread thread;
    private final Driver<I, R> driver;
    private volatile Consumer<List<R>> network = _ -> {};
    private volatile boolean running = true;
    private volatile long lastTurnNanos = System.nanoTime();

    public DeskLoop(Desk desk, Session<I, R> session, Ledger ledger, LoopOutputs outputs) {
        this.desk = desk;
        this.session = session;
        this.outputs = outputs;
        this.driver = new Driver<>(
                desk, session, ledger::append, requests -> network.accept(requests), outputs, new Clocks());
        this.thread = Thread.ofPlatform().name("desk").unstarted(this::run);
    }

    /** Restores the desk, starts the session and the thread. */
    public void start(Snapshot snapshot, Consumer<List<R>> requests) {
        network = requests;
        inbox.put(Lane.REPLIES, () -> {
            driver.start(snapshot);
            refreshView();
        });
        lastTurnNanos = System.nanoTime();
        thread.start();
    }

    /** Something came from the exchange. */
    public void received(I input) {
        inbox.put(Lane.of(session.urgency(input)), () -> driver.received(input));
    }

    /** The session wants to be given this at that time; on the desk's thread. */
    public void at(long nanos, I input) {
        timers.at(nanos, () -> driver.received(input));
    }

    /** A message was read. */
    public void arrived(Event.IntentArrived intent) {
        inbox.put(Lane.INTENTS, () -> {
            driver.handle(intent);
            outputs.credit();
        });
    }

    /** Anything else that happened. */
    public void tell(Event event) {
        inbox.put(Lane.REPLIES, () -> driver.handle(event));
    }

    /** A person orders something; the picture is the one right after it. */
    public CompletableFuture<DeskView> order(Event.Command command) {
        CompletableFuture<DeskView> answer = new CompletableFuture<>();
        inbox.put(Lane.REPLIES, () -> {
            driver.handle(new Event.Commanded(command));
            answer.complete(driver.view());
        });
        return answer;
    }

    /** Asks the desk something on its own thread. */
    public <T> CompletableFuture<T> ask(java.util.function.Function<Desk, T> question) {
        CompletableFuture<T> answer = new CompletableFuture<>();
        inbox.put(Lane.REPLIES, () -> answer.complete(question.apply(desk)));
        return answer;
    }

    /** Monotonic time since the thread last did anything; it does something at least every view interval. */
    public Duration idleFor() {
        return Duration.ofNanos(System.nanoTime() - lastTurnNanos);
    }

    /** Ends the thread after what is queued before; the session's sockets are the caller's. */
    public void stop() {
        inbox.put(Lane.REPLIES, () -> running = false);
        try {
            thread.join(Duration.ofSeconds(5).toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (running) {
            try {
                Runnable input = inbox.take(timers.nextNanos());
                Runnable next = input == null ? timers.due(System.nanoTime()) : input;
                if (next != null) {
                    turn(next);
                }
            } catch (InterruptedException e) {
                // Nobody may; a desk that ended for it would leave a process that looks alive.
                throw new IllegalStateException("the desk's thread was interrupted", e);
            }
        }
    }

    private void turn(Runnable input) {
        Duration gap = idleFor();
        lastTurnNanos = System.nanoTime();
        try {
            if (gap.compareTo(STALL_LIMIT) > 0) {
                driver.handle(new Event.Stalled(gap));
            }
            input.run();
        } catch (RuntimeException unforeseen) {
            outputs.failed(unforeseen);
        }
    }

    private void refreshView() {
        outputs.view(driver.view(), session.load());
        timers.at(System.nanoTime() + VIEW_EVERY.toNanos(), this::refreshView);
    }

    /** The machine's clocks, and this thread. */
    private final class Clocks implements Time {
        @Override
        public long nanos() {
            return System.nanoTime();
        }

        @Override
        public Instant host() {
            return Instant.now();
        }

        @Override
        public void at(long nanos, Runnable work) {
            timers.at(nanos, work);
        }

        @Override
        public void soon(Runnable work) {
            inbox.put(Lane.REPLIES, work);
        }
    }
}
