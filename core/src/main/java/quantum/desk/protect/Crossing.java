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

/** Leads a stop over its bridge: what happens to the bridge says whether the stop may move, stays, or is given up. */
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

    /** What an event of the bridge means for the stop. */
    private void follow(LivePosition position, Bridging.Next next, Decision decision) {
        ProtectiveOrder stop = position.orderAt(Level.STOP);
        boolean open = position.isOpen();
        switch (next) {
            case WAIT -> {}
            case CROSS -> {
                if (open && !position.isInPlace(Level.STOP)) {
                    protecting.shift(position, Level.STOP, decision);
                } else {
                    bridging.lift(position, decision);
                }
            }
            case NO_BRIDGE -> {
                // Without a price nobody guards the level while no stop rests.
                if (open && stop.isLive() && !position.isInPlace(Level.STOP) && isWatchArmed(position, decision)) {
                    protecting.takeOff(position, Level.STOP, decision);
                }
            }
            case AGAIN -> {
                if (books.rules()
                        .guarding()
                        .isPatienceOver(position.protection().bridgeFailures())) {
                    withdraw(position, Refusal.EXCHANGE_LIMITS, decision);
                }
            }
            case REFUSED -> withdraw(position, Refusal.EXCHANGE_REJECTED, decision);
            case PASSED -> {
                if (open && position.update() == null) {
                    exits.exit(position, position.reasonOf(Level.STOP), decision);
                }
                withdraw(position, Refusal.STOP_WRONG_SIDE, decision);
            }
            case EXIT -> {
                if (open) {
                    exits.exit(position, position.reasonOf(Level.STOP), decision);
                }
            }
        }
    }

    private boolean isWatchArmed(LivePosition position, Decision decision) {
        Markets.Mark mark = books.markets().mark(position.symbol());
        return mark != null
                && decision.now()
                                .since(mark.atNanos())
                                .compareTo(books.rules().limits().priceMaxAge())
                        <= 0;
    }

    /** A producer's update that the exchange does not take: it is rejected, and the stop that rests is kept. */
    private void withdraw(LivePosition position, Refusal why, Decision decision) {
        LiveIntent update = position.update();
        Price kept = position.orderAt(Level.STOP).placed();
        if (update == null || kept == null) {
            return;
        }
        String words = position.protection().bridgeRefusal() + "; the stop at " + kept + " stays";
        position.setUpdate(null);
        position.replan(position.plan().withStop(kept));
        position.protection().moveTo(Level.STOP, kept);
        position.protection().bridgeHeld();
        decision.changed(position);
        reporting.reject(update, why, words, decision);
    }

    /** Something happened to the bridge. */
    void on(LivePosition position, ProtectiveOrder bridge, ProtectiveOrderEvent event, Decision decision) {
        follow(position, bridging.on(position, bridge, event, decision), decision);
    }

    /** Looks after the bridge of a position, if it has one. */
    void look(LivePosition position, Decision decision) {
        ProtectiveOrder bridge = position.protection().bridge();
        if (bridge != null) {
            on(position, bridge, new Due(), decision);
        }
    }

    /** The list of all resting orders. */
    void listed(LivePosition position, List<ConditionalUpdate> rests, long askedNanos, Decision decision) {
        follow(position, bridging.listed(position, rests, askedNanos, decision), decision);
    }
}
