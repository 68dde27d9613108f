package quantum.book;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.book.Positions.Place;
import quantum.market.Direction;
import quantum.market.Quantity;
import quantum.position.PositionMode;
import quantum.venue.VenueEvent.AmountTold;
import quantum.venue.VenueEvent.Held;

/**
 * What the user stream told last of each position, by its sign. Alone it decides nothing: where it contradicts what is known
 * here once the orders of the same moment were heard, the positions are read, and nothing opens in that place before.
 * An order of ours may have been executed against what another hand held a moment ago (B-1).
 */
public final class ToldAmounts {

    /** A list may lag so far behind a trade: what contradicts one that is younger is looked for once more. */
    public static final Duration LAG = Duration.ofSeconds(3);

    /** The events of one execution arrive together, in either order. */
    public static final Duration TOGETHER = Duration.ofMillis(50);

    /** Signed: negative for a short. {@code answered} once a reading knows it. */
    private record Told(BigDecimal amount, long nanos, boolean answered) {}

    private final Positions positions;
    private final Map<Place, Told> latest = new TreeMap<>();
    /** When the stream last said that nothing is held; trades are then counted back from there. */
    private final Map<Place, Long> flatNanos = new TreeMap<>();

    public ToldAmounts(Positions positions) {
        this.positions = positions;
    }

    /** The place that it speaks of; null where it is of the other position mode. */
    @Nullable
    public Place told(AmountTold told, long nanos) {
        boolean isOneWay = positions.mode() == PositionMode.ONE_WAY;
        Direction side = told.side();
        // The account's mode was changed by hand: a reading shows its rows as unclear.
        if (isOneWay != (side == null)) {
            return null;
        }
        Place place = positions.place(told.symbol(), side == null ? Direction.LONG : side);
        latest.put(place, new Told(told.amount(), nanos, false));
        if (told.amount().signum() == 0) {
            flatNanos.put(place, nanos);
        }
        return place;
    }

    /** The places that the stream told of. */
    public Set<Place> places() {
        return Collections.unmodifiableSet(latest.keySet());
    }

    /**
     * The user stream is another one: what the old one said may be old. Everything is read again after the reconnect.
     */
    public void forget() {
        latest.clear();
    }

    /** Positions were read that were asked for then: what was told so long before is in them (seed 23869). */
    public void read(long askedNanos) {
        latest.replaceAll((_, told) ->
                new Told(told.amount(), told.nanos(), told.answered() || askedNanos - told.nanos() >= LAG.toNanos()));
    }

    /** True while the stream's last word is not what is known here, and no reading has answered it. */
    public boolean contradicts(Place place) {
        Told told = latest.get(place);
        return told != null && !told.answered() && told.amount().compareTo(known(positions.at(place))) != 0;
    }

    /**
     * How much more than is known here the stream said last is held, of the same direction, where no reading has answered
     * it; null where it did not say so.
     */
    @Nullable
    public Quantity moreThan(LivePosition position) {
        Told told = latest.get(positions.place(position.symbol(), position.direction()));
        if (told == null || told.answered()) {
            return null;
        }
        BigDecimal more = told.amount()
                .subtract(known(position))
                .multiply(BigDecimal.valueOf(position.direction().sign()));
        return more.signum() > 0 ? new Quantity(more) : null;
    }

    /** Whether the stream said, with the end of this position or since, that nothing was held there. */
    public boolean isFlatSince(LivePosition ended) {
        Long flat = flatNanos.get(positions.place(ended.symbol(), ended.direction()));
        return flat != null && flat + TOGETHER.toNanos() - ended.touchedNanos() >= 0;
    }

    /** The stream's last word is what a reading shows, and is no older than what was heard of the position there. */
    public boolean confirms(Place place, Held held, LivePosition position) {
        Told told = latest.get(place);
        BigDecimal shown = held.quantity()
                .value()
                .multiply(BigDecimal.valueOf(held.direction().sign()));
        return told != null
                && told.amount().compareTo(shown) == 0
                && told.nanos() + TOGETHER.toNanos() - position.touchedNanos() >= 0;
    }

    /** Signed as the stream's amounts are. */
    private static BigDecimal known(@Nullable LivePosition position) {
        if (position == null) {
            return BigDecimal.ZERO;
        }
        return position.direction() == Direction.LONG
                ? position.quantity()
                : position.quantity().negate();
    }
}
