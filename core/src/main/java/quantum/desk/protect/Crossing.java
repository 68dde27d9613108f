package quantum.desk.protect;

import java.util.List;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.decision.Decision;
import quantum.desk.exit.Exits;
import quantum.desk.report.Reporting;
import quantum.intent.Refusal;
import quantum.market.Price;
import quantum.protection.ProtectiveOrder;
import quantum.protection.ProtectiveOrderEvent;
import quantum.protection.ProtectiveOrderEvent.Due;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/**
 * Leads a stop over its bridge: what happens to the bridge says whether the stop may move, stays, or is given up. It is
 * given up only for another live one, or where the exchange says that two may not rest and the watch is armed.
 */
public final class Crossing {

    private final Books books;
    private final Protecting protecting;
    private final Bridging bridging;
    private final Exits exits;
    private final Reporting reporting;

    public Crossing(Books books, Protecting protecting, Bridging bridging, Exits exits, Reporting reporting) {
        this.books = books;
        this.protecting = protecting;
        this.bridging = bridging;
        this.exits = exits;
        this.reporting = reporting;
    }

    /**
     * What an event of the bridge means for the stop. Where the position has ended meanwhile, the bridge is only
     * lifted.
     */
    private void follow(LivePosition position, Bridging.Next next, Decision decision) {
        ProtectiveOrder stop = position.orderAt(Level.STOP);
        boolean open = position.isOpen();
        switch (next) {
            case WAIT -> {}
            case CROSS -> {
                if (open && !books.isInPlace(position, Level.STOP)) {
                    protecting.shift(position, Level.STOP, decision);
                } else {
                    // Moved back to where it rests meanwhile, or nothing is held any more.
                    bridging.lift(position, decision);
                }
            }
            case NO_BRIDGE -> {
                // Without a price nobody guards the level while no stop rests.
                if (open
                        && stop.isLive()
                        && !books.isInPlace(position, Level.STOP)
                        && isWatchArmed(position, decision)) {
                    protecting.takeOff(position, Level.STOP, decision);
                }
            }
            case AGAIN -> {
                // Our own steps try on for ever, but a producer waits for an ending of its intent (law 8).
                if (books.rules()
                        .guarding()
                        .isPatienceOver(position.protection().bridgeFailures())) {
                    withdraw(position, Refusal.EXCHANGE_LIMITS, decision);
                }
            }
            case REFUSED -> withdraw(position, Refusal.EXCHANGE_REJECTED, decision);
            case PASSED -> {
                // A level of our own that is passed already is where the position ends. A producer's was wrong: it is
                // rejected.
                if (open && position.update() == null) {
                    exits.exit(position, position.reasonOf(Level.STOP), decision);
                }
                withdraw(position, Refusal.STOP_WRONG_SIDE, decision);
            }
            case EXIT -> {
                // Its price was reached, and the exchange does not execute it.
                if (open) {
                    exits.exit(position, position.reasonOf(Level.STOP), decision);
                }
            }
        }
    }

    /**
     * While no stop rests the watch closes at the level itself; by a price that is too old, or that one print
     * contradicts, it closes nothing (reliability F47).
     */
    private boolean isWatchArmed(LivePosition position, Decision decision) {
        Markets.Mark mark = books.markets().mark(position.symbol());
        return mark != null
                && mark.doubted() == null
                && decision.now()
                                .since(mark.atNanos())
                                .compareTo(books.rules().limits().priceMaxAge())
                        <= 0;
    }

    /**
     * A producer's update that the exchange does not take: it is rejected, and the stop that rests is kept. The plan
     * goes back to that one, so that the watch guards what rests.
     */
    private void withdraw(LivePosition position, Refusal why, Decision decision) {
        LiveIntent update = position.update();
        Price kept = position.orderAt(Level.STOP).placed();
        // A step of trailing or break-even has no producer to answer, and is tried again.
        if (update == null || kept == null) {
            return;
        }
        String words = position.protection().bridgeRefusal() + "; the stop at " + kept + " stays";
        position.setUpdate(null);
        position.replan(position.plan().withStop(kept));
        position.protection().moveTo(Level.STOP, kept);
        // The refusals were of the level that is gone.
        position.protection().bridgeHeld();
        decision.changed(position);
        reporting.reject(update, why, words, decision);
    }

    /** Something happened to the bridge. */
    void on(LivePosition position, ProtectiveOrder bridge, ProtectiveOrderEvent event, Decision decision) {
        follow(position, bridging.on(position, bridge, event, decision), decision);
    }

    /**
     * Looks after the bridge of a position, if it has one. By its timer it is asked about, cancelled again, or lifted.
     */
    void look(LivePosition position, Decision decision) {
        ProtectiveOrder bridge = position.protection().bridge();
        if (bridge != null) {
            on(position, bridge, new Due(), decision);
        }
    }

    /** The list of all resting orders. After a restart it is how a bridge of the last process is found. */
    void listed(LivePosition position, List<ConditionalUpdate> rests, long askedNanos, Decision decision) {
        follow(position, bridging.listed(position, rests, askedNanos, decision), decision);
    }
}
