package quantum.desk;

import java.time.Duration;
import java.util.List;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.protection.Leg;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/**
 * The bridge over which a stop moves without a gap. The exchange holds one stop a direction that closes the whole position
 * (binance-usdm 4.6, P27), so one by quantity is laid at the new level first, the old one taken off and placed anew, and
 * the bridge lifted. A bridge that a process left behind goes on where it was.
 */
final class Bridging {

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

    private static final Duration ASK_AFTER = Duration.ofMillis(300);
    private static final long BELIEVE_ABSENT_NANOS = Duration.ofSeconds(3).toNanos();

    private final Books books;

    Bridging(Books books) {
        this.books = books;
    }

    /** Lays a bridge where there is none; true while the stop must wait for it. */
    boolean lay(Life life, Turn turn) {
        Leg bridge = life.legs().bridge();
        if (bridge != null) {
            return !bridge.isLive();
        }
        Leg stop = life.leg(Level.STOP);
        int attempt = stop.attempt() + 1;
        ClientOrderId id = ClientOrderId.bridge(life.epoch(), attempt);
        long nanos = turn.now().nanos();
        Quantity held = new Quantity(life.quantity());
        set(life, Leg.none(stop.trigger(), nanos).placing(id, attempt, held, nanos), turn);
        turn.ask(new Call.Rest(id, life.symbol(), life.direction(), Level.STOP, stop.trigger(), held));
        return true;
    }

    /** The stop is where it should be, or nothing is held any more. */
    void lift(Life life, Turn turn) {
        Leg bridge = life.legs().bridge();
        if (bridge != null && (bridge.isLive() || bridge.state() == Leg.State.UNKNOWN)) {
            set(life, bridge.to(Leg.State.CANCELLING, turn.now().nanos()), turn);
            cancel(life, bridge, turn);
        }
    }

    private static void cancel(Life life, Leg bridge, Turn turn) {
        if (bridge.id() != null) {
            turn.ask(new Call.CancelRest(bridge.id(), life.symbol()));
        }
    }

    Next answered(Life life, Leg bridge, Answer<ConditionalUpdate> answer, Turn turn) {
        return switch (answer) {
            case Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update) -> seen(life, bridge, update, turn);
            case Answer.Denied<ConditionalUpdate>(int code, String text, Answer.Cause cause) -> {
                turn.log(
                        Marker.ORDER_ERROR,
                        "symbol",
                        life.symbol().name(),
                        "level",
                        "bridge",
                        "message",
                        code + " " + text);
                gone(life, turn);
                life.legs().bridgeFailed(code + " " + text);
                yield afterDenial(cause);
            }
            case Answer.NoAnswer<ConditionalUpdate> _ -> {
                if (bridge.state() == Leg.State.PLACING) {
                    set(life, bridge.to(Leg.State.UNKNOWN, turn.now().nanos()), turn);
                    turn.wake(Timer.Kind.PROTECTION, life.epoch(), ASK_AFTER);
                }
                yield Next.WAIT;
            }
            case Answer.NotSent<ConditionalUpdate>(String cause) -> {
                gone(life, turn);
                life.legs().bridgeFailed(cause);
                yield Next.AGAIN;
            }
        };
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

