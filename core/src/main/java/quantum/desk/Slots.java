package quantum.desk;

import quantum.protection.ProtectiveOrder;
import quantum.venue.Call.Level;

/**
 * The account's places for resting conditional orders (200 over all symbols, binance-usdm 4.7): stops come first, targets
 * take what is spare, and some places stay free for moves and for what others place.
 */
final class Slots {

    private final Books books;
    private int others;

    Slots(Books books) {
        this.books = books;
    }

    /** How many resting orders that are not ours the exchange has listed. */
    void listed(int foreign) {
        others = foreign;
    }

    /** A place for the stop of one more position, whatever targets must give theirs. */
    boolean hasStopPlace() {
        return books.positionsSoon() + others < usable();
    }

    boolean hasTargetPlace() {
        return taken() < usable();
    }

    /** More is taken than may be; a target must go. */
    boolean isOverfull() {
        return taken() > usable();
    }

    private int usable() {
        Rules.Slots rules = books.rules.guarding().slots();
        return rules.most() - rules.keptFree();
    }

    private int taken() {
        long targets = books.allLives().stream()
                .filter(life -> mayRest(life.orderAt(Level.TARGET)))
                .count();
        long leftStops = books.settling.values().stream()
                .filter(life -> mayRest(life.orderAt(Level.STOP)))
                .count();
        return books.positionsSoon() + Math.toIntExact(targets + leftStops) + others;
    }

    private static boolean mayRest(ProtectiveOrder order) {
        return order.state() != ProtectiveOrder.State.GONE && order.state() != ProtectiveOrder.State.FIRING;
    }
}
