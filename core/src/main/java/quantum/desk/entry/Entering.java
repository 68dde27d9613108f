package quantum.desk.entry;

import java.math.BigDecimal;
import quantum.book.Books;
import quantum.book.Holdings;
import quantum.book.Life;
import quantum.book.LiveIntent;
import quantum.decision.Turn;
import quantum.desk.report.Reporting;
import quantum.guard.Verdict;
import quantum.intent.Intent;
import quantum.intent.Refusal;
import quantum.venue.VenueEvent.Unclear;

/** Decides what an open means: a new position where the place is free, else what the policy says (seed 002). */
public final class Entering {

    private final Books books;
    private final Reporting reporting;
    private final Opening opening;
    private final Closing closing;
    private final Moving moving;
    private final Turning turning;
    private final Judging judging;

    public Entering(
            Books books, Reporting reporting, Opening opening, Closing closing, Moving moving, Turning turning) {
        this.books = books;
        this.reporting = reporting;
        this.opening = opening;
        this.closing = closing;
        this.moving = moving;
        this.turning = turning;
        this.judging = new Judging(books);
    }

    public void open(Intent.Open open, LiveIntent intent, Turn turn) {
        if (judging.age(open, turn.now()) instanceof Verdict.Refused(Refusal why, String detail)) {
            reporting.reject(intent, why, detail, turn);
            return;
        }
        Unclear unclear = books.unclear().in(open.symbol());
        if (unclear != null) {
            reporting.reject(intent, Refusal.POSITION_UNCLEAR, unclear.words(), turn);
            return;
        }
        Holdings.Place place = books.lives().place(open.symbol(), open.direction());
        Life held = books.lives().at(place);
        if (books.told().contradicts(place)) {
            reporting.reject(
                    intent, Refusal.SYMBOL_LOCKED, "the exchange tells of another position there and is asked", turn);
        } else if (books.isTurning(place)) {
            reporting.reject(intent, Refusal.SYMBOL_LOCKED, "the position is being turned", turn);
        } else if (held == null) {
            opening.open(open, intent, turn);
        } else if (held.doubtedSince() != null) {
            reporting.reject(
                    intent, Refusal.SYMBOL_LOCKED, "the exchange is asked whether a position is still held", turn);
        } else if (books.isLeftAlone(held) && !books.rules().observe()) {
            reporting.reject(
                    intent,
                    Refusal.POSITION_EXISTS,
                    "none of our orders opened it, and adoption.policy leaves such positions alone",
                    turn);
        } else if (held.direction() == open.direction()) {
            sameSide(open, intent, held, turn);
        } else {
            otherSide(open, intent, held, turn);
        }
    }

    private void sameSide(Intent.Open open, LiveIntent intent, Life held, Turn turn) {
        switch (books.rules().existing().sameSide()) {
            case UPDATE -> moving.update(held, open.asProtect(), intent, turn);
            case SCALE_IN -> opening.enlarge(held, open, intent, turn);
            case REFUSE ->
                reporting.reject(intent, Refusal.POSITION_EXISTS, "a " + held.direction() + " position is open", turn);
        }
    }

    /** An exit asks no guard (law 5), also where an open is what asks for it. */
    private void otherSide(Intent.Open open, LiveIntent intent, Life held, Turn turn) {
        switch (books.rules().existing().otherSide()) {
            case REFUSE ->
                reporting.reject(
                        intent, Refusal.POSITION_OPPOSITE, "a " + held.direction() + " position is open", turn);
            case CLOSE -> closing.close(asClose(open), intent, turn);
            case FLIP -> turning.begin(open, intent, held, turn);
        }
    }

    /** The close that an open against a position is by the policy: of all of it. */
    public static Intent.Close asClose(Intent.Open open) {
        return new Intent.Close(
                open.origin(), open.symbol(), open.action(), open.direction().opposite(), BigDecimal.ONE, null);
    }
}
