package quantum.desk.protect;

import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Protection;
import quantum.decision.Decision;
import quantum.intent.Refusal;
import quantum.market.ProtectionForm;
import quantum.record.Notice;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate.Status;

/**
 * Tells that an order of ours which protected is gone and is placed again. A stop is always placed again (law 4); but one
 * of a position that was cancelled twice without our word is a fight with another hand, and what opens meanwhile would be
 * in it: opens are halted until a person resumes (P1-5).
 */
final class LostConditionals {

    /** So many cancels of one position's stop that were not ours are a fight with another hand. */
    private static final int FIGHT = 2;

    private final Books books;

    LostConditionals(Books books) {
        this.books = books;
    }

    /**
     * The position is held, and the order is about to be placed again. It is alerted only now: one that went with its
     * position was not lost (X-F17).
     */
    void placedAgain(LivePosition position, Level level, Protection.Lost lost, Decision decision) {
        String symbol = position.symbol().name();
        decision.alert(
                "rest-lost:" + position.epoch() + level,
                Notice.Severity.CRITICAL,
                "the " + level + " is gone (" + lost.words() + ") and the position is held; placing it again",
                symbol);
        // Somebody cancels an order; the exchange itself expires or rejects it. Beyond the second time the halt stands
        // already.
        if (level == Level.STOP
                && isByAnotherHand(position, lost)
                && position.protection().countTakenOff() == FIGHT) {
            String words = "the stop of " + symbol + " was cancelled twice, and not by this service";
            books.halts().hold(Refusal.STOPS_TAKEN_OFF, words);
            decision.alert(
                    "stops-taken-off:" + position.epoch(),
                    Notice.Severity.CRITICAL,
                    words
                            + "; it is placed again each time, and opens are halted until you resume. Find the other program"
                            + " or person on this account",
                    symbol);
        }
    }

    /** The exchange cancels a stop of a pair itself where the target was executed in part; a hand cancels both. */
    private boolean isByAnotherHand(LivePosition position, Protection.Lost lost) {
        Protection.Lost target = position.protection().lost(Level.TARGET);
        boolean alone =
                books.form(position) == ProtectionForm.PAIR && (target == null || target.status() != Status.CANCELED);
        return lost.status() == Status.CANCELED && !alone;
    }
}
