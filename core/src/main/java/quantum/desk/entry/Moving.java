package quantum.desk.entry;

import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.LiveIntent;
import quantum.decision.Turn;
import quantum.desk.entry.Judging.Quote;
import quantum.desk.protect.Protecting;
import quantum.desk.report.Reporting;
import quantum.intent.Intent;
import quantum.intent.Levels;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.venue.Call.Level;

/** Moves the levels of a position that exists where an intent names better ones; a stop is never loosened. */
public final class Moving {

    private final Books books;
    private final Judging judging;
    private final Reporting reporting;
    private final Protecting protecting;

    public Moving(Books books, Reporting reporting, Protecting protecting) {
        this.books = books;
        this.judging = new Judging(books);
        this.reporting = reporting;
        this.protecting = protecting;
    }

    /** By an intent that wants nothing else. */
    void update(Life life, Intent.Protect protect, LiveIntent intent, Turn turn) {
        if (books.readiness().isRereading()) {
            reporting.reject(intent, Refusal.STALLED, "the exchange is being read again", turn);
            return;
        }
        switch (judging.quote(life.symbol(), turn.now())) {
            case Quote.Unknown(Refusal why, String detail) -> reporting.reject(intent, why, detail, turn);
            case Quote.Known(Price mark) -> update(life, protect, mark, intent, turn);
        }
    }

    private void update(Life life, Intent.Protect protect, Price mark, LiveIntent intent, Turn turn) {
        Instrument instrument = books.instrument(life.symbol());
        if (instrument == null) {
            reporting.reject(intent, Refusal.SYMBOL_UNKNOWN, "symbol " + life.symbol() + " is not listed", turn);
            return;
        }
        Price stop = judging.tighterStop(life, protect.levels(), instrument, mark);
        Price target = judging.otherTarget(life, protect.levels(), instrument, mark);
        Refusal wrong = judging.wrongLevel(life.direction(), protect.levels(), stop, target, mark);
        if (wrong != null) {
            reporting.reject(intent, wrong, "at mark " + mark + "; the old level stays", turn);
            return;
        }
        if (stop == null && target == null) {
            reporting.reject(
                    intent, Refusal.POSITION_EXISTS, "stop " + life.plan().stop() + " is not loosened", turn);
            return;
        }
        if (life.update() != null) {
            reporting.reject(intent, Refusal.SYMBOL_LOCKED, "another update of the levels is under way", turn);
            return;
        }
        if (books.rules().observe()) {
            String words = "would move" + (stop == null ? "" : " the stop to " + stop)
                    + (target == null ? "" : " the target to " + target);
            reporting.reject(intent, Refusal.OBSERVED, words, turn);
            return;
        }
        life.setUpdate(intent);
        intent.reached(Stage.JUDGED, turn.now());
        turn.changed(intent);
        move(life, stop, target, turn);
    }

    /** By an entry that enlarged the position; true if a level moves. What the mark has passed meanwhile stays. */
    public boolean follow(Life life, Levels levels, Turn turn) {
        Instrument instrument = books.instrument(life.symbol());
        if (instrument == null || !(judging.quote(life.symbol(), turn.now()) instanceof Quote.Known(Price mark))) {
            return false;
        }
        Price stop = judging.tighterStop(life, levels, instrument, mark);
        Price target = judging.otherTarget(life, levels, instrument, mark);
        if (judging.wrongLevel(life.direction(), levels, stop, target, mark) != null) {
            return false;
        }
        move(life, stop, target, turn);
        return stop != null || target != null;
    }

    private void move(Life life, @Nullable Price stop, @Nullable Price target, Turn turn) {
        if (stop != null) {
            protecting.move(life, Level.STOP, stop, turn);
        }
        if (target != null) {
            protecting.move(life, Level.TARGET, target, turn);
        }
    }
}
