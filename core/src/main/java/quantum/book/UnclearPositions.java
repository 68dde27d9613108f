package quantum.book;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;
import quantum.venue.VenueEvent.Unclear;

/**
 * What the exchange shows as held and what cannot be taken in hand, because a word of it is not clear: it is shown as it
 * is told, counts as unprotected, and is named to a person. Nothing opens, ends or is proven flat beside it.
 */
public final class UnclearPositions {

    private List<Unclear> rows = List.of();

    /**
     * A reading of the positions shows these and no others; those that it is the first to show are returned. One that a
     * reading lacked in between is news again.
     */
    public List<Unclear> read(List<Unclear> now) {
        List<Unclear> first =
                now.stream().filter(row -> !rows.contains(row)).distinct().toList();
        rows = List.copyOf(now);
        return first;
    }

    public List<Unclear> rows() {
        return rows;
    }

    /**
     * What is not clear in a symbol, or anywhere where none is named; null if nothing is. What flattens everything asks
     * without one (X-F4).
     */
    @Nullable
    public Unclear in(@Nullable Symbol symbol) {
        return rows.stream()
                .filter(row -> symbol == null || row.symbol().equals(symbol.name()))
                .findFirst()
                .orElse(null);
    }
}
