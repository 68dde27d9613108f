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

/** Reads the positions where the last amount that the user stream told of one is not what is known here. */
final class AmountChecks {

    /** A list may lag behind what was told: then another is read. */
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final Books books;

    AmountChecks(Books books) {
        this.books = books;
    }

    void told(AmountTold told, Decision decision) {
        Place place = books.told().told(told, decision.now().nanos());
        if (place != null) {
            decision.wake(Timer.Kind.AMOUNT, name(place), ToldAmounts.TOGETHER);
        }
    }

    void woken(String name, Decision decision) {
        for (Place place : books.told().places()) {
            LivePosition position = books.positions().at(place);
            if (name(place).equals(name) && books.told().contradicts(place)) {
                decision.ask(new Call.ReadPositions());
                decision.wake(Timer.Kind.AMOUNT, name, AGAIN);
            } else if (name(place).equals(name) && position != null) {
                position.heard().shown();
                position.heard().counted(decision.now().nanos());
            }
        }
    }

    private static String name(Place place) {
        Symbol symbol = place.symbol();
        return place.direction() == null ? symbol.name() : symbol + " " + place.direction();
    }
}
