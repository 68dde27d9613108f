package quantum.desk.exit;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.EndedPosition;
import quantum.book.LiveOrder;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.intent.Closed.Reason;
import quantum.market.Instrument;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.position.IncomeShare;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.ReadIncome;
import quantum.venue.OrderUpdate;

/**
 * Finds out what trades do not say of a position that ended: what was paid for funding, and for its liquidation, and
 * whose order ended it (INC-I45). One reading of the income serves all that wait, because it is the dearest question
 * there is (binance-usdm 7); an end waits for it for a bounded time and is then published without. What is not known
 * is absent and alerted, never zero and never guessed (docs/decisions/0011).
 */
final class FundingAndFees {

    /** The least time between two readings of a kind. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Longer than the exchange's minute, for which our share of the limits may be used up. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Within this an order that exists may be unknown to a query (binance-usdm 3.5). */
    private static final Duration QUERY_LAG = Duration.ofSeconds(15);
    /** The exchange keeps three months (binance-usdm 7). */
    private static final Duration KEPT = Duration.ofDays(89);

    /** Times of funding kept of one symbol; the oldest go first. */
    private static final int HEARD = 200;
    /** Names our questions about orders whose own client id is not known; the exchange's id follows. */
    private static final String ENDED_BY = "ended-by-";

    private final Books books;
    /** Publishes an end; called once for each. */
    private final BiConsumer<EndedPosition, Decision> whole;
    /** By their epochs: whose trades add up, and what their ends still wait for. */
    private final Map<String, EndedPosition> waiting = new LinkedHashMap<>();

    /** When the last question of a kind left, by the monotonic clock. */
    private final Map<ReadIncome.Kind, Long> askedNanos = new EnumMap<>(ReadIncome.Kind.class);
    /** The kinds whose question has no answer yet. */
    private final Set<ReadIncome.Kind> reading = EnumSet.noneOf(ReadIncome.Kind.class);
    /** When the user stream said that funding was settled, by symbol: a list with fewer payments is late. */
    private final Map<Symbol, NavigableSet<Instant>> heard = new HashMap<>();

    /** What is whole, or waited long enough, is given to {@code whole}. */
    FundingAndFees(Books books, BiConsumer<EndedPosition, Decision> whole) {
        this.books = books;
        this.whole = whole;
    }

    /** Its trades add up, and the rest is asked for. Where nothing is missing it is published within this call. */
    void begin(EndedPosition due, Decision decision) {
        Instrument instrument = books.markets().instrument(due.symbol());
        if (instrument != null && !instrument.contract().isBorrowed()) {
            due.withoutFunding();
        }
        waiting.put(due.position().epoch(), due);
        boolean isOlder = due.span().from().isBefore(decision.now().exchange().minus(KEPT));
        if (isOlder && due.waitsFor(ReadIncome.Kind.FUNDING)) {
            // Of the time before that the exchange lists nothing: the sum of the rest would look like the whole.
            due.untold(ReadIncome.Kind.FUNDING, "it began before the three months that the exchange keeps");
        }
        // The bound after which it is published without what is missing.
        decision.wake(Timer.Kind.INCOME, due.position().epoch(), PATIENCE);
        explain(due, decision);
        finish(due, decision);
        read(decision);
    }

    /** Time to read again, or to publish an end without what could not be read. */
    void woken(String epoch, Decision decision) {
        // The bound of an end comes by its epoch. A pause that is over has no epoch, and finds nothing here.
        EndedPosition late = waiting.get(epoch);
        if (late != null) {
            late.untold("the exchange did not tell it within " + PATIENCE.toSeconds() + " s");
            give(late, decision);
        }
        waiting.values().forEach(due -> explain(due, decision));
        read(decision);
    }

    /** One reading of each kind that somebody waits for, now or after the pause. */
    private void read(Decision decision) {
        for (ReadIncome.Kind kind : ReadIncome.Kind.values()) {
            List<EndedPosition> asking =
                    waiting.values().stream().filter(due -> due.waitsFor(kind)).toList();
            Long asked = askedNanos.get(kind);
            // A question whose answer was lost with its connection must not block the kind for ever.
            boolean isReading = reading.contains(kind)
                    && asked != null
                    && decision.now().since(asked).compareTo(PATIENCE) < 0;
            if (asking.isEmpty() || isReading) {
                continue;
            }
            Duration rest =
                    asked == null ? Duration.ZERO : PAUSE.minus(decision.now().since(asked));
            // Of ninety positions that are flattened at once, one reading in 5 s asks for all; one for each would
            // cost 2700 of the 2400 a minute (binance-usdm 8.1).
            if (rest.isPositive()) {
                decision.wake(Timer.Kind.INCOME, "", rest);
            } else {
                askedNanos.put(kind, decision.now().nanos());
                reading.add(kind);
                decision.ask(question(kind, asking));
            }
        }
    }

    /** By name where all that wait are of one symbol, else of all symbols; from the earliest of their beginnings. */
    private static ReadIncome question(ReadIncome.Kind kind, List<EndedPosition> waiting) {
        Set<Symbol> symbols = waiting.stream().map(EndedPosition::symbol).collect(Collectors.toSet());
        Instant since = waiting.stream()
                .map(due -> due.span().from())
                .min(Comparator.naturalOrder())
                .orElseThrow();
        return new ReadIncome(kind, symbols.size() == 1 ? symbols.iterator().next() : null, since);
    }

