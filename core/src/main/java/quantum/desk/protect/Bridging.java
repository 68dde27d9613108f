package quantum.desk.protect;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.protection.ProtectiveOrder;
import quantum.protection.ProtectiveOrderEvent;
import quantum.protection.ProtectiveOrderEvent.NotSent;
import quantum.protection.ProtectiveOrderEvent.Over;
import quantum.protection.ProtectiveOrderEvent.Refused;
import quantum.protection.ProtectiveOrderEvent.Shown;
import quantum.protection.ProtectiveOrderEvent.Unlisted;
import quantum.protection.ProtectiveOrderLifecycle;
import quantum.protection.ProtectiveOrderLifecycle.Step;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/**
 * The bridge over which a stop moves without a gap. The exchange holds one stop a direction that closes the whole
 * position (binance-usdm 4.6, P27), so one by quantity is laid at the new level first, the old one taken off and placed
 * anew, and the bridge lifted. A bridge that a process left behind goes on where it was. A target needs none: while it
 * moves by itself the watch guards its level.
 */
public final class Bridging {

    /** What an event of the bridge means for the stop. */
    enum Next {
        /** Nothing follows for the stop. */
        WAIT,
        /** The bridge is live: the stop may leave its old place. */
        CROSS,
        /** The exchange says that two may not rest: the stop is taken off and placed again, and the gap measured. */
        NO_BRIDGE,
        /** Refused for now, which says nothing of the stop that rests: it stays, and the bridge is tried again. */
        AGAIN,
        /** Refused for good, and the stop that rests stays. */
        REFUSED,
        /** The new level is passed already. */
        PASSED,
        /** It fired and does not come to its end. */
        EXIT
    }

    private final Books books;

    public Bridging(Books books) {
        this.books = books;
    }

    /**
     * Lays a bridge where there is none; true while the stop must wait for it. By quantity, because that alone may rest
     * beside a stop of the whole position (binance-usdm 4.6). It closes what is held now.
     */
    boolean lay(LivePosition position, Decision decision) {
        ProtectiveOrder bridge = position.protection().bridge();
        // One that is on its way, asked about or being lifted is waited for. A live one carries the next move too.
        if (bridge != null) {
            return !bridge.isLive();
        }
        ProtectiveOrder stop = position.orderAt(Level.STOP);
        int attempt = stop.attempt() + 1;
        ClientOrderId id = ClientOrderId.bridge(position.epoch(), attempt);
        long nanos = decision.now().nanos();
        Quantity held = new Quantity(position.quantity());
        set(position, ProtectiveOrder.none(stop.trigger(), nanos).placing(id, attempt, held, nanos), decision);
        decision.ask(new Call.PlaceConditional(
                id, position.symbol(), position.direction(), Level.STOP, stop.trigger(), held));
        return true;
    }

    /**
     * The stop is where it should be, or nothing is held any more. One that is on its way cannot be taken off before
     * its answer, and is lifted then.
     */
    void lift(LivePosition position, Decision decision) {
        ProtectiveOrder bridge = position.protection().bridge();
        if (bridge != null && (bridge.isLive() || bridge.state() == ProtectiveOrder.State.UNKNOWN)) {
            set(
                    position,
                    bridge.to(ProtectiveOrder.State.CANCELLING, decision.now().nanos()),
                    decision);
            cancel(position, bridge, decision);
        }
    }

    private static void cancel(LivePosition position, ProtectiveOrder bridge, Decision decision) {
        if (bridge.id() != null) {
            decision.ask(new Call.CancelConditional(bridge.id(), position.symbol()));
        }
    }

    /**
     * Something happened to the bridge. The life of the bridge is that of every protective order (docs/decisions/0012);
     * the answer is what it means for the stop.
     */
    Next on(LivePosition position, ProtectiveOrder bridge, ProtectiveOrderEvent event, Decision decision) {
        Step step = ProtectiveOrderLifecycle.next(
                bridge, event, books.rules().patience(), decision.now().nanos());
        return switch (step.move()) {
            case KEEP, PLACE -> Next.WAIT;
            case LIVE -> {
                set(position, step.order(), decision);
                // The refusals before it count no more.
                position.protection().bridgeHeld();
                yield Next.CROSS;
            }
            case FIRED, MISSED -> {
                set(position, step.order(), decision);
                yield Next.WAIT;
            }
            case DOUBTED -> {
                set(position, step.order(), decision);
                // Asked about soon; the stop waits at its old place meanwhile.
                decision.wake(
                        Timer.Kind.PROTECTION,
                        position.epoch(),
                        books.rules().patience().ask());
                yield Next.WAIT;
            }
            case LOST, REMOVED -> {
                // The exchange ended it, perhaps because it ended the position.
                if (event instanceof Over) {
                    decision.ask(new Call.ReadPositions());
                }
                yield gone(position, decision);
            }
            case ABSENT -> gone(position, decision);
            case REFUSED, NOT_SENT -> notTaken(position, event, decision);
            case ASK -> {
                if (bridge.id() != null) {
                    decision.ask(new Call.QueryConditional(bridge.id(), position.symbol()));
                }
                yield Next.WAIT;
            }
            case CANCEL -> {
                cancel(position, bridge, decision);
                yield Next.WAIT;
            }
            case FIT -> {
                // It has done its work: the stop rests where it should, or nothing is held.
                if (!position.isOpen() || books.isInPlace(position, Level.STOP)) {
                    lift(position, decision);
                }
                yield Next.WAIT;
            }
            case STUCK -> {
                // Its price was reached, and no execution followed in time.
                set(position, step.order(), decision);
                yield Next.EXIT;
            }
        };
    }

