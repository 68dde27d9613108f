package quantum.bench;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The clock that the simulator stamps with, so that its times and ours can be subtracted. */
final class Clock {

    private Clock() {}

    static long epochNanos() {
        Instant now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    /** The smallest step between two readings, in nanoseconds. */
    static long resolution() {
        long smallest = Long.MAX_VALUE;
        for (int i = 0; i < 10_000; i++) {
            long first = epochNanos();
            long next = epochNanos();
            while (next == first) {
                next = epochNanos();
            }
            smallest = Math.min(smallest, next - first);
        }
        return smallest;
    }
}
