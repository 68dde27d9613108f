package quantum.desk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LivePosition;
import quantum.decision.Decision;
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
    private record Waiting(LiveIntent intent, Consumer<Decision> then) {}

    private final Books books;
    private final Protecting protecting;
    private final KeptMessages kept;
    private final List<Waiting> waiting = new ArrayList<>();
    private @Nullable Long readNanos;
    /** One question for the rules serves all that wait for them. */
    private boolean asks;

    Relisting(Books books, Protecting protecting, KeptMessages kept) {
        this.books = books;
        this.protecting = protecting;
        this.kept = kept;
    }

    /** True if the rules that we have are too old to say that there is no such symbol. */
    boolean isPerhapsListed(Symbol symbol, Decision decision) {
        return isUnlisted(symbol)
                && (readNanos == null || decision.now().since(readNanos).compareTo(FRESH) > 0);
    }

    /** Before any rules were read no symbol counts as unlisted. */
    private boolean isUnlisted(Symbol symbol) {
        return books.markets().hasInstruments() && !books.markets().isListed(symbol);
    }

    /** Decides on an open once the rules were read, or could not be. Its message stays with the bus until then. */
    void await(LiveIntent intent, Consumer<Decision> then, Decision decision) {
        kept.keep(intent);
        waiting.add(new Waiting(intent, then));
        ask(decision);
    }

    private void ask(Decision decision) {
        if (!asks) {
            asks = true;
            decision.ask(new Call.ReadRules());
        }
    }

    /** A position was found in such a symbol: it is taken in hand like any other, and named. */
    void found(Held held, Decision decision) {
        decision.alert(
                "unlisted:" + held.symbol(),
                Notice.Severity.CRITICAL,
                "found " + held.direction() + " " + held.quantity() + " at " + held.entryPrice()
                        + " in a symbol that the exchange's rules do not list; reading them again, and until then its"
                        + " stop is only tried",
                held.symbol().name());
        ask(decision);
    }

    /** The positions were read: while one is in such a symbol, so are the rules. */
    void lookAgain(Decision decision) {
        if (books.positions().all().stream().anyMatch(position -> isUnlisted(position.symbol()))) {
            ask(decision);
        }
    }

    /**
     * The exchange's rules, or a part of them, as of a monotonic time. A part, such as one symbol that was closed to
     * opens, adds to what is known.
     */
    void read(List<Instrument> instruments, long askedNanos, Decision decision) {
        instruments.forEach(books.markets()::list);
        books.positions().all().forEach(position -> fit(position, decision));
        // A part bears the time of the last whole reading, so that it decides on no open; nor does an answer that was
        // overtaken.
        if (readNanos == null || askedNanos - readNanos > 0) {
            readNanos = askedNanos;
            decide(decision);
        }
    }

    /**
     * They could not be read: what waits is decided by what we have. An open is then refused as SYMBOL_UNKNOWN; waiting
     * on would make it stale.
     */
    void failed(Decision decision) {
        decide(decision);
    }

    /** In the order in which they came. */
    private void decide(Decision decision) {
        asks = false;
        List<Waiting> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(each -> kept.release(each.intent(), each.then(), decision));
    }

    /**
     * A level that no live order stands at goes onto the exchange's own grid of prices. A live one is left where the
     * exchange took it.
     */
    private void fit(LivePosition position, Decision decision) {
        Instrument instrument = books.markets().instrument(position.symbol());
        if (instrument == null || !position.isOpen() || books.isLeftAlone(position)) {
            return;
        }
        for (Level level : Level.values()) {
            Price wanted = level == Level.STOP
                    ? position.plan().stop()
                    : position.plan().target();
            Price fitting = instrument.nearestTick(wanted.value());
            if (!position.orderAt(level).isLive() && !fitting.equals(wanted)) {
                protecting.move(position, level, fitting, decision);
            }
        }
    }
}
