package quantum.desk.entry;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
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

/**
 * Turns a close into a reduce-only order. No guard is asked (law 5); only what is held limits it. Its quantity is at
 * most what is held and not being closed already, so that two closes at once cannot cross zero (INV-14).
 */
public final class Closing {

    /** Words of a reason, the first that is found counts; none is the end of another word. */
    private static final Map<Reason, Pattern> REASONS = new LinkedHashMap<>();

    static {
        REASONS.put(Reason.TRAILING, Pattern.compile("(?<![A-Z])TRAIL"));
        REASONS.put(Reason.TP, Pattern.compile("(?<![A-Z])TP(?=HIT|[^A-Z]|$)|TAKE_PROFIT"));
        REASONS.put(Reason.SL, Pattern.compile("(?<![A-Z])SL(?=HIT|[^A-Z]|$)|(?<![A-Z])STOP"));
        REASONS.put(Reason.TIME, Pattern.compile("(?<![A-Z])TIME(?!FRAME|S[^A-Z])"));
        REASONS.put(Reason.MANUAL, Pattern.compile("(?<![A-Z])MANUAL"));
    }

    private final Books books;
    private final Reporting reporting;
    private final Exits exits;

    public Closing(Books books, Reporting reporting, Exits exits) {
        this.books = books;
        this.reporting = reporting;
        this.exits = exits;
    }

    /**
     * Finds the one position that the close means. Where two can be meant, or what is held cannot be read, it is
     * refused and not guessed (law 7): a guess closes the wrong side.
     */
    void close(Intent.Close close, LiveIntent intent, Decision decision) {
        // From here on a refusal is that of an exit: while something is held, a person is alerted (INC-P13).
        intent.closes();
        List<LivePosition> held = books.positions().in(close.symbol());
        List<LivePosition> meant = held.stream()
                .filter(position -> close.direction() == null || close.direction() == position.direction())
                .toList();
        Unclear unclear = books.unclear().in(close.symbol());
        // The exchange shows something that cannot be read (I-F8). "Nothing to close" would be a guess.
        if (meant.isEmpty() && unclear != null) {
            String words = "the exchange shows " + unclear.words() + ": " + unclear.why();
            reporting.reject(intent, Refusal.POSITION_UNCLEAR, words, decision);
        } else if (meant.isEmpty()) {
            // A close on the wrong side is worded apart from an empty symbol: the producer has a wrong idea of what
            // is held, and no exit of it will work.
            String words = held.isEmpty()
                    ? "no position in " + close.symbol()
                    : "the position is " + held.getFirst().direction() + "; " + close.action() + " would enlarge it";
            reporting.reject(intent, Refusal.NO_POSITION, words, decision);
        } else if (meant.size() > 1) {
            // Hedge mode alone; in one-way mode a symbol has one position at most (docs/decisions/0006).
            String words = "long and short are held in " + close.symbol() + "; say which by position_side";
            reporting.reject(intent, Refusal.POSITION_SIDE_MISSING, words, decision);
        } else {
            close(meant.getFirst(), close, intent, decision);
        }
    }

