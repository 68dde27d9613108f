package quantum.desk.entry;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.desk.exit.Exits;
import quantum.desk.report.Reporting;
import quantum.intent.Closed.Reason;
import quantum.intent.Intent;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Instrument;
import quantum.market.Quantity;
import quantum.position.ExitPolicy.SmallPart;
import quantum.venue.VenueEvent.Unclear;

/** Turns a close into a reduce-only order. No guard is asked (law 5); only what is held limits it. */
public final class Closing {

    private final Books books;
    private final Reporting reporting;
    private final Exits exits;

    public Closing(Books books, Reporting reporting, Exits exits) {
        this.books = books;
        this.reporting = reporting;
        this.exits = exits;
    }

    void close(Intent.Close close, LiveIntent intent, Decision decision) {
        intent.closes();
        List<LivePosition> held = books.positions().in(close.symbol());
        List<LivePosition> meant = held.stream()
                .filter(position -> close.direction() == null || close.direction() == position.direction())
                .toList();
        Unclear unclear = books.unclear().in(close.symbol());
        if (meant.isEmpty() && unclear != null) {
            String words = "the exchange shows " + unclear.words() + ": " + unclear.why();
            reporting.reject(intent, Refusal.POSITION_UNCLEAR, words, decision);
        } else if (meant.isEmpty()) {
            String words = held.isEmpty()
                    ? "no position in " + close.symbol()
                    : "the position is " + held.getFirst().direction() + "; " + close.action() + " would enlarge it";
            reporting.reject(intent, Refusal.NO_POSITION, words, decision);
        } else if (meant.size() > 1) {
            String words = "long and short are held in " + close.symbol() + "; say which by position_side";
            reporting.reject(intent, Refusal.POSITION_SIDE_MISSING, words, decision);
        } else {
            close(meant.getFirst(), close, intent, decision);
        }
    }

    private void close(LivePosition position, Intent.Close close, LiveIntent intent, Decision decision) {
        BigDecimal closable = exits.closable(position);
        if (closable.signum() <= 0) {
            reporting.reject(intent, Refusal.CLOSE_IN_FLIGHT, "its close is in flight", decision);
            return;
        }
        Quantity quantity = wanted(close, position, closable);
        if (quantity == null) {
            tooSmall(position, close, intent, decision);
            return;
        }
        Instrument instrument = books.markets().instrument(close.symbol());
        Quantity most = instrument == null ? quantity : instrument.mostOf(quantity);
        if (books.rules().observe()) {
            String words = "would " + position.direction().exit() + " " + quantity + " " + position.symbol();
            reporting.reject(intent, Refusal.OBSERVED, words, decision);
            return;
        }
        LiveOrder order = exits.close(position, most, intent, reason(close), decision);
        if (most.compareTo(quantity) < 0 && quantity.value().compareTo(closable) == 0) {
            exits.exit(position, reason(close), decision);
        }
        intent.carriedBy(order.id());
        intent.reached(Stage.JUDGED, decision.now());
        decision.changed(intent);
    }

    private void tooSmall(LivePosition position, Intent.Close close, LiveIntent intent, Decision decision) {
        BigDecimal units = close.quantity();
        String field = units == null ? "close_fraction" : "quantity";
        String part = (units == null ? close.fraction() : units).toPlainString();
        String words =
                field + " " + part + " of the " + position.quantity().toPlainString() + " held is less than one step";
        reporting.reject(intent, Refusal.CLOSE_TOO_SMALL, field, words, decision);
    }

    /** What is wished, at most what may be closed; a rest below one step goes with it. */
    private @Nullable Quantity wanted(Intent.Close close, LivePosition position, BigDecimal closable) {
        Quantity most = new Quantity(closable);
        Instrument instrument = books.markets().instrument(close.symbol());
        if (instrument == null) {
            return most;
        }
        BigDecimal units = close.quantity();
        if (units != null) {
            return units.compareTo(closable) >= 0 ? most : partOr(instrument.wholeSteps(units), most);
        }
        Quantity part = instrument.partOf(new Quantity(position.quantity()), close.fraction());
        return partOr(part == null ? null : Quantity.min(part, most), most);
    }

    private @Nullable Quantity partOr(@Nullable Quantity part, Quantity most) {
        return part == null && books.rules().exits().smallPart() == SmallPart.FULL ? most : part;
    }

    /** What the producer says the close is for, in the words of the contract. */
    public static Reason reason(Intent.Close close) {
        String words =
                close.origin().reason() == null ? "" : close.origin().reason().toUpperCase(Locale.ROOT);
        if (words.contains("TRAIL")) {
            return Reason.TRAILING;
        } else if (words.contains("TP") || words.contains("TAKE_PROFIT")) {
            return Reason.TP;
        } else if (words.contains("SL") || words.contains("STOP")) {
            return Reason.SL;
        } else if (words.contains("TIME")) {
            return Reason.TIME;
        }
        return words.contains("MANUAL") ? Reason.MANUAL : Reason.SIGNAL;
    }
}
