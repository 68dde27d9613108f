package quantum.protection;

import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.order.ClientOrderId;

/**
 * One resting order of a position, stop or target. {@code attempt} numbers the orders placed for it in this life;
 * {@code sinceNanos} is when it came into its state.
 */
public record Leg(
        State state,
        int attempt,
        @Nullable ClientOrderId id,
        Price trigger,
        @Nullable String conditionalId,
        long sinceNanos) {

    /** Where a leg stands. Only RESTING protects. */
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

    public static Leg none(Price trigger, long nanos) {
        return new Leg(State.GONE, 0, null, trigger, null, nanos);
    }

    public Leg placing(ClientOrderId newId, int newAttempt, long nanos) {
        return new Leg(State.PLACING, newAttempt, newId, trigger, null, nanos);
    }

    public Leg to(State next, long nanos) {
        return next == state ? this : new Leg(next, attempt, id, trigger, conditionalId, nanos);
    }

    public Leg resting(String newConditionalId, long nanos) {
        return new Leg(State.RESTING, attempt, id, trigger, newConditionalId, nanos);
    }

    /** Another order of ours for the same level stands for it; whether it is live is to be seen. */
    public Leg heldBy(ClientOrderId other, long nanos) {
        return new Leg(State.UNKNOWN, attempt, other, trigger, null, nanos);
    }

    public Leg movedTo(Price newTrigger) {
        return new Leg(state, attempt, id, newTrigger, conditionalId, sinceNanos);
    }

    /** Seen live on the exchange. */
    public boolean isLive() {
        return state == State.RESTING;
    }

    public boolean is(ClientOrderId other) {
        return other.equals(id);
    }
}