    /**
     * Sends it under the client id of its intent, which is the same in every life of the process, so that a later
     * life can ask the exchange whether it was executed (docs/decisions/0010).
     */
    private void close(LivePosition position, Intent.Close close, LiveIntent intent, Decision decision) {
        BigDecimal closable = exits.closable(position);
        // Closes on their way take all of it. One without an answer counts, since it may still be executed.
        if (closable.signum() <= 0) {
            reporting.reject(intent, Refusal.CLOSE_IN_FLIGHT, "its close is in flight", decision);
            return;
        }
        Quantity wanted = wanted(close, position, closable);
        Quantity quantity = wanted == null ? null : sellable(position, wanted, closable);
        if (quantity == null) {
            tooSmall(position, close, intent, decision);
            return;
        }
        // One market order carries at most the market lot (binance-usdm 3.3). In a symbol that is not listed nobody
        // knows that lot, and the quantity is tried as it is (X-F4).
        Instrument instrument = books.markets().instrument(close.symbol());
        Quantity most = instrument == null ? quantity : instrument.mostOf(quantity);
        // Judged to the end, so that observe mode says how much would have left (docs/decisions/0007).
        if (books.rules().observe()) {
            String words = "would " + position.direction().exit() + " " + quantity + " " + position.symbol();
            reporting.reject(intent, Refusal.OBSERVED, words, decision);
            return;
        }
        LiveOrder order = exits.close(position, most, intent, reason(close), decision);
        // A whole close above one market order goes on as an exit of the desk. Of a part only the first order leaves:
        // its producer sees what was executed and asks again.
        if (most.compareTo(quantity) < 0 && quantity.value().compareTo(closable) == 0) {
            exits.exit(position, reason(close), decision);
        }
        // By this id a restart finds the order again and reports its ending under this intent.
        intent.carriedBy(order.id());
        intent.reached(Stage.JUDGED, decision.now());
        decision.changed(intent);
    }

    /**
     * Blames the field that was sent, and says what is held: close_fraction was once blamed where quantity was sent
     * (B-6).
     */
    private void tooSmall(LivePosition position, Intent.Close close, LiveIntent intent, Decision decision) {
        BigDecimal units = close.quantity();
        String field = units == null ? "close_fraction" : "quantity";
        String part = (units == null ? close.fraction() : units).toPlainString();
        String words = field + " " + part + " of the " + position.quantity().toPlainString()
                + " held is less than one step, or less than the exchange takes";
        reporting.reject(intent, Refusal.CLOSE_TOO_SMALL, field, words, decision);
    }

    /**
     * What is wished, at most what may be closed; a rest below one step goes with it. Null if the part is less than
     * one step and {@code exits.small_part} does not make it all.
     */
    private @Nullable Quantity wanted(Intent.Close close, LivePosition position, BigDecimal closable) {
        Quantity most = new Quantity(closable);
        Instrument instrument = books.markets().instrument(close.symbol());
        if (instrument == null) {
            // Without rules nobody knows the step of a part: all that may be closed leaves, whatever was asked for.
            return most;
        }
        BigDecimal units = close.quantity();
        if (units != null) {
            // All of it leaves as it is held and is not rounded: cut to steps, 0.5 was closed as 0.49 (INC-I51).
            return units.compareTo(closable) >= 0 ? most : partOr(instrument.wholeSteps(units), most);
        }
        // A fraction of what is held, also of what another close takes already, and at most what that one leaves.
        Quantity part = instrument.partOf(new Quantity(position.quantity()), close.fraction());
        return partOr(part == null ? null : Quantity.min(part, most), most);
    }

    /** With it goes a rest that no order could sell; null where the exchange takes no order for so little. */
    private @Nullable Quantity sellable(LivePosition position, Quantity wanted, BigDecimal closable) {
        BigDecimal rest = closable.subtract(wanted.value());
        boolean stays = rest.signum() == 0 || books.markets().sellable(position, rest) != null;
        return books.markets().sellable(position, stays ? wanted.value() : closable);
    }

    /** Null for a part below one step, unless {@code exits.small_part: full} makes it all (docs/decisions/0009). */
    private @Nullable Quantity partOr(@Nullable Quantity part, Quantity most) {
        return part == null && books.rules().exits().smallPart() == SmallPart.FULL ? most : part;
    }

    /**
     * What the producer says the close is for, in the words of the contract. The text is free, so that words are
     * looked for anywhere in it, but whole: "OUTPUT" takes no profit. Trailing comes first: "trailing stop" holds the
     * word of a stop as well.
     */
    public static Reason reason(Intent.Close close) {
        String said = close.origin().reason();
        String words = said == null ? "" : said.toUpperCase(Locale.ROOT);
        return REASONS.entrySet().stream()
                .filter(reason -> reason.getValue().matcher(words).find())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Reason.SIGNAL);
    }
}
