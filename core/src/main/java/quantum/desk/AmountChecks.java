package quantum.desk;

import java.time.Duration;
import quantum.book.Books;
import quantum.book.Holdings.Place;
import quantum.book.Life;
import quantum.book.ToldAmounts;
import quantum.decision.Timer;
import quantum.decision.Turn;
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

    void told(AmountTold told, Turn turn) {
        Place place = books.told().told(told, turn.now().nanos());
        if (place != null) {
            turn.wake(Timer.Kind.AMOUNT, name(place), ToldAmounts.TOGETHER);
        }
    }

    void woken(String name, Turn turn) {
        for (Place place : books.told().places()) {
            Life life = books.lives().at(place);
            if (name(place).equals(name) && books.told().contradicts(place)) {
                turn.ask(new Call.ReadPositions());
                turn.wake(Timer.Kind.AMOUNT, name, AGAIN);
            } else if (name(place).equals(name) && life != null) {
                life.heard().shown();
                life.heard().counted(turn.now().nanos());
            }
        }
    }

    private static String name(Place place) {
        Symbol symbol = place.symbol();
        return place.direction() == null ? symbol.name() : symbol + " " + place.direction();
    }
}
