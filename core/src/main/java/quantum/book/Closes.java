package quantum.book;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed.Reason;
import quantum.venue.Call;

/**
 * When the next close of one position may leave, how often it was refused, and those that wait until what they sell is
 * free; of this process alone. A restart tries at once.
 */
public final class Closes {

    /** By monotonic time; null where none has failed. */
    private @Nullable Long dueNanos;

    private @Nullable Reason wanted;
    private final List<Call.Close> held = new ArrayList<>();
    private int refused;
    /** Set by each refusal for want of something to reduce. */
    private boolean isUnexplained;

    /**
     * One failed; the next one, for the same reason, waits until then, whatever prices say meanwhile. The exchange
     * would otherwise be asked with every price (INC-I37).
     */
    public void dueAt(long nanos, Reason reason) {
        dueNanos = nanos;
        wanted = reason;
    }

    /** Why the next one leaves; null where none is due. */
    @Nullable
    public Reason wanted() {
        return wanted;
    }

    /**
     * Whether the watch, the clock or an operator may send one now. What an intent asks for does not wait for it
     * (law 5).
     */
    public boolean isDue(long nanos) {
        return dueNanos == null || nanos - dueNanos >= 0;
    }

    /** It is decided and recorded, and leaves once what it sells is free ({@link quantum.market.ProtectionForm#PAIR}). */
    public void hold(Call.Close close) {
        held.add(close);
    }

    public boolean areHeld() {
        return !held.isEmpty();
    }

    /** What waited may leave now, in the order in which it was decided; nothing waits any more. */
    public List<Call.Close> free() {
        List<Call.Close> all = List.copyOf(held);
        held.clear();
        return all;
    }

    /** How often in a row one was refused because nothing is left to reduce. */
    public int refused() {
        return refused;
    }

    /** The pause before the next one grows with it, so that the weight of others is left (X-F3). */
    public int countRefused() {
        isUnexplained = true;
        return ++refused;
    }

    /** True until what stands in their way was looked for. */
    public boolean isUnexplained() {
        return isUnexplained;
    }

    /** The orders on the book are asked for: not again before the next refusal. */
    public void explain() {
        isUnexplained = false;
    }

    /** Something was executed: nothing stands in the way any more. */
    public void taken() {
        refused = 0;
    }
}
