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
 * Finds out what trades do not tell of a position that ended: what was paid for funding, and for its liquidation, and whose
 * order ended it. One reading of the income serves all that wait, because it is the dearest question there is (binance-usdm
 * 7); an end waits for it for a bounded time and is then told without.
 */
public final class FundingAndFees {

    /** The least time between two readings of a kind. */
    private static final Duration PAUSE = Duration.ofSeconds(5);
    /** Longer than the exchange's minute, for which our share of the limits may be used up. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    /** Within this an order that exists may be unknown to a query (binance-usdm 3.5). */
    private static final Duration QUERY_LAG = Duration.ofSeconds(15);
    /** The exchange keeps three months (binance-usdm 7). */
    private static final Duration KEPT = Duration.ofDays(89);

    private static final int HEARD = 200;
    private static final String ENDED_BY = "ended-by-";

    private final Books books;
    private final BiConsumer<EndedPosition, Decision> whole;
    /** By their epochs: whose trades add up, and what their ends still wait for. */
    private final Map<String, EndedPosition> waiting = new LinkedHashMap<>();

    private final Map<ReadIncome.Kind, Long> askedNanos = new EnumMap<>(ReadIncome.Kind.class);
    private final Set<ReadIncome.Kind> reading = EnumSet.noneOf(ReadIncome.Kind.class);
    private final Map<Symbol, NavigableSet<Instant>> heard = new HashMap<>();

    /** What is whole, or waited long enough, is given to {@code whole}. */
    FundingAndFees(Books books, BiConsumer<EndedPosition, Decision> whole) {
        this.books = books;
        this.whole = whole;
    }

    void begin(EndedPosition due, Decision decision) {
        waiting.put(due.position().epoch(), due);
        if (due.span().from().isBefore(decision.now().exchange().minus(KEPT))) {
            due.untold(ReadIncome.Kind.FUNDING, "it began before the three months that the exchange keeps");
        }
        decision.wake(Timer.Kind.INCOME, due.position().epoch(), PATIENCE);
        explain(due, decision);
        finish(due, decision);
        read(decision);
    }

    /** Time to read again, or to tell an end without what could not be read. */
    void woken(String epoch, Decision decision) {
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
            boolean isReading = reading.contains(kind)
                    && asked != null
                    && decision.now().since(asked).compareTo(PATIENCE) < 0;
            if (asking.isEmpty() || isReading) {
                continue;
            }
            Duration rest =
                    asked == null ? Duration.ZERO : PAUSE.minus(decision.now().since(asked));
            if (rest.isPositive()) {
                decision.wake(Timer.Kind.INCOME, "", rest);
            } else {
                askedNanos.put(kind, decision.now().nanos());
                reading.add(kind);
                decision.ask(question(kind, asking));
            }
        }
    }

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

    void unpaid(ReadIncome call, Decision decision) {
        reading.remove(call.kind());
        read(decision);
    }

    /** The list may lag behind the stream: then fewer payments are listed than were heard of. */
    private boolean isIncomplete(ReadIncome.Kind kind, EndedPosition due, List<Call.Payment> payments) {
        NavigableSet<Instant> known = heard.get(due.symbol());
        if (kind != ReadIncome.Kind.FUNDING || known == null) {
            return false;
        }
        long listed = payments.stream()
                .filter(p -> p.symbol().equals(due.symbol()) && due.span().holds(p.time()))
                .map(Call.Payment::time)
                .distinct()
                .count();
        return known.stream().filter(due.span()::holds).count() > listed;
    }

    /** The stream told that funding was settled in a symbol. */
    void funded(Symbol symbol, Instant at) {
        heard.keySet()
                .removeIf(old -> books.allPositions().stream()
                        .noneMatch(position -> position.symbol().equals(old)));
        NavigableSet<Instant> times = heard.computeIfAbsent(symbol, _ -> new TreeSet<>());
        times.add(at);
        if (times.size() > HEARD) {
            times.pollFirst();
        }
    }

    private void explain(EndedPosition due, Decision decision) {
        OrderId order = due.unexplained();
        if (order != null) {
            decision.ask(new Call.QueryOrder(new ClientOrderId(ENDED_BY + order.value()), due.symbol(), order));
            decision.wake(Timer.Kind.INCOME, "", PAUSE);
        }
    }

    /** The answer about an order that ended a position and that the stream did not tell of; false if it is none. */
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

    private void finish(EndedPosition due, Decision decision) {
        boolean isWhole = due.unexplained() == null
                && List.of(ReadIncome.Kind.values()).stream().noneMatch(due::waitsFor);
        if (isWhole) {
            give(due, decision);
        }
    }

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
