package quantum.trader.stream;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What another consumer of the group read and acknowledged: it had no ending here, and nothing of it lies pending. Redis
 * counts what the group read; what was not handed over here since, and is not pending with others, is gone.
 */
final class Elsewhere {

    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();

    private final String consumer;
    private @Nullable Long read;
    private long owed;
    private long told;
    private @Nullable Long toldNanos;

    Elsewhere(String consumer) {
        this.consumer = consumer;
    }

    /** A message is in the receiver's hands, the first time. */
    void handed() {
        owed--;
    }

    /** The group was put to another place: it is counted anew from there. */
    void moved() {
        read = null;
    }

    /** The count of Redis was corrected by so many that were cut off. */
    void corrected(long by) {
        if (read != null) {
            read += by;
        }
    }

    /** The group as it stands, what is pending of each consumer, and how many are in hand. */
    void look(Standing standing, Map<String, Long> pending, int inHand, IntentReceiver receiver) {
        long now = standing.everRead();
        long waiting = waiting(pending, inHand);
        Long before = read;
        if (now < 0) {
            read = null;
            return;
        }
        read = now;
        if (before == null || now < before) {
            owed = waiting;
            told = 0;
            return;
        }
        owed += now - before;
        long gone = Math.max(0, owed - waiting);
        long nanos = System.nanoTime();
        if (gone < told) {
            told = gone;
        } else if (gone > told && (toldNanos == null || nanos - toldNanos >= AGAIN_NANOS)) {
            receiver.taken(gone - told);
            told = gone;
            toldNanos = nanos;
        }
    }

    /** Read and still pending, and not in hand: it is claimed after a while. */
    private long waiting(Map<String, Long> pending, int inHand) {
        long all = pending.values().stream().mapToLong(Long::longValue).sum();
        long own = pending.getOrDefault(consumer, 0L);
        return all - own + Math.max(0, own - inHand);
    }
}