    /** The answer to a question about it. */
    Next told(Life life, Leg bridge, Answer<ConditionalUpdate> answer, Turn turn) {
        boolean denied = answer instanceof Answer.Denied<ConditionalUpdate>(var _, var _, Answer.Cause cause)
                && cause == Answer.Cause.UNKNOWN_ORDER;
        boolean asked = bridge.state() == Leg.State.UNKNOWN || bridge.state() == Leg.State.CANCELLING;
        if (answer instanceof Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update)) {
            return seen(life, bridge, update, turn);
        }
        return denied && asked && turn.now().nanos() - bridge.sinceNanos() >= BELIEVE_ABSENT_NANOS
                ? gone(life, turn)
                : Next.WAIT;
    }

    Next seen(Life life, Leg bridge, ConditionalUpdate update, Turn turn) {
        long nanos = turn.now().nanos();
        return switch (update.status()) {
            case NEW -> {
                if (bridge.state() != Leg.State.PLACING && bridge.state() != Leg.State.UNKNOWN) {
                    yield Next.WAIT;
                }
                set(life, bridge.resting(update, nanos), turn);
                life.legs().bridgeHeld();
                yield Next.CROSS;
            }
            case TRIGGERING, TRIGGERED -> {
                set(life, bridge.to(Leg.State.FIRING, nanos), turn);
                yield Next.WAIT;
            }
            case FINISHED, CANCELED, EXPIRED, REJECTED -> {
                turn.ask(new Call.ReadPositions());
                yield gone(life, turn);
            }
        };
    }

    Next cancelled(Life life, Answer<ClientOrderId> answer, Turn turn) {
        boolean gone = answer instanceof Answer.Accepted<ClientOrderId>
                || (answer instanceof Answer.Denied<ClientOrderId>(var _, var _, Answer.Cause cause)
                        && cause == Answer.Cause.UNKNOWN_ORDER);
        return gone ? gone(life, turn) : Next.WAIT;
    }

    /** The wake-up of a life: asks again, lifts again, and does not wait for ever. */
    Next look(Life life, Turn turn) {
        Leg bridge = life.legs().bridge();
        if (bridge == null) {
            return Next.WAIT;
        }
        boolean needed = life.state() == Life.State.OPEN && !life.isInPlace(Level.STOP);
        long age = turn.now().nanos() - bridge.sinceNanos();
        switch (bridge.state()) {
            case UNKNOWN -> {
                if (bridge.id() != null && age >= ASK_AFTER.toNanos()) {
                    turn.ask(new Call.AskRest(bridge.id(), life.symbol()));
                }
            }
            case CANCELLING -> cancel(life, bridge, turn);
            case RESTING -> {
                if (!needed) {
                    lift(life, turn);
                }
            }
            case FIRING -> {
                if (age >= books.rules.guarding().firing().toNanos()) {
                    set(life, bridge.to(Leg.State.UNKNOWN, turn.now().nanos()), turn);
                    return Next.EXIT;
                }
            }
            // One on its way has its answer coming.
            case PLACING, GONE -> {}
        }
        return Next.WAIT;
    }

    /** The list of all resting orders; one list is no proof of an absence (binance-usdm 11, P3). */
    Next listed(Life life, List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        Leg bridge = life.legs().bridge();
        if (bridge == null) {
            return takeOver(life, rests, askedNanos, turn);
        }
        if (askedNanos - bridge.sinceNanos() < 0) {
            return Next.WAIT;
        }
        for (ConditionalUpdate rest : rests) {
            if (bridge.is(rest.clientId()) && rest.status() == ConditionalUpdate.Status.NEW) {
                return seen(life, bridge, rest, turn);
            }
        }
        if (bridge.isLive()) {
            set(life, bridge.to(Leg.State.UNKNOWN, turn.now().nanos()), turn);
        } else if (bridge.state() == Leg.State.UNKNOWN
                && askedNanos - bridge.sinceNanos()
                        > books.rules.reading().absence().toNanos()) {
            return gone(life, turn);
        }
        return Next.WAIT;
    }

    /** A bridge that the last process laid goes on protecting until the stop is where it should be. */
    private Next takeOver(Life life, List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        if (life.state() != Life.State.OPEN || askedNanos - life.legs().bridgeChangedNanos() < 0) {
            return Next.WAIT;
        }
        long nanos = turn.now().nanos();
        for (ConditionalUpdate rest : rests) {
            if (life.legs().isBridge(rest.clientId()) && rest.status() == ConditionalUpdate.Status.NEW) {
                Leg found = Leg.none(rest.trigger(), nanos).heldBy(rest.clientId(), nanos);
                set(life, found.resting(rest, nanos), turn);
                return Next.CROSS;
            }
        }
        return Next.WAIT;
    }

    private Next gone(Life life, Turn turn) {
        Protecting.tellGap(life, life.legs().setBridge(null, turn.now().nanos()), turn);
        lookAgain(life, turn);
        return Next.WAIT;
    }

    private void set(Life life, Leg bridge, Turn turn) {
        Protecting.tellGap(life, life.legs().setBridge(bridge, turn.now().nanos()), turn);
        lookAgain(life, turn);
    }

    private void lookAgain(Life life, Turn turn) {
        turn.wake(Timer.Kind.PROTECTION, life.epoch(), books.rules.guarding().retry());
    }
}
