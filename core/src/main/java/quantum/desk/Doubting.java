package quantum.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Succession;
import quantum.book.ToldAmounts;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.desk.exit.ClosedTrades;
import quantum.market.Symbol;
import quantum.position.PositionEvent;
import quantum.position.PositionLifecycle;
import quantum.position.RoundTrip;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.VenueEvent.Held;

/**
 * Asks again where one reading of the positions lacks what is held, or shows it turned: a single answer ends nothing
 * (X-F6). The end is believed when the position's own trades add up to nothing held, or when a later reading agrees: one
 * that lacks it too after {@code reading.absence}, or one that shows it turned too. Until then stop and target rest, and
 * nothing opens in its place.
 */
final class Doubting {

    /** Soon: opens wait meanwhile, and a stop that rests for nothing should go. */
    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private final Books books;
    private final PositionChanges positionChanges;

    Doubting(Books books, PositionChanges positionChanges) {
        this.books = books;
        this.positionChanges = positionChanges;
    }

    /**
     * A reading of the positions does not show what is held. The first one begins a doubt. One that was asked for
     * {@code reading.absence} later ends the position, also without its trades.
     */
    void lacked(LivePosition position, long askedNanos, Decision decision) {
        boolean isFirst = position.doubtedSince() == null;
        PositionEvent missing = missing(askedNanos, decision);
        if (!PositionLifecycle.next(position.state(), missing).isOpen()) {
            over(position, "the position was closed outside", decision);
        } else if (isFirst) {
            doubt(position, "a reading of the positions lacks it", missing, decision);
        }
    }

    /**
     * A reading shows a position of the other direction; true once that is believed. Its stop protects nothing then, so
     * that a second reading is enough and no absence is waited out (B-5).
     */
    boolean turned(LivePosition position, Held held, long askedNanos, Decision decision) {
        Long since = position.doubtedSince();
        if (since == null) {
            doubt(position, "a reading of the positions shows it turned", missing(askedNanos, decision), decision);
            decision.ask(new Call.ReadPositions());
        } else if (askedNanos - since > 0 && !mayLag(position, held, askedNanos)) {
            over(position, "the position was turned outside", decision);
            return true;
        }
        return false;
    }

    /** Two lists may lag behind the same trade, and then both show the side that was held before it (seed 3574). */
    private boolean mayLag(LivePosition position, Held held, long askedNanos) {
        return askedNanos - position.touchedNanos() < ToldAmounts.LAG.toNanos()
                && !books.told()
                        .confirms(books.positions().place(position.symbol(), position.direction()), held, position);
    }

    /**
     * A reading shows what is held after one that did not. The alert says that the exchange gave a wrong list; the stop
     * never went.
     */
    void shown(LivePosition position, Held held, Decision decision) {
        if (position.doubtedSince() == null) {
            return;
        }
        position.on(new PositionEvent.Shown());
        reconciled(position, "the position is there with " + held.quantity() + "; one reading lacked it", decision);
        decision.alert(
                "reading-doubted:" + position.epoch(),
                Notice.Severity.WARNING,
                "one reading of the positions lacked the "
                        + position.direction().name().toLowerCase(Locale.ROOT)
                        + " position, and a later one shows it; nothing was taken off",
                position.symbol().name());
    }

    /** Dated by now, because a position that this ends counts as held until the end is believed. */
    private PositionEvent missing(long askedNanos, Decision decision) {
        Duration absence = books.rules().reading().absence();
        return new PositionEvent.Missing(askedNanos, absence, decision.now().exchange());
    }

    /** Asks both witnesses: the trades at once, another list a moment later. */
    private static void doubt(LivePosition position, String words, PositionEvent missing, Decision decision) {
        position.on(missing);
        reconciled(position, words + "; asking for its trades and once more for the positions", decision);
        decision.ask(trades(position));
        decision.wake(Timer.Kind.DOUBT, position.epoch(), FIRST_LOOK);
    }

    /**
     * Trades of an entry may be dated before its position was heard of. What was traded before a found one is not its
     * own.
     */
    private static Call.ReadTrades trades(LivePosition position) {
        Instant since = position.birth().openedAt();
        return new Call.ReadTrades(position.symbol(), position.isAdopted() ? since : since.minus(ClosedTrades.SLACK));
    }

    /** Again and again, with twice the pause, and at the latest when an absence would have lasted long enough. */
    void woken(LivePosition position, Decision decision) {
        Long since = position.doubtedSince();
        if (since == null) {
            return;
        }
        decision.ask(trades(position));
        decision.ask(new Call.ReadPositions());
        Duration lasted = decision.now().since(since);
        Duration left = books.rules().reading().absence().minus(lasted);
        Duration pause = left.compareTo(FIRST_LOOK) < 0 || left.compareTo(lasted) > 0 ? lasted : left;
        decision.wake(Timer.Kind.DOUBT, position.epoch(), pause.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : pause);
    }

    /**
     * The trades of a symbol: the second witness of an end. Those that were asked for before the doubt, or before what
     * was last heard of the position, prove nothing, nor does anything while an order of ours changes it.
     */
    void told(Symbol symbol, List<Call.Trade> trades, long askedNanos, Decision decision) {
        for (LivePosition position : List.copyOf(books.positions().in(symbol))) {
            Long since = position.doubtedSince();
            boolean isLater = since != null && askedNanos - since >= 0 && askedNanos - position.touchedNanos() > 0;
            boolean isMoving = books.isMoving(books.positions().place(symbol, position.direction()));
            RoundTrip end = isLater && !isMoving ? end(position, trades) : null;
            if (end != null) {
                reconciled(position, "the position was closed outside, as its trades show", decision);
                // An order that was to add to it may have opened the next position since (seed 23869).
                positionChanges.succeeded(
                        position, end, Succession.of(position, end, ClosedTrades.ofLife(position, trades)), decision);
                decision.ask(new Call.ReadPositions());
            }
        }
    }

    /** Null while its own trades leave something held. */
    private static @Nullable RoundTrip end(LivePosition position, List<Call.Trade> trades) {
        return RoundTrip.of(
                        position.direction(),
                        ClosedTrades.ofLife(position, trades),
                        position.entryOrders(),
                        position.birth().found())
                .orElse(null);
    }

    /** No order here is known to have ended it: its trades show why. */
    private void over(LivePosition position, String words, Decision decision) {
        reconciled(position, words, decision);
        positionChanges.ended(position, null, decision);
    }

    private static void reconciled(LivePosition position, String words, Decision decision) {
        decision.log(Marker.RECONCILED, "symbol", position.symbol().name(), "detail", words);
    }
}
