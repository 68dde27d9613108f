package quantum.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.LiveIntent;
import quantum.decision.Turn;
import quantum.desk.entry.KeptMessages;
import quantum.desk.protect.Protecting;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.VenueEvent.Held;

/**
 * What is held or wished in a symbol that the exchange's rules, as they were last read, do not list. That a symbol is
 * there proves that they are old, so they are read again at once: an open waits for that, and a position is held to
 * rules of our own until then.
 */
final class Relisting {

    /** Rules read within this time are believed when they do not list a symbol. */
    private static final Duration FRESH = Duration.ofSeconds(10);

    /** An open that waits for the rules. */
    private record Waiting(LiveIntent intent, Consumer<Turn> then) {}

    private final Books books;
    private final Protecting protecting;
    private final KeptMessages kept;
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable Long readNanos;
    private boolean asks;

    Relisting(Books books, Protecting protecting, KeptMessages kept) {
        this.books = books;
        this.protecting = protecting;
        this.kept = kept;
    }

    /** True if the rules that we have are too old to say that there is no such symbol. */
    boolean isPerhapsListed(Symbol symbol, Turn turn) {
        return isUnlisted(symbol)
                && (readNanos == null || turn.now().since(readNanos).compareTo(FRESH) > 0);
    }

    private boolean isUnlisted(Symbol symbol) {
        return books.hasInstruments() && !books.isListed(symbol);
    }

    /** Decides on an open once the rules were read, or could not be. */
    void await(LiveIntent intent, Consumer<Turn> then, Turn turn) {
        kept.keep(intent);
        waiting.add(new Waiting(intent, then));
        ask(turn);
    }

    private void ask(Turn turn) {
        if (!asks) {
            asks = true;
            turn.ask(new Call.ReadRules());
        }
    }

    /** A position was found in such a symbol: it is taken in hand like any other, and named. */
    void found(Held held, Turn turn) {
        turn.alert(
                "unlisted:" + held.symbol(),
                Notice.Severity.CRITICAL,
                "found " + held.direction() + " " + held.quantity() + " at " + held.entryPrice()
                        + " in a symbol that the exchange's rules do not list; reading them again, and until then its"
                        + " stop is only tried",
                held.symbol().name());
        ask(turn);
    }

    /** The positions were read: while one is in such a symbol, so are the rules. */
    void lookAgain(Turn turn) {
        if (books.lives().all().stream().anyMatch(life -> isUnlisted(life.symbol()))) {
            ask(turn);
        }
    }

    /** The exchange's rules, or a part of them, as of a monotonic time. */
    void read(List<Instrument> instruments, long askedNanos, Turn turn) {
        instruments.forEach(books::list);
        books.lives().all().forEach(life -> fit(life, turn));
        if (readNanos == null || askedNanos - readNanos > 0) {
            readNanos = askedNanos;
            decide(turn);
        }
    }

    /** They could not be read: what waits is decided by what we have. */
    void failed(Turn turn) {
        decide(turn);
    }

    private void decide(Turn turn) {
        asks = false;
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(each -> kept.release(each.intent(), each.then(), turn));
    }

    /** A level that no live order stands at goes onto the exchange's own grid of prices. */
    private void fit(Life life, Turn turn) {
        Instrument instrument = books.instrument(life.symbol());
        if (instrument == null || !life.isOpen() || books.isLeftAlone(life)) {
            return;
        }
        for (Level level : Level.values()) {
            Price wanted =
                    level == Level.STOP ? life.plan().stop() : life.plan().target();
            Price fitting = instrument.nearestTick(wanted.value());
            if (!life.orderAt(level).isLive() && !fitting.equals(wanted)) {
                protecting.move(life, level, fitting, turn);
            }
        }
    }
}
