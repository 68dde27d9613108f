package quantum.trader.doctor;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceConnection;
import quantum.binance.BinanceInput;
import quantum.binance.BinanceRequest;
import quantum.binance.BinanceSession;
import quantum.binance.BinanceSettings;
import quantum.binance.BinanceSettings.OrderEntry;
import quantum.venue.Moment;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;

/**
 * One start of the service's own session, by which no order leaves: what it is told until it is ready is what the
 * service would be told, so that the doctor cannot think other than the service.
 */
final class SessionProbe {

    private final BinanceSession session;
    private final BlockingQueue<Function<Moment, Output<BinanceRequest>>> queue = new LinkedBlockingQueue<>();
    private final List<VenueEvent> events = new ArrayList<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("doctor-timers").daemon().factory());

    private SessionProbe(BinanceSettings settings) {
        session = new BinanceSession(settings);
    }

    /** Everything told until it was ready, could not be used, or the patience ended. */
    static List<VenueEvent> of(BinanceSettings settings, Duration patience) throws InterruptedException {
        boolean socket = settings.orderEntry() == OrderEntry.WEBSOCKET;
        BinanceSettings harmless = socket ? settings : settings.withOrderEntry(OrderEntry.NONE);
        SessionProbe probe = new SessionProbe(harmless);
        try (BinanceConnection connection = new BinanceConnection(harmless, probe::take, probe::wake)) {
            probe.run(connection, patience);
        } finally {
            probe.timers.shutdownNow();
        }
        return probe.events;
    }

    private void take(BinanceInput input) {
        queue.add(now -> session.input(input, now));
    }

    private void wake(long atNanos, BinanceInput input) {
        var _ = timers.schedule(() -> take(input), atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void run(BinanceConnection connection, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        Function<Moment, Output<BinanceRequest>> turn = session::start;
        while (turn != null && !isOver()) {
            Output<BinanceRequest> output = turn.apply(now());
            events.addAll(output.events());
            connection.perform(output.requests());
            turn = isOver() ? null : next(until);
        }
    }

    private @Nullable Function<Moment, Output<BinanceRequest>> next(long until) throws InterruptedException {
        return queue.poll(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
    }

    private Moment now() {
        long nanos = System.nanoTime();
        Instant exchange = session.exchangeTime(nanos);
        return new Moment(nanos, exchange == null ? Instant.now() : exchange);
    }

    private boolean isOver() {
        return events.stream().anyMatch(e -> e instanceof VenueEvent.Ready || e instanceof VenueEvent.Unusable);
    }
}
