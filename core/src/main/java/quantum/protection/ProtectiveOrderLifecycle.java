package quantum.protection;

import java.time.Duration;
import quantum.protection.ProtectiveOrder.State;
import quantum.protection.ProtectiveOrderEvent.Cancelled;
import quantum.protection.ProtectiveOrderEvent.Due;
import quantum.protection.ProtectiveOrderEvent.NoAnswer;
import quantum.protection.ProtectiveOrderEvent.NotFound;
import quantum.protection.ProtectiveOrderEvent.NotSent;
import quantum.protection.ProtectiveOrderEvent.Over;
import quantum.protection.ProtectiveOrderEvent.Refused;
import quantum.protection.ProtectiveOrderEvent.Shown;
import quantum.protection.ProtectiveOrderEvent.Triggered;
import quantum.protection.ProtectiveOrderEvent.Unlisted;

/**
 * The whole life of a stop, a target or a bridge on one screen: the state after an event, and what it asks for. A dot
 * stays and asks for nothing; a star waits until the state is old enough ({@link Patience}). One lookup, one list or one
 * lost answer is a doubt and ends no order: only the exchange's word about the order does, or an absence that lasts.
 *
 * <pre>
 *           GONE          PLACING         UNKNOWN       RESTING        FIRING         CANCELLING
 * Shown     .             RESTING LIVE    RESTING LIVE  .              .              .
 * Triggered FIRING FIRED  FIRING FIRED    FIRING FIRED  FIRING FIRED   FIRING FIRED   FIRING FIRED
 * Over      GONE LOST     GONE LOST       GONE LOST     GONE LOST      GONE LOST      GONE REMOVED
 * Refused   GONE REFUSED  GONE REFUSED    GONE REFUSED  GONE REFUSED   GONE REFUSED   GONE REFUSED
 * NotSent   GONE NOT_SENT GONE NOT_SENT   GONE NOT_SENT GONE NOT_SENT  GONE NOT_SENT  GONE NOT_SENT
 * NoAnswer  .             UNKNOWN DOUBTED .             .              .              .
 * NotFound  .             .               GONE ABSENT*  .              .              GONE ABSENT*
 * Cancelled .             .               .             .              .              GONE REMOVED
 * Unlisted  .             .               GONE ABSENT*  UNKNOWN MISSED .              .
 * Due       GONE PLACE    .               UNKNOWN ASK*  RESTING FIT    UNKNOWN STUCK* CANCELLING CANCEL
 * </pre>
 */
public final class ProtectiveOrderLifecycle {

    /** What the new state asks for. */
    public enum Move {
        /** Nothing. */
        KEEP,
        /** It came to rest: it protects. */
        LIVE,
        /** The exchange executes it; its end is told. */
        FIRED,
        /** The exchange ended it, and not by our word. */
        LOST,
        /** It is cancelled, as we asked. */
        REMOVED,
        /** The exchange did not take it. */
        REFUSED,
        /** It did not leave us. */
        NOT_SENT,
        /** Whether the exchange took it is not known: ask soon. */
        DOUBTED,
        /** A list lacks what was live: ask. */
        MISSED,
        /** Nobody knows it any more. */
        ABSENT,
        /** Ask the exchange for it by its id. */
        ASK,
        /** Cancel it again. */
        CANCEL,
        /** It fired and does not come to its end: close by order, and ask for it. */
        STUCK,
        /** There is none: place one, if one is wanted. */
        PLACE,
        /** It rests: see whether it still fits. */
        FIT
    }

    /** The order after an event, and what that asks for. */
    public record Step(ProtectiveOrder order, Move move) {}

    /** For how long a state is left alone before its timer or an absence counts. */
    public record Patience(Duration ask, Duration notFound, Duration unlisted, Duration firing) {

        private static final Duration ASK = Duration.ofMillis(300);
        private static final Duration NOT_FOUND = Duration.ofSeconds(3);

        public Patience(Duration unlisted, Duration firing) {
            this(ASK, NOT_FOUND, unlisted, firing);
        }
    }

    private ProtectiveOrderLifecycle() {}

    public static Step next(ProtectiveOrder order, ProtectiveOrderEvent event, Patience patience, long nanos) {
        State state = order.state();
        long age = nanos - order.sinceNanos();
        return switch (event) {
            case Shown shown ->
                state == State.PLACING || state == State.UNKNOWN
                        ? new Step(order.resting(shown.update(), nanos), Move.LIVE)
                        : keep(order);
            case Triggered _ -> new Step(order.to(State.FIRING, nanos), Move.FIRED);
            case Over _ -> gone(order, state == State.CANCELLING ? Move.REMOVED : Move.LOST, nanos);
            case Refused _ -> gone(order, Move.REFUSED, nanos);
            case NotSent _ -> gone(order, Move.NOT_SENT, nanos);
            case NoAnswer _ ->
                state == State.PLACING ? new Step(order.to(State.UNKNOWN, nanos), Move.DOUBTED) : keep(order);
            case NotFound _ ->
                (state == State.UNKNOWN || state == State.CANCELLING) && isOver(patience.notFound(), age)
                        ? gone(order, Move.ABSENT, nanos)
                        : keep(order);
            case Cancelled _ -> state == State.CANCELLING ? gone(order, Move.REMOVED, nanos) : keep(order);
            case Unlisted(long askedNanos) -> unlisted(order, askedNanos - order.sinceNanos(), patience, nanos);
            case Due _ -> due(order, age, patience, nanos);
        };
    }

    /** What changed here after the question left is newer than the list. */
    private static Step unlisted(ProtectiveOrder order, long age, Patience patience, long nanos) {
        return switch (order.state()) {
            case RESTING -> age >= 0 ? new Step(order.to(State.UNKNOWN, nanos), Move.MISSED) : keep(order);
            case UNKNOWN -> age > patience.unlisted().toNanos() ? gone(order, Move.ABSENT, nanos) : keep(order);
            case GONE, PLACING, FIRING, CANCELLING -> keep(order);
        };
    }

    private static Step due(ProtectiveOrder order, long age, Patience patience, long nanos) {
        return switch (order.state()) {
            case GONE -> new Step(order, Move.PLACE);
            // One on its way has its answer coming.
            case PLACING -> keep(order);
            case UNKNOWN -> isOver(patience.ask(), age) ? new Step(order, Move.ASK) : keep(order);
            case RESTING -> new Step(order, Move.FIT);
            case FIRING ->
                isOver(patience.firing(), age) ? new Step(order.to(State.UNKNOWN, nanos), Move.STUCK) : keep(order);
            case CANCELLING -> new Step(order, Move.CANCEL);
        };
    }

    private static boolean isOver(Duration patience, long age) {
        return age >= patience.toNanos();
    }

    private static Step keep(ProtectiveOrder order) {
        return new Step(order, Move.KEEP);
    }

    private static Step gone(ProtectiveOrder order, Move move, long nanos) {
        return new Step(order.to(State.GONE, nanos), move);
    }
}
