package quantum.desk.exit;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.intent.Closed.Reason;
import quantum.market.Symbol;
import quantum.order.Purpose;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.RestingOrder;

/**
 * Orders on the book that stand in the way of what a person or the desk wants: of a close, because they use the
 * position up (X-F1), and of staying flat, because they can open again (X-F13). They are named and never taken off:
 * most are not ours, and orders of others are never changed (INV-36).
 */
public final class Obstacles {

    /** Pauses of 1, 2, 4 to 32 s: a close that was tried again each second used up the weight of all others (X-F3). */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    /** From 32 s on it grows no more, since the order in the way may go without a word of the stream. */
    private static final int MOST_DOUBLINGS = 5;
    /** Orders that an alert names; the rest is only counted, because a person has to read it. */
    private static final int NAMED = 5;

    private final Books books;
    /** Of which the book was asked for because it is proven flat: symbols, or everything. Each answer is for its own. */
    private final Set<Question> asked = new HashSet<>();

    /** A symbol, or all where it is null; a type of its own, so that "all" differs from "nothing asked". */
    private record Question(@Nullable Symbol symbol) {}

    public Obstacles(Books books) {
        this.books = books;
    }

    /**
     * A close was refused because nothing is left to reduce (-2022, -4118), while the position is held as far as is
     * known. Returns the pause before the next try: only readings show which of the two is true.
     */
    public Duration closeRefused(LivePosition position, Decision decision) {
        int refusals = position.closes().countRefused();
        decision.ask(new Call.ReadPositions());
        // Once: conditional orders cost 40 to list (binance-usdm 4.1), and ours do not change with each refusal.
        if (refusals == 1) {
            decision.ask(new Call.ReadConditionals());
        }
        return FIRST_PAUSE.multipliedBy(1L << Math.clamp(refusals - 1, 0, MOST_DOUBLINGS));
    }

    /**
     * A reading shows that a position is held whose close was refused: what uses it up is looked for. Before that
     * nobody is alarmed: the refusal may only say that the position has just ended.
     */
    public void held(LivePosition position, Decision decision) {
        if (position.closes().isUnexplained()) {
            // Once for each refusal, and for its symbol alone: a list of all costs more weight.
            position.closes().explain();
            decision.ask(new Call.ReadOrders(position.symbol()));
        }
    }

    /** An order that we did not send is over: the close that it stood in the way of leaves at once (seed 85674). */
    void gone(OrderUpdate order, Decision decision) {
        for (LivePosition position : books.positions().in(order.symbol())) {
            Reason wanted = position.closes().wanted();
            // Only an order of the closing side can have used the position up.
            if (wanted != null
                    && position.closes().refused() > 0
                    && position.direction().exit() == order.side()) {
                closeAgain(position, wanted, Duration.ZERO, decision);
            }
        }
    }

    /**
     * Another close of what is left leaves after the pause, whatever prices say meanwhile: the reason for it stands,
     * though the level that gave it may not.
     */
    public static void closeAgain(LivePosition position, Reason reason, Duration pause, Decision decision) {
        position.closes().dueAt(decision.now().plus(pause).nanos(), reason);
        // Epoch and reason are all that the wake-up brings, so both stand in its subject.
        decision.wake(Timer.Kind.EXIT, position.epoch() + " " + reason.name(), pause);
    }

    /**
     * Everything that was ordered to be closed is, as the exchange has proven: what could open it again is looked
     * for, in one symbol or, where it is null, in all.
     */
    public void flat(@Nullable Symbol symbol, Decision decision) {
        asked.add(new Question(symbol));
        decision.ask(new Call.ReadOrders(symbol));
    }

    /**
     * The orders on the book, of one symbol or, where it is null, of all. One list may answer both questions: what
     * can open again, and what is in the way of a close.
     */
    public void read(@Nullable Symbol symbol, List<RestingOrder> orders, Decision decision) {
        if (asked.remove(new Question(symbol))) {
            tellWhatCanOpen(symbol, orders, decision);
        }
        for (LivePosition position : books.positions().all()) {
            if (position.closes().refused() > 0
                    && (symbol == null || position.symbol().equals(symbol))) {
                tellWhatIsInTheWay(position, orders, decision);
            }
        }
    }

    /** A resting entry opened a position again after a flatten that was proven (X-F13). What only reduces cannot. */
    private static void tellWhatCanOpen(@Nullable Symbol symbol, List<RestingOrder> orders, Decision decision) {
        List<RestingOrder> opening =
                orders.stream().filter(order -> !order.reduceOnly()).toList();
        if (!opening.isEmpty()) {
            decision.alert(
                    "flat-not-for-long",
                    Notice.Severity.CRITICAL,
                    "flattened, but orders rest that can open a position again: " + named(opening)
                            + "; take them off by hand, or what they open is found and protected",
                    symbol == null ? "" : symbol.name());
        }
    }

    /**
     * Orders of the closing side, reduce-only or not: the exchange counts each against the position (binance-usdm
     * 3.4). Where none is found the contradiction itself is alerted.
     */
    private static void tellWhatIsInTheWay(LivePosition position, List<RestingOrder> orders, Decision decision) {
        List<RestingOrder> using = orders.stream()
                .filter(order -> order.symbol().equals(position.symbol())
                        && order.side() == position.direction().exit())
                .toList();
        String words = using.isEmpty()
                ? "the exchange says that nothing is left to reduce, and shows the position"
                : "orders on the book use the position up: " + named(using) + "; take them off to let it close";
        decision.alert(
                "close-blocked:" + position.epoch(),
                Notice.Severity.CRITICAL,
                words + "; the close is tried again with a growing pause",
                position.symbol().name());
    }

    private static String named(List<RestingOrder> orders) {
        String first = orders.stream().limit(NAMED).map(RestingOrder::words).collect(Collectors.joining("; "));
        return orders.size() <= NAMED ? first : first + "; and " + (orders.size() - NAMED) + " more";
    }

    /**
     * True for a close that an intent asked for, of all that was held: the desk goes on where it was refused. A part
     * that was refused is left to its producer, who may want another part by then.
     */
    public static boolean wasOfEverything(LiveOrder order, LivePosition position) {
        return order.task().purpose() == Purpose.CLOSE
                && order.task().quantity().value().compareTo(position.quantity()) == 0;
    }
}
