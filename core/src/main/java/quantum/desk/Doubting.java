package quantum.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.Succession;
import quantum.book.ToldAmounts;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.decision.Turn;
import quantum.desk.exit.Settling;
import quantum.market.Symbol;
import quantum.position.PositionEvent;
import quantum.position.PositionLifecycle;
import quantum.position.Settlement;
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

    private static final Duration FIRST_LOOK = Duration.ofSeconds(1);

    private final Books books;
    private final Lives lives;

    Doubting(Books books, Lives lives) {
        this.books = books;
        this.lives = lives;
    }

    /** A reading of the positions does not show what is held. */
    void lacked(Life life, long askedNanos, Turn turn) {
        boolean isFirst = life.doubtedSince() == null;
        PositionEvent missing = missing(askedNanos, turn);
        if (!PositionLifecycle.next(life.state(), missing).isOpen()) {
            over(life, "the position was closed outside", turn);
        } else if (isFirst) {
            doubt(life, "a reading of the positions lacks it", missing, turn);
        }
    }

    /** A reading shows a position of the other direction; true once that is believed. */
    boolean turned(Life life, Held held, long askedNanos, Turn turn) {
        Long since = life.doubtedSince();
        if (since == null) {
            doubt(life, "a reading of the positions shows it turned", missing(askedNanos, turn), turn);
            turn.ask(new Call.ReadPositions());
        } else if (askedNanos - since > 0 && !mayLag(life, held, askedNanos)) {
            over(life, "the position was turned outside", turn);
            return true;
        }
        return false;
    }

    /** Two lists may lag behind the same trade, and then both show the side that was held before it (seed 3574). */
    private boolean mayLag(Life life, Held held, long askedNanos) {
        return askedNanos - life.touchedNanos() < ToldAmounts.LAG.toNanos()
                && !books.told().confirms(books.lives().place(life.symbol(), life.direction()), held, life);
    }

    /** A reading shows what is held after one that did not. */
    void shown(Life life, Held held, Turn turn) {
        if (life.doubtedSince() == null) {
            return;
        }
        life.on(new PositionEvent.Shown());
        reconciled(life, "the position is there with " + held.quantity() + "; one reading lacked it", turn);
        turn.alert(
                "reading-doubted:" + life.epoch(),
                Notice.Severity.WARNING,
                "one reading of the positions lacked the "
                        + life.direction().name().toLowerCase(Locale.ROOT)
                        + " position, and a later one shows it; nothing was taken off",
                life.symbol().name());
    }

    private PositionEvent missing(long askedNanos, Turn turn) {
        Duration absence = books.rules().reading().absence();
        return new PositionEvent.Missing(askedNanos, absence, turn.now().exchange());
    }

    private static void doubt(Life life, String words, PositionEvent missing, Turn turn) {
        life.on(missing);
        reconciled(life, words + "; asking for its trades and once more for the positions", turn);
        turn.ask(trades(life));
        turn.wake(Timer.Kind.DOUBT, life.epoch(), FIRST_LOOK);
    }

    private static Call.ReadTrades trades(Life life) {
        Instant since = life.birth().openedAt();
        return new Call.ReadTrades(life.symbol(), life.isAdopted() ? since : since.minus(Settling.SLACK));
    }

    /** Again and again, with twice the pause, and at the latest when an absence would have lasted long enough. */
    void woken(Life life, Turn turn) {
        Long since = life.doubtedSince();
        if (since == null) {
            return;
        }
        turn.ask(trades(life));
        turn.ask(new Call.ReadPositions());
        Duration lasted = turn.now().since(since);
        Duration left = books.rules().reading().absence().minus(lasted);
        Duration pause = left.compareTo(FIRST_LOOK) < 0 || left.compareTo(lasted) > 0 ? lasted : left;
        turn.wake(Timer.Kind.DOUBT, life.epoch(), pause.compareTo(FIRST_LOOK) < 0 ? FIRST_LOOK : pause);
    }

    /** The trades of a symbol: the second witness of an end. */
    void told(Symbol symbol, List<Call.Trade> trades, long askedNanos, Turn turn) {
        for (Life life : List.copyOf(books.lives().in(symbol))) {
            Long since = life.doubtedSince();
            boolean isLater = since != null && askedNanos - since >= 0 && askedNanos - life.touchedNanos() > 0;
            boolean isMoving = books.isMoving(books.lives().place(symbol, life.direction()));
            Settlement end = isLater && !isMoving ? end(life, trades) : null;
            if (end != null) {
                reconciled(life, "the position was closed outside, as its trades show", turn);
                lives.succeeded(life, end, Succession.of(life, end, Settling.ofLife(life, trades)), turn);
                turn.ask(new Call.ReadPositions());
            }
        }
    }

    private static @Nullable Settlement end(Life life, List<Call.Trade> trades) {
        return Settlement.of(
                        life.direction(),
                        Settling.ofLife(life, trades),
                        life.entryOrders(),
                        life.birth().found())
                .orElse(null);
    }

    private void over(Life life, String words, Turn turn) {
        reconciled(life, words, turn);
        lives.ended(life, null, turn);
    }

    private static void reconciled(Life life, String words, Turn turn) {
        turn.log(Marker.RECONCILED, "symbol", life.symbol().name(), "detail", words);
    }
}