    /**
     * Refused, or not sent. The words are kept for the report of the producer whose move may fail by it. The pause
     * before the next try grows with the failures.
     */
    private Next notTaken(LivePosition position, ProtectiveOrderEvent event, Decision decision) {
        if (event instanceof Refused refused) {
            decision.log(
                    Marker.ORDER_ERROR,
                    "symbol",
                    position.symbol().name(),
                    "level",
                    "bridge",
                    "message",
                    refused.words());
            gone(position, decision);
            position.protection().bridgeFailed(refused.words());
            return afterDenial(refused.cause());
        }
        gone(position, decision);
        position.protection().bridgeFailed(event instanceof NotSent(String cause) ? cause : "");
        return Next.AGAIN;
    }

    /**
     * Only what speaks of the orders that rest allows to let go of one (X-F0). A stop of the whole position has no
     * quantity that a rule could refuse, so that RULES is among these. Whatever else was refused says nothing of the
     * stop.
     */
    private static Next afterDenial(Answer.Cause cause) {
        return switch (cause) {
            case LEVEL_PASSED -> Next.PASSED;
            case ALREADY_RESTING, TOO_MANY_RESTING, RULES -> Next.NO_BRIDGE;
            case RATE, BUSY -> Next.AGAIN;
            case MARGIN, NOTHING_TO_REDUCE, UNKNOWN_ORDER, LEVERAGE, CONFIGURATION, OTHER -> Next.REFUSED;
        };
    }

    /** The list of all resting orders; one list is no proof of an absence (binance-usdm 11, P3). */
    Next listed(LivePosition position, List<ConditionalUpdate> rests, long askedNanos, Decision decision) {
        ProtectiveOrder bridge = position.protection().bridge();
        if (bridge == null) {
            return takeOver(position, rests, askedNanos, decision);
        }
        // What changed here after the question left is newer than the list.
        if (askedNanos - bridge.sinceNanos() < 0) {
            return Next.WAIT;
        }
        for (ConditionalUpdate rest : rests) {
            if (bridge.is(rest.clientId()) && rest.status() == ConditionalUpdate.Status.NEW) {
                return on(position, bridge, new Shown(rest), decision);
            }
        }
        return on(position, bridge, new Unlisted(askedNanos), decision);
    }

    /** A bridge that the last process laid goes on protecting until the stop is where it should be. */
    private Next takeOver(LivePosition position, List<ConditionalUpdate> rests, long askedNanos, Decision decision) {
        // A list that was asked for before the bridge was lifted may still show it.
        if (!position.isOpen() || askedNanos - position.protection().bridgeChangedNanos() < 0) {
            return Next.WAIT;
        }
        long nanos = decision.now().nanos();
        for (ConditionalUpdate rest : rests) {
            if (position.protection().isBridge(rest.clientId()) && rest.status() == ConditionalUpdate.Status.NEW) {
                ProtectiveOrder found =
                        ProtectiveOrder.none(rest.trigger(), nanos).heldBy(rest.clientId(), nanos);
                set(position, found.resting(rest, nanos), decision);
                return Next.CROSS;
            }
        }
        return Next.WAIT;
    }

    /** There is none any more. Where it alone protected, a time without a live stop begins here. */
    private Next gone(LivePosition position, Decision decision) {
        tellGap(position, position.protection().setBridge(null, decision.now().nanos()), decision);
        lookAgain(position, decision);
        return Next.WAIT;
    }

    /** A bridge that comes to rest may end a time without a live stop, so that every change is measured. */
    private void set(LivePosition position, ProtectiveOrder bridge, Decision decision) {
        tellGap(position, position.protection().setBridge(bridge, decision.now().nanos()), decision);
        lookAgain(position, decision);
    }

    /**
     * A time without a live stop is over: it is measured and logged. No such time is left out, however short (law 4).
     */
    static void tellGap(LivePosition position, @Nullable Duration gap, Decision decision) {
        if (gap != null) {
            decision.add(new Effect.MeasuredGap(position.symbol().name(), gap));
            decision.log(
                    Marker.PROTECTED,
                    "symbol",
                    position.symbol().name(),
                    "stop",
                    position.plan().stop().toString(),
                    "gap_ms",
                    Long.toString(gap.toMillis()));
        }
    }

    /** What waits for an answer, a pause or a list comes up again by the timer of its position. */
    private void lookAgain(LivePosition position, Decision decision) {
        decision.wake(
                Timer.Kind.PROTECTION,
                position.epoch(),
                books.rules().guarding().retry());
    }
}
