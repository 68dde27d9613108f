package quantum.binance;

import java.time.Instant;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import quantum.venue.Call;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;

/** The smallest loop around a session and its connection: what the trader does, without the trader. */
final class SessionLoop implements AutoCloseable {

    private final BinanceSession session;
    private final BinanceConnection connection;
    private final BlockingQueue<Function<Moment, Output<BinanceRequest>>> queue = new LinkedBlockingQueue<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor();
    private final List<VenueEvent> events = new CopyOnWriteArrayList<>();
    private final Thread thread = Thread.ofPlatform().name("session").start(this::run);

    SessionLoop(BinanceSettings settings) {
        session = new BinanceSession(settings);
        connection = new BinanceConnection(settings, this::take, this::wake);
        queue.add(session::start);
    }

    void call(Call call) {
        queue.add(now -> session.call(call, now));
    }

    /** All events of a kind so far. */
    <E extends VenueEvent> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private void take(BinanceInput input) {
        queue.add(now -> session.input(input, now));
    }

    private void wake(long atNanos, BinanceInput input) {
        ScheduledFuture<?> _ = timers.schedule(() -> take(input), atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void run() {
        try {
            while (true) {
                Function<Moment, Output<BinanceRequest>> turn = queue.take();
                long nanos = System.nanoTime();
                Instant exchange = session.exchangeTime(nanos);
                Output<BinanceRequest> output =
                        turn.apply(new Moment(nanos, exchange == null ? Instant.now() : exchange));
                connection.perform(output.requests());
                events.addAll(output.events());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        timers.shutdownNow();
        connection.close();
    }
}
