package quantum.desk.entry;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.intent.Refusal;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.record.Notice;
import quantum.venue.Moment;

/**
 * Which contracts this account can open at all, and which of those it holds come to their end. A contract quoted in
 * bitcoin once made 2857 coins of 100 USD (I-F4), and a quarterly was opened ten minutes before its delivery (X-P3
 * delivery).
 */
public final class Contracts {

    /** What ends so soon is not opened any more: the exchange then closes it at a price of its own. */
    private static final Duration NEAR = Duration.ofHours(24);

    private final Books books;
    /**
     * The end that a person was alerted about, by the epoch of the position. It is not recorded: the next process
     * alerts again while the position is held.
     */
    private final Map<String, Instant> told = new HashMap<>();

    public Contracts(Books books) {
        this.books = books;
    }

    /**
     * Why this account cannot open a contract, whatever the size; null if it can. It says nothing of other contracts,
     * and so it is no margin failure and cools nothing down (X-F9, I-F4).
     */
    Sense.@Nullable Unsound unfit(Instrument instrument, Direction direction, Moment now) {
        Contract contract = instrument.contract();
        String unsupported = contract.unsupported();
        // Dollars divided by a price in coins are another order: it ends here, before any size is counted (I-F4).
        if (unsupported != null) {
            return new Sense.Unsound(Refusal.ASSET_UNSUPPORTED, instrument.symbol() + ": " + unsupported);
        }
        if (!contract.allows(direction)) {
            return new Sense.Unsound(
                    Refusal.ASSET_UNSUPPORTED, instrument.symbol() + ": a coin is bought and sold, never sold short");
        }
        // The exchange would answer -2019, and a series of those stopped every open of the account (X-F9).
        if (!books.margin().mayHold(contract.marginAsset())) {
            return new Sense.Unsound(
                    Refusal.ASSET_NOT_HELD,
                    instrument.symbol() + " takes its margin in " + contract.marginAsset()
                            + ", of which the account holds nothing");
        }
        Instant end = nearEnd(instrument, now);
        return end == null
                ? null
                : new Sense.Unsound(Refusal.DELIVERY_NEAR, instrument.symbol() + " is delivered at " + end);
    }

    /**
     * When the exchange delivers the contract, if that is within a day; null for a perpetual, a later end and a
     * symbol that is not listed. A delisting is such an end as well.
     */
    private static @Nullable Instant nearEnd(@Nullable Instrument instrument, Moment now) {
        Instant end = instrument == null ? null : instrument.contract().deliveredAt();
        return end == null || end.isAfter(now.exchange().plus(NEAR)) ? null : end;
    }

    /**
     * Alerts about each position that is held in a contract near its end, once for each end. Nothing is closed by it:
     * at what price it ends is the decision of a person.
     */
    public void tellEnds(Decision decision) {
        // By epoch and not by symbol: the next position in the same contract is news again.
        told.keySet().removeIf(epoch -> books.positionOf(epoch) == null);
        for (LivePosition position : books.positions().all()) {
            Instant end = nearEnd(books.markets().instrument(position.symbol()), decision.now());
            // The exchange may move a delivery, and another end is alerted about once more.
            if (end != null && !Objects.equals(told.put(position.epoch(), end), end)) {
                decision.alert(
                        "delivery-near:" + position.symbol(),
                        Notice.Severity.CRITICAL,
                        "the exchange delivers " + position.symbol() + " at " + end + ", and "
                                + position.quantity().toPlainString() + " " + position.direction()
                                + " is held; what is not closed by then is closed at its price",
                        position.symbol().name());
            }
        }
    }
}
