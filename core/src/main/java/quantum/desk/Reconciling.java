package quantum.desk;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.book.Positions.Place;
import quantum.book.ToldAmounts;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
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
    private final PositionChanges positionChanges;
    private final Confirming confirming;
    private final Doubting doubting;
    private final Relisting relisting;
    private final Obstacles obstacles;
    private boolean announced;

    Reconciling(
            Books books,
            PositionChanges positionChanges,
            Confirming confirming,
            Doubting doubting,
            Relisting relisting,
            Obstacles obstacles) {
        this.obstacles = obstacles;
        this.books = books;
        this.positionChanges = positionChanges;
        this.confirming = confirming;
        this.doubting = doubting;
        this.relisting = relisting;
    }

    /** What a reading shows and what is not clear to us; a person hears of it once for as long as it is shown. */
    void unclear(List<Unclear> rows, Decision decision) {
        for (Unclear row : books.unclear().read(rows)) {
            decision.alert(
                    "unclear:" + row.symbol(),
                    Notice.Severity.CRITICAL,
                    "the exchange shows " + row.words() + ": " + row.why()
                            + ". It is neither protected nor closed from here; look at the account",
                    row.symbol());
        }
    }

    void positions(List<Held> positions, long askedNanos, Decision decision) {
        books.readiness().positionsRead(askedNanos, decision.now().exchange());
        Map<Place, Held> held = books.positions().byPlace(positions, Held::symbol, Held::direction);
        for (LiveOrder order : books.unfinished()) {
            if (books.unclear().in(order.task().symbol()) == null) {
                confirming.witnessed(order, held.get(books.place(order)), askedNanos, decision);
            }
        }
        Set<Place> places = new TreeSet<>(held.keySet());
        places.addAll(books.positions().places());
        for (Place place : places) {
            LivePosition position = books.positions().at(place);
            if (books.isMoving(place)) {
                lookAgainIfTurned(position, held.get(place), decision);
            } else if (books.unclear().in(place.symbol()) == null) {
                merge(place, position, held.get(place), askedNanos, decision);
            }
        }
        relisting.lookAgain(decision);
        if (!announced) {
            announced = true;
            decision.log(
                    Marker.BOOTSTRAP_COMPLETE,
                    "positions",
                    Integer.toString(held.size()),
                    "tracked",
                    Integer.toString(books.positions().size()));
        }
    }

    /** Of what an order of ours changes nothing is believed yet; that the other side is held cannot be its work. */
    private static void lookAgainIfTurned(@Nullable LivePosition position, @Nullable Held held, Decision decision) {
        if (position != null && held != null && position.direction() != held.direction()) {
            decision.wake(Timer.Kind.BOOTSTRAP, "", LOOK_AGAIN);
        }
    }

    private void merge(
            Place place, @Nullable LivePosition position, @Nullable Held held, long askedNanos, Decision decision) {
        // What changed here after the question left is newer than the answer.
        if (position != null && position.touchedNanos() - askedNanos >= 0) {
            return;
        }
        if (position == null && held != null) {
            adopt(place, held, askedNanos, decision);
        } else if (position != null && held == null) {
            doubting.lacked(position, askedNanos, decision);
        } else if (position != null && held != null && held.direction() != position.direction()) {
            if (doubting.turned(position, held, askedNanos, decision)) {
                books.positions().replaced(place);
                adopt(place, held, askedNanos, decision);
            }
        } else if (position != null && held != null) {
            doubting.shown(position, held, decision);
            agree(position, held, askedNanos, decision);
            positionChanges.shown(position, held, askedNanos, decision);
            obstacles.held(position, decision);
        }
    }

    private static void agree(LivePosition position, Held held, long askedNanos, Decision decision) {
        int more = held.quantity().value().compareTo(position.quantity());
        if (more != 0) {
            // Too much is cut when it is closed; too little would be left behind, its stop taken off.
            if (more < 0 && askedNanos - position.touchedNanos() < ToldAmounts.LAG.toNanos()) {
                decision.wake(Timer.Kind.BOOTSTRAP, "", LOOK_AGAIN);
                return;
            }
            String change = "quantity " + position.quantity().toPlainString() + " -> " + held.quantity();
            reconciled(position.symbol(), change, decision);
            position.hold(held.quantity(), held.entryPrice(), decision.now().nanos());
            decision.changed(position);
        }
    }

    private void adopt(Place place, Held held, long askedNanos, Decision decision) {
        if (books.positions().isFlatSince(place, askedNanos)) {
            return;
        }
        Symbol symbol = place.symbol();
        if (positionChanges.goesOn(held, decision)) {
            reconciled(symbol, "the position goes on with " + held.quantity(), decision);
            return;
        }
        // What lags behind an end shows what ended, never the other side.
        if (books.positions().hasEndedSince(place, held.direction(), askedNanos - ToldAmounts.LAG.toNanos())) {
            decision.wake(Timer.Kind.BOOTSTRAP, "", LOOK_AGAIN);
            return;
        }
        if (!books.markets().hasInstruments()) {
            return;
        }
        if (!books.markets().isListed(symbol)) {
            relisting.found(held, decision);
        }
        positionChanges.adopt(held, books.markets().instrumentOr(symbol, held.mark()), decision);
    }

    private static void reconciled(Symbol symbol, String words, Decision decision) {
        decision.log(Marker.RECONCILED, "symbol", symbol.name(), "detail", words);
    }
}
