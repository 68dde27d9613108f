package quantum.trader.loop;

import java.util.Comparator;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Wake-ups by monotonic time, first come first served at equal times. Used by one thread. */
final class Timers {

    private record Entry(long atNanos, long order, Runnable action) {}

    private final PriorityQueue<Entry> entries = new PriorityQueue<>(
            // Differences, not values: monotonic time may wrap.
            Comparator.<Entry>comparingLong(e -> e.atNanos() - ORIGIN).thenComparingLong(Entry::order));
    private static final long ORIGIN = System.nanoTime();
    private static final long NEVER = Long.MAX_VALUE / 2;
    private long count;

    void at(long nanos, Runnable action) {
        entries.add(new Entry(nanos, count++, action));
    }

    /** When the next one is due; far away if there is none. */
    long nextNanos() {
        Entry next = entries.peek();
        return next == null ? ORIGIN + NEVER : next.atNanos();
    }

    @Nullable
    Runnable due(long nowNanos) {
        Entry next = entries.peek();
        if (next == null || next.atNanos() - nowNanos > 0) {
            return null;
        }
        entries.poll();
        return next.action();
    }
}
