package quantum.desk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Holdings.Place;
import quantum.book.Life;
import quantum.book.LiveOrder;
import quantum.book.ToldAmounts;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.decision.Turn;
import quantum.desk.exit.Obstacles;
import quantum.market.Symbol;
import quantum.record.Notice;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.Unclear;

/**
 * Compares with the exchange, which is the truth (law 6): at start, every minute and after every reconnect. Merges and
 * never overwrites what is ours: levels, extremes and order ids stay (INC-I01). Twice in a row changes nothing.
 */
final class Reconciling {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Books books;
    private final Lives lives;
    private final Confirming confirming;
    private final Doubting doubting;
    private final Relisting relisting;
    private final Obstacles obstacles;
    private boolean announced;

    Reconciling(
            Books books,
            Lives lives,
            Confirming confirming,
            Doubting doubting,
            Relisting relisting,
            Obstacles obstacles) {
        this.obstacles = obstacles;
        this.books = books;
        this.lives = lives;
        this.confirming = confirming;
        this.doubting = doubting;
        this.relisting = relisting;
    }

    /** What a reading shows and what is not clear to us; a person hears of it once for as long as it is shown. */
    void unclear(List<Unclear> rows, Turn turn) {
        for (Unclear row : books.unclear().read(rows)) {
            turn.alert(
                    "unclear:" + row.symbol(),
                    Notice.Severity.CRITICAL,
                    "the exchange shows " + row.words() + ": " + row.why()
                            + ". It is neither protected nor closed from here; look at the account",
                    row.symbol());
        }
    }

    void positions(List<Held> positions, long askedNanos, Turn turn) {
        books.readiness().positionsRead(askedNanos, turn.now().exchange());
        Map<Place, Held> held = books.lives().byPlace(positions, Held::symbol, Held::direction);
        for (LiveOrder order : books.unfinished()) {
            if (books.unclear().in(order.task().symbol()) == null) {
                confirming.witnessed(order, held.get(books.place(order)), askedNanos, turn);
            }
        }
        Set<Place> places = new TreeSet<>(held.keySet());
        places.addAll(books.lives().places());
        for (Place place : places) {
            Life life = books.lives().at(place);
            if (books.isMoving(place)) {
                lookAgainIfTurned(life, held.get(place), turn);
            } else if (books.unclear().in(place.symbol()) == null) {
                merge(place, life, held.get(place), askedNanos, turn);
            }
        }
        relisting.lookAgain(turn);
        if (!announced) {
            announced = true;
            turn.log(
                    Marker.BOOTSTRAP_COMPLETE,
                    "positions",
                    Integer.toString(held.size()),
                    "tracked",
                    Integer.toString(books.lives().size()));
        }
    }

    /** Of what an order of ours changes nothing is believed yet; that the other side is held cannot be its work. */
    private static void lookAgainIfTurned(@Nullable Life life, @Nullable Held held, Turn turn) {
        if (life != null && held != null && life.direction() != held.direction()) {
            turn.wake(Timer.Kind.BOOTSTRAP, "", LOOK_AGAIN);
        }
    }

    private void merge(Place place, @Nullable Life life, @Nullable Held held, long askedNanos, Turn turn) {
        // What changed here after the question left is newer than the answer.
        if (life != null && life.touchedNanos() - askedNanos >= 0) {
            return;
        }
        if (life == null && held != null) {
            adopt(place, held, askedNanos, turn);
        } else if (life != null && held == null) {
            doubting.lacked(life, askedNanos, turn);
        } else if (life != null && held != null && held.direction() != life.direction()) {
            if (doubting.turned(life, held, askedNanos, turn)) {
                books.lives().turned(place);
                adopt(place, held, askedNanos, turn);
            }
        } else if (life != null && held != null) {
            doubting.shown(life, held, turn);
            agree(life, held, askedNanos, turn);
            lives.shown(life, held, askedNanos, turn);
            obstacles.held(life, turn);
        }
    }

    private static void agree(Life life, Held held, long askedNanos, Turn turn) {
        int more = held.quantity().value().compareTo(life.quantity());
        if (more != 0) {
            // Too much is cut when it is closed; too little would be left behind, its stop taken off.
            if (more < 0 && askedNanos - life.touchedNanos() < ToldAmounts.LAG.toNanos()) {
                turn.wake(Timer.Kind.BOOTSTRAP, "", LOOK_AGAIN);
                return;
            }
            String change = "quantity " + life.quantity().toPlainString() + " -> " + held.quantity();
            reconciled(life.symbol(), change, turn);
            life.hold(held.quantity(), held.entryPrice(), turn.now().nanos());
            turn.changed(life);
        }
    }

    private void adopt(Place place, Held held, long askedNanos, Turn turn) {
        if (books.lives().isFlatSince(place, askedNanos)) {
            return;
        }
        Symbol symbol = place.symbol();
        if (lives.goesOn(held, turn)) {
            reconciled(symbol, "the position goes on with " + held.quantity(), turn);
            return;
        }
        // What lags behind an end shows what ended, never the other side.
        if (books.lives().hasEndedSince(place, held.direction(), askedNanos - ToldAmounts.LAG.toNanos())) {
            turn.wake(Timer.Kind.BOOTSTRAP, "", LOOK_AGAIN);
            return;
        }
        if (!books.hasInstruments()) {
            return;
        }
        if (!books.isListed(symbol)) {
            relisting.found(held, turn);
        }
        lives.adopt(held, books.instrumentOr(symbol, held.mark()), turn);
    }

    private static void reconciled(Symbol symbol, String words, Turn turn) {
        turn.log(Marker.RECONCILED, "symbol", symbol.name(), "detail", words);
    }
}
