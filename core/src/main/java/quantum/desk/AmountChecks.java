package quantum.desk;

import java.time.Duration;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Positions.Place;
import quantum.book.ToldAmounts;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.market.Symbol;
import quantum.venue.Call;
import quantum.venue.VenueEvent.AmountTold;

/**
 * Reads the positions where the last amount that the user stream gave for one is not what is known here. An order of
 * ours may have been executed against what another hand took a moment before (B-1): until a reading shows what is held,
 * nothing opens there.
 */
final class AmountChecks {

    /** A list may lag behind what was told: then another is read. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Books books;

    AmountChecks(Books books) {
        this.books = books;
    }

    /**
     * The stream's word on the amount and its word on the order that made it come in either order, so the two are
     * compared a moment later.
     */
    void told(AmountTold told, Decision decision) {
        Place place = books.told().told(told, decision.now().nanos());
        if (place != null) {
            decision.wake(Timer.Kind.AMOUNT, name(place), ToldAmounts.TOGETHER);
        }
    }

    /**
     * Compares. While the two differ the positions are read once a second, because one list may lag behind what the
     * stream knows.
     */
    void woken(String name, Decision decision) {
        for (Place place : books.told().places()) {
            LivePosition position = books.positions().at(place);
            if (name(place).equals(name) && books.told().contradicts(place)) {
                decision.ask(new Call.ReadPositions());
                decision.wake(Timer.Kind.AMOUNT, name, AGAIN);
            } else if (name(place).equals(name) && position != null) {
                // The stream spoke of the position itself, not only of an order: it exists, and its amount includes all
                // that was added.
                position.heard().shown();
                position.heard().counted(decision.now().nanos());
            }
        }
    }

    /** The subject of the timer; in one-way mode the symbol alone. */
    private static String name(Place place) {
        Symbol symbol = place.symbol();
        return place.direction() == null ? symbol.name() : symbol + " " + place.direction();
    }
}
