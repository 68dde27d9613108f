package quantum.book;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed.Reason;
import quantum.market.Symbol;
import quantum.order.OrderId;
import quantum.position.HeldOverTime;
import quantum.position.IncomeShare;
import quantum.position.RoundTrip;
import quantum.venue.Call;
import quantum.venue.Call.ReadIncome;

/** A position whose trades add up and whose end is told as soon as it is known what else was paid for it, and why it ended. */
public final class EndedPosition {

    /** Within this after its last trade a liquidation is settled with the insurance fund. */
    private static final Duration CLEARED = Duration.ofSeconds(5);

    private final LivePosition position;
    private final RoundTrip settlement;
    private final @Nullable HeldOverTime beside;
    private final long sinceNanos;
    /** Why nobody knows what the other direction held; null where it is known or does not matter. */
    private @Nullable String besideUnknown;
    /** A kind without an entry is still waited for. */
    private final Map<ReadIncome.Kind, IncomeShare> shares = new EnumMap<>(ReadIncome.Kind.class);

    /** The course is what was held of the other direction in hedge mode; null in one-way mode. */
    public EndedPosition(LivePosition position, RoundTrip settlement, @Nullable HeldOverTime beside, long sinceNanos) {
        this.position = position;
        this.settlement = settlement;
        this.beside = beside;
        this.sinceNanos = sinceNanos;
    }

    public LivePosition position() {
        return position;
    }

    public Symbol symbol() {
        return position.symbol();
    }

    public RoundTrip settlement() {
        return settlement;
    }

    /** When its trades added up. From then on its income is waited for, up to a bound (docs/decisions/0011). */
    public long sinceNanos() {
        return sinceNanos;
    }

    /** It was paid in full: there is no funding, which needs no question. */
    public void withoutFunding() {
        shares.put(ReadIncome.Kind.FUNDING, new IncomeShare.Known(BigDecimal.ZERO));
    }

    /** What was paid before a position was found is of whoever held it then. */
    public IncomeShare.Span span() {
        Instant from = position.isAdopted() ? position.birth().openedAt() : settlement.firstTradeAt();
        return new IncomeShare.Span(from, settlement.closedAt());
    }

    /** The insurance fund has a part in a position that was liquidated, if only in part; funding may be in each. */
    public boolean waitsFor(ReadIncome.Kind kind) {
        boolean may = kind == ReadIncome.Kind.FUNDING
                || settlement.orders().stream()
                        .anyMatch(order -> position.exitReasons().get(order) == Reason.LIQUIDATION);
        return may && !shares.containsKey(kind);
    }

    /** What a list of payments says of this position, which asked for it. */
    public void told(ReadIncome.Kind kind, List<Call.Payment> payments) {
        List<Call.Payment> own = payments.stream()
                .filter(payment -> payment.symbol().equals(symbol()))
                .toList();
        boolean isPaid = own.stream().anyMatch(payment -> span(kind).holds(payment.time()));
        // Where nothing was paid it does not matter who held what.
        shares.put(
                kind,
                besideUnknown != null && isPaid
                        ? new IncomeShare.Untold(besideUnknown)
                        : IncomeShare.of(span(kind), own, settlement.course(), beside));
    }

    /**
     * The insurance fund settles after the trade. That it does so within this bound is not verified
     * (docs/venues/binance-usdm.md).
     */
    private IncomeShare.Span span(ReadIncome.Kind kind) {
        IncomeShare.Span span = span();
        return kind == ReadIncome.Kind.FUNDING
                ? span
                : new IncomeShare.Span(span.from(), span.until().plus(CLEARED));
    }

    /** What was held of the other direction is not known: whatever was paid cannot be told apart. */
    public void besideIsUnknown(String why) {
        besideUnknown = why;
    }

    /** Nothing that is still waited for will be known. What is absent is in no result: a zero would be believed. */
    public void untold(String why) {
        for (ReadIncome.Kind kind : ReadIncome.Kind.values()) {
            if (waitsFor(kind)) {
                untold(kind, why);
            }
        }
    }

    public void untold(ReadIncome.Kind kind, String why) {
        shares.put(kind, new IncomeShare.Untold(why));
    }

    /** What is known; null where it is not asked for or not told yet. */
    @Nullable
    public IncomeShare share(ReadIncome.Kind kind) {
        return shares.get(kind);
    }

    /** The order that ended it, if nobody knows yet whose it was. */
    @Nullable
    public OrderId unexplained() {
        OrderId last = settlement.closedBy();
        return position.exitReasons().containsKey(last) ? null : last;
    }
}
