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
import quantum.venue.Exchange;
import quantum.venue.Moment;
import quantum.venue.Session;
import quantum.venue.Session.Output;
import quantum.venue.VenueEvent;

/**
 * One start of the service's own session, by which no order leaves: what it is told until it is ready is what the
 * service would be told, so that the doctor cannot think other than the service.
 */
final class SessionProbe<I, R> {

    private final Session<I, R> session;
    private final BlockingQueue<Function<Moment, Output<R>>> queue = new LinkedBlockingQueue<>();
    private final List<VenueEvent> events = new ArrayList<>();
    private final ScheduledExecutorService timers = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("doctor-timers").daemon().factory());

    private SessionProbe(Session<I, R> session) {
        this.session = session;
    }

    /** Everything told until it was ready, could not be used, or the patience ended. */
    static <I, R> List<VenueEvent> of(Exchange<I, R> exchange, Duration patience) throws InterruptedException {
        SessionProbe<I, R> probe = new SessionProbe<>(exchange.session());
        try (Exchange.Connection<R> connection = exchange.connect(probe::take, probe::wake, (_, _) -> {})) {
            probe.run(connection, patience);
        } finally {
            probe.timers.shutdownNow();
        }
        return probe.events;
    }

    private void take(I input) {
        queue.add(now -> session.input(input, now));
    }

    private void wake(long atNanos, I input) {
        var _ = timers.schedule(() -> take(input), atNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private void run(Exchange.Connection<R> connection, Duration patience) throws InterruptedException {
        long until = System.nanoTime() + patience.toNanos();
        Function<Moment, Output<R>> turn = session::start;
        while (turn != null && !isOver()) {
            Output<R> output = turn.apply(now());
            events.addAll(output.events());
            connection.perform(output.requests());
            turn = isOver() ? null : next(until);
        }
    }

    private @Nullable Function<Moment, Output<R>> next(long until) throws InterruptedException {
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
