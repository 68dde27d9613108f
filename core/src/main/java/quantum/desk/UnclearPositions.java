package quantum.desk;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;
import quantum.record.Notice;
import quantum.venue.VenueEvent.Unclear;

/**
 * What the exchange shows as held and what cannot be taken in hand, because a word of it is not clear: it is shown as it
 * is told, counts as unprotected, and is named to a person. Nothing opens, ends or is proven flat beside it.
 */
final class UnclearPositions {

    private List<Unclear> rows = List.of();
    private final Set<Unclear> told = new HashSet<>();

    /** A reading of the positions shows these and no others. */
    void read(List<Unclear> now, Turn turn) {
        rows = List.copyOf(now);
        told.retainAll(rows);
        for (Unclear row : rows) {
            if (told.add(row)) {
                turn.alert(
                        "unclear:" + row.symbol(),
                        Notice.Severity.CRITICAL,
                        "the exchange shows " + row.words() + ": " + row.why()
                                + ". It is neither protected nor closed from here; look at the account",
                        row.symbol());
            }
        }
    }

    List<Unclear> rows() {
        return rows;
    }

    /** What is not clear in a symbol, or anywhere where none is named; null if nothing is. */
    @Nullable
    Unclear in(@Nullable Symbol symbol) {
        return rows.stream()
                .filter(row -> symbol == null || row.symbol().equals(symbol.name()))
                .findFirst()
                .orElse(null);
    }
}
