package quantum.desk.entry;

import java.math.BigDecimal;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LivePosition;
import quantum.book.Positions;
import quantum.decision.Decision;
import quantum.desk.report.Reporting;
import quantum.guard.Verdict;
import quantum.intent.Intent;
import quantum.intent.Refusal;
import quantum.market.Instrument;
import quantum.venue.VenueEvent.Unclear;

/**
 * Decides what an open means: a new position where the place is free, else what the policy says (seed 002,
 * docs/decisions/0003). It sends nothing itself; it chooses who decides further.
 */
public final class EntryPolicy {

    private final Books books;
    private final Reporting reporting;
    private final Opening opening;
    private final Closing closing;
    private final LevelUpdates levelUpdates;
    private final Reversal reversal;
    private final PreTradeChecks checks;

    public EntryPolicy(
            Books books,
            Reporting reporting,
            Opening opening,
            Closing closing,
            LevelUpdates levelUpdates,
            Reversal reversal) {
        this.books = books;
        this.reporting = reporting;
        this.opening = opening;
        this.closing = closing;
        this.levelUpdates = levelUpdates;
        this.reversal = reversal;
        this.checks = new PreTradeChecks(books);
    }

    /**
     * Takes every open. It ends here where it is too old, and where what is held in its place is not certain:
     * unclear, contradicted by the stream, being turned, or in doubt. Whatever the policy says, it would say it of a
     * position that may not be there.
     */
    public void open(Intent.Open open, LiveIntent intent, Decision decision) {
        // First of all, so that a backlog of old signals ends here whatever is held (INC-I43).
        if (checks.age(open, decision.now()) instanceof Verdict.Refused(Refusal why, String detail)) {
            reporting.reject(intent, why, detail, decision);
            return;
        }
        Unclear unclear = books.unclear().in(open.symbol());
        // By symbol and not by place: a row that cannot be read may be of either side (I-F8).
        if (unclear != null) {
            reporting.reject(intent, Refusal.POSITION_UNCLEAR, unclear.words(), decision);
            return;
        }
        Positions.Place place = books.positions().place(open.symbol(), open.direction());
        LivePosition held = books.positions().at(place);
        // The stream says another amount than is known here, and no reading has answered it yet. An open was once
        // executed against another hand's position, and the account held the wrong side (B-1).
        if (books.told().contradicts(place)) {
            reporting.reject(
                    intent,
                    Refusal.SYMBOL_LOCKED,
                    "the exchange tells of another position there and is asked",
                    decision);
        } else if (books.isReversing(place)) {
            // The flip opens as soon as nothing is held; another open beside it would be a second entry.
            reporting.reject(intent, Refusal.SYMBOL_LOCKED, "the position is being turned", decision);
        } else if (held == null) {
            opening.open(open, intent, decision);
        } else if (held.doubtedSince() != null) {
            // One list lacked the position (X-F6): whether the place is free is not known until a second one agrees.
            reporting.reject(
                    intent, Refusal.SYMBOL_LOCKED, "the exchange is asked whether a position is still held", decision);
        } else if (books.isLeftAlone(held) && !books.rules().observe()) {
            // Neither its size nor its levels are ours to change.
            reporting.reject(
                    intent,
                    Refusal.POSITION_EXISTS,
                    "none of our orders opened it, and adoption.policy leaves such positions alone",
                    decision);
        } else if (held.direction() == open.direction()) {
            sameSide(open, intent, held, decision);
        } else {
            otherSide(open, intent, held, decision);
        }
    }

    /** None of the three loosens a stop (docs/decisions/0003). */
    private void sameSide(Intent.Open open, LiveIntent intent, LivePosition held, Decision decision) {
        switch (books.rules().existing().sameSide()) {
            // The default: a producer that repeats its signal every minute keeps one position (INC-I29).
            case UPDATE -> levelUpdates.update(held, open.asProtect(), intent, decision);
            case SCALE_IN -> opening.enlarge(held, open, intent, decision);
            case REFUSE ->
                reporting.reject(
                        intent, Refusal.POSITION_EXISTS, "a " + held.direction() + " position is open", decision);
        }
    }

    /**
     * An exit asks no guard (law 5), also where an open is what asks for it. Never reached in hedge mode, where the
     * other side has a place of its own.
     */
    private void otherSide(Intent.Open open, LiveIntent intent, LivePosition held, Decision decision) {
        switch (books.rules().existing().otherSide()) {
            case REFUSE ->
                reporting.reject(
                        intent, Refusal.POSITION_OPPOSITE, "a " + held.direction() + " position is open", decision);
            case CLOSE -> closing.close(asClose(open), intent, decision);
            case FLIP -> reversal.begin(open, intent, held, decision);
        }
    }

    /** A side that cannot be opened can only mean that what is held is sold: it is an exit from the first (seed 004). */
    public Intent meant(Intent wish) {
        if (!(wish instanceof Intent.Open open)) {
            return wish;
        }
        Instrument instrument = books.markets().instrument(open.symbol());
        return instrument == null || instrument.contract().allows(open.direction()) ? open : asClose(open);
    }

    /**
     * The close that an open against a position is by the policy: of all of it. It keeps the origin of the open, so
     * that one message has one ending (law 8).
     */
    public static Intent.Close asClose(Intent.Open open) {
        return new Intent.Close(
                open.origin(), open.symbol(), open.action(), open.direction().opposite(), BigDecimal.ONE, null);
    }
}
