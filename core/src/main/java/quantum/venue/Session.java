package quantum.venue;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One account's conversation with one exchange, as a pure state machine: it is told calls, replies, frames and time,
 * and returns what must be sent and what the desk should know. One thread drives it; it never blocks, reads no clock
 * and opens no socket. Whoever drives it needs to know nothing else of the exchange.
 *
 * @param <I> what comes in, for example a reply or a frame
 * @param <R> what is to be done, for example an HTTP request, a frame to send, or a wake-up
 */
public interface Session<I, R> {

    /** What came out of one input. */
    record Output<R>(List<R> requests, List<VenueEvent> events) {}

    /** Begin: self test, streams, reads. */
    Output<R> start(Moment now);

    /** The desk asks. */
    Output<R> call(Call call, Moment now);

    /** Something came in from the network, or a timer that the session asked for fired. */
    Output<R> input(I input, Moment now);

    /** How soon an input must be looked at; the same whenever it is asked, and from any thread. */
    Urgency urgency(I input);

    /** The exchange's time at a monotonic instant, for the caller's {@link Moment}s; null until it is known. */
    @Nullable
    Instant exchangeTime(long nanos);

    /** How much of the exchange's limit is used. */
    Load load();
}
