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
import quantum.market.Instrument;
import quantum.record.Notice;
import quantum.venue.Moment;

/** Which contracts this account can open at all, and which of those it holds come to their end. */
public final class Contracts {

    /** What ends so soon is not opened any more: the exchange then closes it at a price of its own. */
    private static final Duration NEAR = Duration.ofHours(24);

    private final Books books;
    /** The end that a person was told of, by the epoch of the position. */
    private final Map<String, Instant> told = new HashMap<>();

    public Contracts(Books books) {
        this.books = books;
    }

    /**
     * Why this account cannot open a contract, whatever the size; null if it can. It says nothing of other contracts, and
     * so it is no margin failure (X-F9, I-F4).
     */
    Sense.@Nullable Unsound unfit(Instrument instrument, Moment now) {
        Contract contract = instrument.contract();
        String unsupported = contract.unsupported();
        if (unsupported != null) {
            return new Sense.Unsound(Refusal.ASSET_UNSUPPORTED, instrument.symbol() + ": " + unsupported);
        }
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

    private static @Nullable Instant nearEnd(@Nullable Instrument instrument, Moment now) {
        Instant end = instrument == null ? null : instrument.contract().deliveredAt();
        return end == null || end.isAfter(now.exchange().plus(NEAR)) ? null : end;
    }

    /** Tells of each position that is held in a contract near its end, once for each end. */
    public void tellEnds(Decision decision) {
        told.keySet().removeIf(epoch -> books.positionOf(epoch) == null);
        for (LivePosition position : books.positions().all()) {
            Instant end = nearEnd(books.markets().instrument(position.symbol()), decision.now());
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
