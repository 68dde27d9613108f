package quantum.book;

import org.jspecify.annotations.Nullable;
import quantum.intent.Closed.Reason;

/** When the next close of one position may leave, and how often it was refused; of this process alone. */
public final class Closes {

    private @Nullable Long dueNanos;
    private @Nullable Reason wanted;
    private int refused;
    private boolean isUnexplained;

    /** One failed; the next one, for the same reason, waits until then, whatever prices say meanwhile. */
    public void dueAt(long nanos, Reason reason) {
        dueNanos = nanos;
        wanted = reason;
    }

    /** Why the next one leaves; null where none is due. */
    @Nullable
    public Reason wanted() {
        return wanted;
    }

    public boolean isDue(long nanos) {
        return dueNanos == null || nanos - dueNanos >= 0;
    }

    /** How often in a row one was refused because nothing is left to reduce. */
    public int refused() {
        return refused;
    }

    public int countRefused() {
        isUnexplained = true;
        return ++refused;
    }

    /** True until what stands in their way was looked for. */
    public boolean isUnexplained() {
        return isUnexplained;
    }

    public void explain() {
        isUnexplained = false;
    }

    public void taken() {
        refused = 0;
    }
}
