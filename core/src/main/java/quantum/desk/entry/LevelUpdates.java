package quantum.desk.entry;

import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.desk.entry.PreTradeChecks.Quote;
import quantum.desk.protect.Protecting;
import quantum.desk.report.Reporting;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.venue.Call.Level;

/**
 * Moves the levels of a position that exists where an intent names better ones; a stop is never loosened. A looser
 * stop would make the loss larger than the one that the position was opened with (docs/decisions/0003).
 */
public final class LevelUpdates {

    private final Books books;
    private final PreTradeChecks checks;
    private final Reporting reporting;
    private final Protecting protecting;

    public LevelUpdates(Books books, Reporting reporting, Protecting protecting) {
        this.books = books;
        this.checks = new PreTradeChecks(books);
        this.reporting = reporting;
        this.protecting = protecting;
    }

    /**
     * By an intent that wants nothing else. It ends as {@code updated} once the moved levels rest, and not when they
     * are asked for; what is refused leaves the old levels where they are.
     */
    void update(LivePosition position, Intent.Protect protect, LiveIntent intent, Decision decision) {
        // After a stall the position may be gone or turned; nothing is moved by what was known before (reliability
        // F4).
        if (books.readiness().isRereading()) {
            reporting.reject(intent, Refusal.STALLED, "the exchange is being read again", decision);
            return;
        }
        switch (checks.quote(position.symbol(), decision.now())) {
            case Quote.Unknown(Refusal why, String detail) -> reporting.reject(intent, why, detail, decision);
            case Quote.Known(Price mark) -> update(position, protect, mark, intent, decision);
        }
    }

    private void update(
            LivePosition position, Intent.Protect protect, Price mark, LiveIntent intent, Decision decision) {
        Instrument instrument = books.markets().instrument(position.symbol());
        // Without rules there is no tick, and a price beside the grid would be refused (INV-37).
        if (instrument == null) {
            reporting.reject(
                    intent, Refusal.SYMBOL_UNKNOWN, "symbol " + position.symbol() + " is not listed", decision);
            return;
        }
        Price stop = checks.tighterStop(position, protect.levels(), instrument, mark);
        Price target = checks.otherTarget(position, protect.levels(), instrument, mark);
        Refusal wrong = checks.wrongLevel(position.direction(), protect.levels(), stop, target, mark);
        // A level that the mark has passed would fire at once. All of the intent is refused, also a level that is
        // fine: half of a wish is another wish.
        if (wrong != null) {
            reporting.reject(intent, wrong, "at mark " + mark + "; the old level stays", decision);
            return;
        }
        // Nothing was done, so that it must not end as if protection had moved.
        if (stop == null && target == null) {
            reporting.reject(
                    intent, Refusal.POSITION_EXISTS, "stop " + position.plan().stop() + " is not loosened", decision);
            return;
        }
        // A position carries one such intent at a time; of two, nobody could say whose levels an answer is about.
        if (position.update() != null) {
            reporting.reject(intent, Refusal.SYMBOL_LOCKED, "another update of the levels is under way", decision);
            return;
        }
        if (books.rules().observe()) {
            String words = "would move" + (stop == null ? "" : " the stop to " + stop)
                    + (target == null ? "" : " the target to " + target);
            reporting.reject(intent, Refusal.OBSERVED, words, decision);
            return;
        }
        // It stays with the position until its levels rest or fail, or the position ends: then it is refused.
        position.setUpdate(intent);
        intent.reached(Stage.JUDGED, decision.now());
        decision.changed(intent);
        move(position, stop, target, decision);
    }

    /**
     * By an entry that enlarged the position; true if a level moves. What the mark has passed meanwhile stays.
     * Nothing is refused here: the entry is executed already, and its report waits a moment for the levels
     * (docs/decisions/0002).
     */
    public boolean follow(LivePosition position, Levels levels, Decision decision) {
        Instrument instrument = books.markets().instrument(position.symbol());
        // Without a believed price nobody knows which level would fire at once. The old ones protect the sum.
        if (instrument == null
                || !(checks.quote(position.symbol(), decision.now()) instanceof Quote.Known(Price mark))) {
            return false;
        }
        Price stop = checks.tighterStop(position, levels, instrument, mark);
        Price target = checks.otherTarget(position, levels, instrument, mark);
        if (checks.wrongLevel(position.direction(), levels, stop, target, mark) != null) {
            return false;
        }
        move(position, stop, target, decision);
        return stop != null || target != null;
    }

    /** The stop first: of two requests the one that limits the loss leaves earlier. */
    private void move(LivePosition position, @Nullable Price stop, @Nullable Price target, Decision decision) {
        if (stop != null) {
            protecting.move(position, Level.STOP, stop, decision);
        }
        if (target != null) {
            protecting.move(position, Level.TARGET, target, decision);
        }
    }
}
