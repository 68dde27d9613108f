package quantum.protection;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.venue.ConditionalUpdate;

/**
 * One resting order of a position: its stop, its target, or the bridge over which the stop moves. {@code attempt} numbers
 * the orders placed for it in this life; {@code sinceNanos} is when it came into its state. {@code trigger} is the level
 * that is wanted, {@code placed} the one that the present order has; null where that is not known. {@code size} is what the
 * present order closes; null for the whole position, whatever its size.
 */
public record ProtectiveOrder(
        State state,
        int attempt,
        @Nullable ClientOrderId id,
        Price trigger,
        @Nullable Price placed,
        @Nullable Quantity size,
        @Nullable String conditionalId,
        long sinceNanos) {

    /** Where it stands. Only RESTING protects. */
    public enum State {
        /** Nothing is on the exchange; another one may be placed. */
        GONE,
        /** Handed to the network; no answer yet. */
        PLACING,
        /** The answer was lost, or it is not in the exchange's list; it is asked about. */
        UNKNOWN,
        /** Seen live. */
        RESTING,
        /** Triggered; the exchange is executing it. */
        FIRING,
        /** Being taken off, to be placed again elsewhere or because the position is gone. */
        CANCELLING
    }

    public static ProtectiveOrder none(Price trigger, long nanos) {
        return new ProtectiveOrder(State.GONE, 0, null, trigger, null, null, null, nanos);
    }

    /** One of an earlier life of the process: whether it is live, and at which level, is to be seen. */
    public static ProtectiveOrder remembered(ClientOrderId id, int attempt, Price trigger, long nanos) {
        return attempt == 0
                ? none(trigger, nanos)
                : new ProtectiveOrder(State.UNKNOWN, attempt, id, trigger, null, null, null, nanos);
    }

    public ProtectiveOrder placing(ClientOrderId newId, int newAttempt, @Nullable Quantity newSize, long nanos) {
        return new ProtectiveOrder(State.PLACING, newAttempt, newId, trigger, trigger, newSize, null, nanos);
    }

    public ProtectiveOrder to(State next, long nanos) {
        return next == state
                ? this
                : new ProtectiveOrder(next, attempt, id, trigger, placed, size, conditionalId, nanos);
    }

    /** Seen live; where its size was not told it is the one it was placed with. */
    public ProtectiveOrder resting(ConditionalUpdate seen, long nanos) {
        ConditionalUpdate.Shape shape = seen.shape();
        Quantity told = shape == null ? size : shape.quantity();
        return new ProtectiveOrder(
                State.RESTING, attempt, id, trigger, seen.trigger(), told, seen.conditionalId(), nanos);
    }

    /** Another order of ours for the same level stands for it; whether it is live is to be seen. */
    public ProtectiveOrder heldBy(ClientOrderId other, long nanos) {
        return new ProtectiveOrder(State.UNKNOWN, attempt, other, trigger, null, null, null, nanos);
    }

    public ProtectiveOrder movedTo(Price newTrigger) {
        return new ProtectiveOrder(state, attempt, id, newTrigger, placed, size, conditionalId, sinceNanos);
    }

    /** Seen live on the exchange, though perhaps at an older level. */
    public boolean isLive() {
        return state == State.RESTING;
    }

    /** True for one that closes what this quantity is of, and no more or less. */
    public boolean isOf(BigDecimal quantity) {
        return size != null && size.value().compareTo(quantity) == 0;
    }

    /** Live at the level that is wanted. */
    public boolean isInPlace() {
        return isLive() && trigger.equals(placed);
    }

    public boolean is(ClientOrderId other) {
        return other.equals(id);
    }
}
