package quantum.desk.protect;

import java.util.List;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.LiveIntent;
import quantum.decision.Turn;
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
    private void follow(Life life, Bridging.Next next, Turn turn) {
        ProtectiveOrder stop = life.orderAt(Level.STOP);
        boolean open = life.isOpen();
        switch (next) {
            case WAIT -> {}
            case CROSS -> {
                if (open && !life.isInPlace(Level.STOP)) {
                    protecting.shift(life, Level.STOP, turn);
                } else {
                    bridging.lift(life, turn);
                }
            }
            case NO_BRIDGE -> {
                // Without a price nobody guards the level while no stop rests.
                if (open && stop.isLive() && !life.isInPlace(Level.STOP) && isWatchArmed(life, turn)) {
                    protecting.takeOff(life, Level.STOP, turn);
                }
            }
            case AGAIN -> {
                if (books.rules().guarding().isPatienceOver(life.protection().bridgeFailures())) {
                    withdraw(life, Refusal.EXCHANGE_LIMITS, turn);
                }
            }
            case REFUSED -> withdraw(life, Refusal.EXCHANGE_REJECTED, turn);
            case PASSED -> {
                if (open && life.update() == null) {
                    exits.exit(life, life.reasonOf(Level.STOP), turn);
                }
                withdraw(life, Refusal.STOP_WRONG_SIDE, turn);
            }
            case EXIT -> {
                if (open) {
                    exits.exit(life, life.reasonOf(Level.STOP), turn);
                }
            }
        }
    }

    private boolean isWatchArmed(Life life, Turn turn) {
        Books.Mark mark = books.mark(life.symbol());
        return mark != null
                && turn.now()
                                .since(mark.atNanos())
                                .compareTo(books.rules().limits().priceMaxAge())
                        <= 0;
    }

    /** A producer's update that the exchange does not take: it is rejected, and the stop that rests is kept. */
    private void withdraw(Life life, Refusal why, Turn turn) {
        LiveIntent update = life.update();
        Price kept = life.orderAt(Level.STOP).placed();
        if (update == null || kept == null) {
            return;
        }
        String words = life.protection().bridgeRefusal() + "; the stop at " + kept + " stays";
        life.setUpdate(null);
        life.replan(life.plan().withStop(kept));
        life.protection().moveTo(Level.STOP, kept);
        life.protection().bridgeHeld();
        turn.changed(life);
        reporting.reject(update, why, words, turn);
    }

    /** Something happened to the bridge. */
    void on(Life life, ProtectiveOrder bridge, ProtectiveOrderEvent event, Turn turn) {
        follow(life, bridging.on(life, bridge, event, turn), turn);
    }

    /** Looks after the bridge of a life, if it has one. */
    void look(Life life, Turn turn) {
        ProtectiveOrder bridge = life.protection().bridge();
        if (bridge != null) {
            on(life, bridge, new Due(), turn);
        }
    }

    /** The list of all resting orders. */
    void listed(Life life, List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        follow(life, bridging.listed(life, rests, askedNanos, turn), turn);
    }
}
