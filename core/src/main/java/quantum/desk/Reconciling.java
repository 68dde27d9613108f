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

    /** A list that lagged shows the truth a moment later. */
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

    /**
     * What a reading shows and what is not clear to us; a person hears of it once for as long as it is shown. It hides
     * no other row and ends no position (I-F8).
     */
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

    /**
     * A list of all that is held. It is the last witness of orders without an answer (INV-40), and then it is merged,
     * place by place. An older answer than what is known of a place is no news for it, and of silent symbols it says
     * nothing.
     */
    void positions(List<Held> positions, Set<Symbol> silent, long askedNanos, Decision decision) {
        books.readiness().positionsRead(askedNanos, decision.now().exchange());
        Map<Place, Held> held = books.positions().byPlace(positions, Held::symbol, Held::direction);
        for (LiveOrder order : books.unfinished()) {
            // Beside an odd row nothing is proven absent: the row may be what the order made.
            if (books.unclear().in(order.task().symbol()) == null) {
                confirming.witnessed(order, held.get(books.place(order)), askedNanos, decision);
            }
        }
        Set<Place> places = new TreeSet<>(held.keySet());
        places.addAll(books.positions().places());
        for (Place place : places) {
            LivePosition position = books.positions().at(place);
            // An order of ours is changing what is held there, and lists may lag behind its fill.
            if (books.isMoving(place)) {
                lookAgainIfTurned(position, held.get(place), decision);
            } else if (books.unclear().in(place.symbol()) == null && !silent.contains(place.symbol())) {
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

    /**
     * Held there alone, held here alone, held on the other side, or held in both: what speaks against a position of
     * ours is at first a doubt (X-F6).
     */
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
                // The end that made room for it does not speak against it.
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

    /** Takes the exchange's quantity and entry price, to the last step (INC-L14); levels and extremes stay ours. */
    private static void agree(LivePosition position, Held held, long askedNanos, Decision decision) {
        int more = held.quantity().value().compareTo(position.quantity());
        if (more != 0) {
            // Too much is cut when it is closed; too little would be left behind, its stop taken off (W-2). A list that
            // shows less may lag.
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

    /**
     * Something is held that is not known here. It is found only if the list is newer than the last end there, if no
     * position was taken for ended too early, and if the list cannot lag behind an end (W-1).
     */
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
        // Without any rules no level can be laid on a grid of prices; they are read at start, and the next list shows
        // it again.
        if (!books.markets().hasInstruments()) {
            return;
        }
        // It is protected all the same, by levels that most grids hold, while its rules are read again (X-F4).
        if (!books.markets().isListed(symbol)) {
            relisting.found(held, decision);
        }
        positionChanges.adopt(held, books.markets().instrumentOr(symbol, held.mark()), decision);
    }

    private static void reconciled(Symbol symbol, String words, Decision decision) {
        decision.log(Marker.RECONCILED, "symbol", symbol.name(), "detail", words);
    }
}
