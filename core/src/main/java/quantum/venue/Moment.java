package quantum.venue;

import java.time.Duration;
import java.time.Instant;

/**
 * One instant on both clocks: a monotonic one for deadlines, in nanoseconds from an arbitrary start, and our best
 * estimate of the exchange's clock for ages and for what must outlive the process.
 */
public record Moment(long nanos, Instant exchange) {

    public Moment plus(Duration duration) {
        return new Moment(nanos + duration.toNanos(), exchange.plus(duration));
    }

    /** Monotonic time passed since an earlier reading of the same clock. */
    public Duration since(long earlierNanos) {
        return Duration.ofNanos(nanos - earlierNanos);
    }
}