    /** The income was read; it answers those who waited when the question left. */
    void paid(ReadIncome call, List<Call.Payment> payments, long asked, Decision decision) {
        reading.remove(call.kind());
        for (EndedPosition due : List.copyOf(waiting.values())) {
            // A question from before the end cannot have seen what was paid with it, and one about another symbol or
            // a later time says nothing of it.
            boolean isCovered = due.sinceNanos() - asked <= 0
                    && (call.symbol() == null || call.symbol().equals(due.symbol()))
                    && !due.span().from().isBefore(call.since());
            if (isCovered && due.waitsFor(call.kind()) && !isIncomplete(call.kind(), due, payments)) {
                due.told(call.kind(), payments);
                finish(due, decision);
            }
        }
        read(decision);
    }

    /** The reading failed. The next one leaves after the pause, until each end has waited out its bound. */
    void unpaid(ReadIncome call, Decision decision) {
        reading.remove(call.kind());
        read(decision);
    }

    /** The list may lag behind the stream: then fewer payments are listed than were heard of. */
    private boolean isIncomplete(ReadIncome.Kind kind, EndedPosition due, List<Call.Payment> payments) {
        NavigableSet<Instant> known = heard.get(due.symbol());
        // The stream announces funding alone; of the insurance fund's part nobody hears before it is listed.
        if (kind != ReadIncome.Kind.FUNDING || known == null) {
            return false;
        }
        // Times and not rows: in hedge mode a long and a short are paid in the same moment.
        long listed = payments.stream()
                .filter(p -> p.symbol().equals(due.symbol()) && due.span().holds(p.time()))
                .map(Call.Payment::time)
                .distinct()
                .count();
        return known.stream().filter(due.span()::holds).count() > listed;
    }

    /**
     * The stream said that funding was settled in a symbol. No amount is taken from it: a missed frame would falsify
     * the result for ever (docs/decisions/0001).
     */
    void funded(Symbol symbol, Instant at) {
        // Symbols in which nothing is held or ending are let go, so that this stays small.
        heard.keySet()
                .removeIf(old -> books.allPositions().stream()
                        .noneMatch(position -> position.symbol().equals(old)));
        NavigableSet<Instant> times = heard.computeIfAbsent(symbol, _ -> new TreeSet<>());
        times.add(at);
        if (times.size() > HEARD) {
            times.pollFirst();
        }
    }

    /**
     * Where nobody heard of the order whose trade ended it, the exchange is asked by its id: the client id says
     * whether a stop of ours, another hand or the exchange sent it (binance-usdm 5.2).
     */
    private void explain(EndedPosition due, Decision decision) {
        OrderId order = due.unexplained();
        if (order != null) {
            decision.ask(new Call.QueryOrder(new ClientOrderId(ENDED_BY + order.value()), due.symbol(), order));
            // Asked again until it is answered or the end has waited out its bound.
            decision.wake(Timer.Kind.INCOME, "", PAUSE);
        }
    }

    /** The answer about an order that ended a position and that the stream did not name; false if it is none. */
    boolean told(ClientOrderId id, Answer<OrderUpdate> answer, Decision decision) {
        if (!id.value().startsWith(ENDED_BY)) {
            return false;
        }
        OrderId order = new OrderId(id.value().substring(ENDED_BY.length()));
        for (EndedPosition due : List.copyOf(waiting.values())) {
            if (order.equals(due.unexplained())) {
                Reason reason = reason(due, answer, decision);
                if (reason != null) {
                    due.position().endedBy(order, reason);
                    decision.changed(due.position());
                    finish(due, decision);
                }
            }
        }
        read(decision);
        return true;
    }

    /**
     * Null while the answer says nothing of the order, as one of a busy exchange: that once made an end external
     * (seed 28122). An order that is still unknown long after its trade is another hand's.
     */
    private @Nullable Reason reason(EndedPosition due, Answer<OrderUpdate> answer, Decision decision) {
        return switch (answer) {
            case Answer.Accepted<OrderUpdate>(OrderUpdate update) -> reason(due, update);
            case Answer.Denied<OrderUpdate>(var _, var _, Answer.Cause cause)
            when cause == Answer.Cause.UNKNOWN_ORDER
                    && decision.now().since(due.sinceNanos()).compareTo(QUERY_LAG) > 0 -> Reason.EXTERNAL;
            case Answer.Denied<OrderUpdate> _, Answer.NoAnswer<OrderUpdate> _, Answer.NotSent<OrderUpdate> _ -> null;
        };
    }

    /** A close of ours may have ended it before anybody proved that it was executed. */
    private Reason reason(EndedPosition due, OrderUpdate update) {
        LiveOrder own = books.order(update.clientId());
        Reason reason = own == null ? null : own.task().cause().exitReason();
        return reason == null ? UnsentOrders.reason(due.position(), update) : reason;
    }

    /** Publishes an end as soon as nothing is missing any more. */
    private void finish(EndedPosition due, Decision decision) {
        boolean isWhole = due.unexplained() == null
                && List.of(ReadIncome.Kind.values()).stream().noneMatch(due::waitsFor);
        if (isWhole) {
            give(due, decision);
        }
    }

    /** Publishes an end with what is known, and says of each figure that is absent why it is. */
    private void give(EndedPosition due, Decision decision) {
        waiting.remove(due.position().epoch());
        for (ReadIncome.Kind kind : ReadIncome.Kind.values()) {
            if (due.share(kind) instanceof IncomeShare.Untold(String why)) {
                decision.alert(
                        (kind == ReadIncome.Kind.FUNDING ? "funding-unknown:" : "clearance-unknown:")
                                + due.position().epoch(),
                        Notice.Severity.WARNING,
                        "a position's end is told without its " + kind.name().toLowerCase(Locale.ROOT) + ": " + why,
                        due.symbol().name());
            }
        }
        whole.accept(due, decision);
    }
}
