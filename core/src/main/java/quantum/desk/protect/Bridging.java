package quantum.desk.protect;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.decision.Turn;
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
 * The bridge over which a stop moves without a gap. The exchange holds one stop a direction that closes the whole position
 * (binance-usdm 4.6, P27), so one by quantity is laid at the new level first, the old one taken off and placed anew, and
 * the bridge lifted. A bridge that a process left behind goes on where it was.
 */
public final class Bridging {

    /** What an event of the bridge means for the stop. */
    enum Next {
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

    /** Lays a bridge where there is none; true while the stop must wait for it. */
    boolean lay(Life life, Turn turn) {
        ProtectiveOrder bridge = life.protection().bridge();
        if (bridge != null) {
            return !bridge.isLive();
        }
        ProtectiveOrder stop = life.orderAt(Level.STOP);
        int attempt = stop.attempt() + 1;
        ClientOrderId id = ClientOrderId.bridge(life.epoch(), attempt);
        long nanos = turn.now().nanos();
        Quantity held = new Quantity(life.quantity());
        set(life, ProtectiveOrder.none(stop.trigger(), nanos).placing(id, attempt, held, nanos), turn);
        turn.ask(new Call.PlaceConditional(id, life.symbol(), life.direction(), Level.STOP, stop.trigger(), held));
        return true;
    }

    /** The stop is where it should be, or nothing is held any more. */
    void lift(Life life, Turn turn) {
        ProtectiveOrder bridge = life.protection().bridge();
        if (bridge != null && (bridge.isLive() || bridge.state() == ProtectiveOrder.State.UNKNOWN)) {
            set(life, bridge.to(ProtectiveOrder.State.CANCELLING, turn.now().nanos()), turn);
            cancel(life, bridge, turn);
        }
    }

    private static void cancel(Life life, ProtectiveOrder bridge, Turn turn) {
        if (bridge.id() != null) {
            turn.ask(new Call.CancelConditional(bridge.id(), life.symbol()));
        }
    }

    /** Something happened to the bridge. */
    Next on(Life life, ProtectiveOrder bridge, ProtectiveOrderEvent event, Turn turn) {
        Step step = ProtectiveOrderLifecycle.next(
                bridge, event, books.rules().patience(), turn.now().nanos());
        return switch (step.move()) {
            case KEEP, PLACE -> Next.WAIT;
            case LIVE -> {
                set(life, step.order(), turn);
                life.protection().bridgeHeld();
                yield Next.CROSS;
            }
            case FIRED, MISSED -> {
                set(life, step.order(), turn);
                yield Next.WAIT;
            }
            case DOUBTED -> {
                set(life, step.order(), turn);
                turn.wake(
                        Timer.Kind.PROTECTION,
                        life.epoch(),
                        books.rules().patience().ask());
                yield Next.WAIT;
            }
            case LOST, REMOVED -> {
                if (event instanceof Over) {
                    turn.ask(new Call.ReadPositions());
                }
                yield gone(life, turn);
            }
            case ABSENT -> gone(life, turn);
            case REFUSED, NOT_SENT -> notTaken(life, event, turn);
            case ASK -> {
                if (bridge.id() != null) {
                    turn.ask(new Call.QueryConditional(bridge.id(), life.symbol()));
                }
                yield Next.WAIT;
            }
            case CANCEL -> {
                cancel(life, bridge, turn);
                yield Next.WAIT;
            }
            case FIT -> {
                if (!life.isOpen() || life.isInPlace(Level.STOP)) {
                    lift(life, turn);
                }
                yield Next.WAIT;
            }
            case STUCK -> {
                set(life, step.order(), turn);
                yield Next.EXIT;
            }
        };
    }

    private Next notTaken(Life life, ProtectiveOrderEvent event, Turn turn) {
        if (event instanceof Refused refused) {
            turn.log(Marker.ORDER_ERROR, "symbol", life.symbol().name(), "level", "bridge", "message", refused.words());
            gone(life, turn);
            life.protection().bridgeFailed(refused.words());
            return afterDenial(refused.cause());
        }
        gone(life, turn);
        life.protection().bridgeFailed(event instanceof NotSent(String cause) ? cause : "");
        return Next.AGAIN;
    }

    /** Only what speaks of the orders that rest allows to let go of one (X-F0). */
    private static Next afterDenial(Answer.Cause cause) {
        return switch (cause) {
            case LEVEL_PASSED -> Next.PASSED;
            case ALREADY_RESTING, TOO_MANY_RESTING, RULES -> Next.NO_BRIDGE;
            case RATE, BUSY -> Next.AGAIN;
            case MARGIN, NOTHING_TO_REDUCE, UNKNOWN_ORDER, LEVERAGE, CONFIGURATION, OTHER -> Next.REFUSED;
        };
    }

    /** The list of all resting orders; one list is no proof of an absence (binance-usdm 11, P3). */
    Next listed(Life life, List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        ProtectiveOrder bridge = life.protection().bridge();
        if (bridge == null) {
            return takeOver(life, rests, askedNanos, turn);
        }
        if (askedNanos - bridge.sinceNanos() < 0) {
            return Next.WAIT;
        }
        for (ConditionalUpdate rest : rests) {
            if (bridge.is(rest.clientId()) && rest.status() == ConditionalUpdate.Status.NEW) {
                return on(life, bridge, new Shown(rest), turn);
            }
        }
        return on(life, bridge, new Unlisted(askedNanos), turn);
    }

    /** A bridge that the last process laid goes on protecting until the stop is where it should be. */
    private Next takeOver(Life life, List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        if (!life.isOpen() || askedNanos - life.protection().bridgeChangedNanos() < 0) {
            return Next.WAIT;
        }
        long nanos = turn.now().nanos();
        for (ConditionalUpdate rest : rests) {
            if (life.protection().isBridge(rest.clientId()) && rest.status() == ConditionalUpdate.Status.NEW) {
                ProtectiveOrder found =
                        ProtectiveOrder.none(rest.trigger(), nanos).heldBy(rest.clientId(), nanos);
                set(life, found.resting(rest, nanos), turn);
                return Next.CROSS;
            }
        }
        return Next.WAIT;
    }

    private Next gone(Life life, Turn turn) {
        tellGap(life, life.protection().setBridge(null, turn.now().nanos()), turn);
        lookAgain(life, turn);
        return Next.WAIT;
    }

    private void set(Life life, ProtectiveOrder bridge, Turn turn) {
        tellGap(life, life.protection().setBridge(bridge, turn.now().nanos()), turn);
        lookAgain(life, turn);
    }

    /** A time without a live stop is over: it is measured and told. */
    static void tellGap(Life life, @Nullable Duration gap, Turn turn) {
        if (gap != null) {
            turn.add(new Effect.MeasuredGap(life.symbol().name(), gap));
            turn.log(
                    Marker.PROTECTED,
                    "symbol",
                    life.symbol().name(),
                    "stop",
                    life.plan().stop().toString(),
                    "gap_ms",
                    Long.toString(gap.toMillis()));
        }
    }

    private void lookAgain(Life life, Turn turn) {
        turn.wake(Timer.Kind.PROTECTION, life.epoch(), books.rules().guarding().retry());
    }
}
