package quantum.trader.redis;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits between attempts to reach Redis: 100 ms, doubled up to 2 s. One thread uses it. */
public final class Backoff {

    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LAST = Duration.ofSeconds(2);

    private Duration next = FIRST;

    public void reset() {
        next = FIRST;
    }

    /** Returns early once {@code stopping}, provided the thread is unparked. */
    public void await(BooleanSupplier stopping) {
        long until = System.nanoTime() + next.toNanos();
        for (long left = next.toNanos(); left > 0 && !stopping.getAsBoolean(); left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        Duration doubled = next.multipliedBy(2);
        next = doubled.compareTo(LAST) < 0 ? doubled : LAST;
    }
}
