package quantum.desk.exit;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.EndedPosition;
import quantum.book.LivePosition;
import quantum.book.Succession;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.order.Purpose;
import quantum.position.HeldOverTime;
import quantum.position.IncomeShare;
import quantum.position.PositionEvent;
import quantum.position.PositionMode;
import quantum.position.PositionState;
import quantum.position.RoundTrip;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;

/**
 * Adds up the trades of a position that ended, lets {@link FundingAndFees} find what they do not say, and publishes
 * the position's one {@code trade.closed} (INV-29, docs/decisions/0001).
 */
public final class ClosedTrades {

    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** The trades of an entry may be dated a little before its position was heard of. */
    public static final Duration SLACK = Duration.ofSeconds(60);
    /** By this reading, a second after the first, the trades of what ended it are listed. */
    private static final int LISTED = 2;
    /** After so many readings that do not add up a person is alerted, and it is read less and less often. */
    private static final int PATIENCE = 10;
    /** So many, about a minute: long enough to prove what became of the other direction's orders. */
    private static final int BESIDE_PATIENCE = 20;

    private static final int SELDOM = 60;

    private final Books books;
    private final Exits exits;
    private final Liquidations liquidations;
    private final FundingAndFees fundingAndFees;
    private final OtherDirection otherDirection;

    public ClosedTrades(Books books, Exits exits, Liquidations liquidations) {
        this.books = books;
        this.exits = exits;
        this.liquidations = liquidations;
        this.fundingAndFees = new FundingAndFees(books, this::publish);
        this.otherDirection = new OtherDirection(books);
    }

    /** Where nobody named the trade that ended it: dated now. The reason is null where it is not known yet. */
    public void begin(LivePosition position, @Nullable Reason known, Decision decision) {
        begin(position, known, decision.now().exchange(), decision);
    }

    /** The same with the time of the trade that ended it, which may lie some milliseconds ahead of our clock. */
    public void begin(LivePosition position, @Nullable Reason known, Instant closedAt, Decision decision) {
        Instant now = decision.now().exchange();
        position.end(known, decision.now().nanos(), closedAt.isAfter(now) ? closedAt : now);
        books.positions().remove(position, decision.now().nanos());
        books.settle(position);
        decision.changed(position);
        ask(position, decision);
    }

    /** More of its entry was executed: the position goes on. */
    public void resume(
            LivePosition position, PositionEvent event, Quantity held, BigDecimal notional, Decision decision) {
        books.settled(position);
        books.positions().put(position);
        position.resume(event, held, notional, decision.now().nanos());
        decision.changed(position);
    }

    public void ask(LivePosition position, Decision decision) {
        if (position.state() instanceof PositionState.Ended ended) {
            Instant since = position.birth().openedAt();
            decision.ask(new Call.ReadTrades(position.symbol(), position.isAdopted() ? since : since.minus(SLACK)));
            int pause = Math.clamp(Math.max(ended.readings(), ended.failures()) - PATIENCE, 1, SELDOM);
            decision.wake(Timer.Kind.SETTLE, position.epoch(), AGAIN.multipliedBy(pause));
        }
    }

    /** A list of a symbol's trades: every end in the symbol that waits is held against it. */
    public void told(Symbol symbol, List<Call.Trade> all, long askedNanos, Decision decision) {
        for (LivePosition position : books.settling()) {
            if (position.symbol().equals(symbol) && position.state() instanceof PositionState.Ended) {
                List<Call.Trade> trades = readings(position) < PATIENCE ? OwnTrades.of(books, position, all) : all;
                RoundTrip settlement = RoundTrip.of(
                                position.direction(),
                                ofLife(position, trades),
                                position.entryOrders(),
                                position.birth().found(),
                                end(position, trades, decision))
                        .orElse(null);
                if (settlement == null) {
                    leavesSomething(position, trades, decision);
                } else if (lacks(position, trades, decision)) {
                    position.on(new PositionEvent.Incomplete());
                } else if (awaitsEntry(position, settlement, trades)) {
                    position.on(new PositionEvent.Incomplete());
                    tellUnsettled(
                            position,
                            Notice.Severity.WARNING,
                            "a position ended while an order that may belong to it is not proven yet; its end waits for that",
                            decision);
                } else {
                    settled(position, settlement, trades, askedNanos, decision);
                }
            }
        }
    }

    /** What is known of its end: that nothing was held then, and whether the list goes so far. Lists lag by seconds. */
    private RoundTrip.End end(LivePosition position, List<Call.Trade> trades, Decision decision) {
        boolean isHeard =
                books.told().isFlatSince(position) && !position.heard().isMoreThan(trades, position.isAdopted());
        LivePosition held = books.positions().at(position.symbol(), position.direction());
        boolean isOld = decision.now().since(position.touchedNanos()).compareTo(SLACK) >= 0
                && (held == null || held.direction() != position.direction());
        Set<OrderId> reducing = position.exitReasons().entrySet().stream()
                .filter(order -> order.getValue() != Reason.EXTERNAL)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new RoundTrip.End(reducing, isHeard || isOld);
    }

    /**
     * A list that adds up may lack what was heard (seed 1569), and without rules nobody knows in which asset its fees
     * are counted: then a later list is waited for, and after a minute this one is taken.
     */
    private boolean lacks(LivePosition position, List<Call.Trade> trades, Decision decision) {
        boolean isListed = books.markets().isListed(position.symbol());
        int readings = readings(position);
        if (!isListed && readings % PATIENCE == 0) {
            decision.ask(new Call.ReadRules());
        }
        return readings < BESIDE_PATIENCE && (!isListed || position.heard().isMoreThan(trades, position.isAdopted()));
    }

    /** They could not be read, for good where {@code isFinal}: less and less often, and a person is alerted (X-F7). */
    public void unread(Symbol symbol, String cause, boolean isFinal, Decision decision) {
        for (LivePosition position : books.settling()) {
            boolean isAsked = position.symbol().equals(symbol) && position.state() instanceof PositionState.Ended;
            if (isAsked
                    && !(isFinal && UntracedEnds.isOver(position, "they cannot be read (" + cause + ")", decision))) {
                position.on(new PositionEvent.Unread());
                if (position.state() instanceof PositionState.Ended now && now.failures() == (isFinal ? 1 : PATIENCE)) {
                    decision.alert(
                            "trades-unread:" + position.epoch(),
                            Notice.Severity.CRITICAL,
                            "the trades of a position that ended cannot be read (" + cause
                                    + "); its end is not published yet, and they are asked for less and less often",
                            position.symbol().name());
                }
            }
        }
    }

    private static void leavesSomething(LivePosition position, List<Call.Trade> trades, Decision decision) {
        position.on(new PositionEvent.StillHeld());
        if (UntracedEnds.isOver(position, ofLife(position, trades), decision)) {
            return;
        }
        if (readings(position) == LISTED) {
            // More of it is held than anybody heard of, and nothing protects it any more (law 4).
            decision.ask(new Call.ReadPositions());
        }
        tellUnsettled(
                position,
                Notice.Severity.CRITICAL,
                "the trades of a position that ended do not add up to zero; its end is not published yet",
                decision);
    }

    private static void tellUnsettled(
            LivePosition position, Notice.Severity severity, String words, Decision decision) {
        if (readings(position) == PATIENCE) {
            decision.alert(
                    "unsettled:" + position.epoch(),
                    severity,
                    words,
                    position.symbol().name());
        }
    }

    private static int readings(LivePosition position) {
        return position.state() instanceof PositionState.Ended ended ? ended.readings() : 0;
    }

    /**
     * Whether an order whose outcome nobody here knows yet may have made this position or added to it: its proof
     * comes first, and whatever it executed belongs to this position (seeds 11529, 48254), also where the other trades add
     * up without it (seed 60032).
     */
    private boolean awaitsEntry(LivePosition position, RoundTrip settlement, List<Call.Trade> trades) {
        // By the exchange's own times: an end is dated by our clock, which may be behind.
        Instant last = ofLife(position, trades).stream()
                .map(Call.Trade::time)
                .max(Instant::compareTo)
                .orElse(Instant.EPOCH);
        Set<OrderId> entered = trades.stream()
                .filter(t ->
                        t.side() == position.direction().entry() && !t.time().isAfter(last))
                .map(Call.Trade::orderId)
                .filter(id -> !position.entryOrders().contains(id))
                .collect(Collectors.toSet());
        boolean unexplained = entered.stream().anyMatch(settlement.orders()::contains);
        return books.unfinished().stream()
                .filter(order -> order.task().purpose() == Purpose.OPEN && books.wasToEnlarge(position, order))
                .anyMatch(order -> {
                    OrderId id = order.state().orderId();
                    return (id == null ? unexplained : entered.contains(id)) || Books.mayHaveMade(position, order);
                });
    }

    /**
     * What was traded before a position was found is in what was found, and before the rest of an order was executed,
     * of the life of its first part; another position may have asked for more. What was traded after the end by an
     * order that is not known to be its own is of the next position. In hedge mode each trade names its position.
     */
    public static List<Call.Trade> ofLife(LivePosition position, List<Call.Trade> trades) {
        boolean fromBirth = position.isAdopted() || position.isRest();
        return trades.stream()
                .filter(t -> t.position() == null || t.position() == position.direction())
                .filter(t -> !fromBirth || !t.time().isBefore(position.birth().openedAt()))
                .filter(t -> position.isBeforeEnd(t.time())
                        || position.exitReasons().containsKey(t.orderId())
                        || position.entryOrders().contains(t.orderId()))
                .toList();
    }

    private void settled(
            LivePosition position, RoundTrip settlement, List<Call.Trade> trades, long askedNanos, Decision decision) {
        long now = decision.now().nanos();
        part(position, settlement, ofLife(position, trades), decision);
        if (books.rules().positions() == PositionMode.ONE_WAY) {
            addedUp(new EndedPosition(position, settlement, null, now), decision);
            return;
        }
        HeldOverTime beside = otherDirection.during(position, trades, askedNanos);
        if (beside == null && readings(position) + 1 < BESIDE_PATIENCE) {
            position.on(new PositionEvent.Incomplete());
        } else {
            EndedPosition due = new EndedPosition(position, settlement, beside, now);
            if (beside == null) {
                due.besideIsUnknown("what was held of the other direction does not agree with its trades");
            }
            addedUp(due, decision);
        }
    }

    private void addedUp(EndedPosition due, Decision decision) {
        due.position().on(new PositionEvent.AddsUp());
        fundingAndFees.begin(due, decision);
    }

    /** What entered after this end is of the next position, which may have ended since as well. */
    private void part(LivePosition position, RoundTrip settlement, List<Call.Trade> trades, Decision decision) {
        Succession next = Succession.of(position, settlement, trades);
        if (next == null || books.positionOf(next.epoch()) != null) {
            return;
        }
        // From here on its orders are its own alone, whenever the first position is read again.
        LivePosition rest = next.begin();
        // Both ended when the first did: what was decided on since then enlarges neither (seed 42160).
        rest.end(position.endReason(), position.touchedNanos(), position.endedAt());
        books.settle(rest);
        decision.changed(rest);
        decision.changed(position);
        ask(rest, decision);
    }

    /** The answer about an order; false if nobody here asked about it. */
    public boolean told(ClientOrderId id, Answer<OrderUpdate> answer, Decision decision) {
        return fundingAndFees.told(id, answer, decision);
    }

    public void paid(Call.ReadIncome call, List<Call.Payment> payments, long asked, Decision decision) {
        fundingAndFees.paid(call, payments, asked, decision);
    }

    public void unpaid(Call.ReadIncome call, Decision decision) {
        fundingAndFees.unpaid(call, decision);
    }

    public void funded(Symbol symbol, Instant at) {
        fundingAndFees.funded(symbol, at);
    }

    public void woken(String epoch, Decision decision) {
        fundingAndFees.woken(epoch, decision);
    }

    private static @Nullable BigDecimal known(@Nullable IncomeShare share) {
        return share instanceof IncomeShare.Known(BigDecimal amount) ? amount : null;
    }

    private static void tellFees(LivePosition position, Map<String, BigDecimal> fees, Decision decision) {
        String amounts = fees.entrySet().stream()
                .map(fee -> fee.getValue().toPlainString() + " " + fee.getKey())
                .collect(Collectors.joining(", "));
        decision.alert(
                "fees-unknown:" + position.epoch(),
                Notice.Severity.WARNING,
                "a position's end is told before its fees, because not all were taken in the asset of its prices: "
                        + amounts,
                position.symbol().name());
    }

    private void publish(EndedPosition due, Decision decision) {
        LivePosition position = due.position();
        RoundTrip settlement = due.settlement();
        BigDecimal funding = known(due.share(Call.ReadIncome.Kind.FUNDING));
        IncomeShare cleared = due.share(Call.ReadIncome.Kind.CLEARANCE);
        BigDecimal clearance = Objects.requireNonNullElse(known(cleared), BigDecimal.ZERO);
        BigDecimal funded = Objects.requireNonNullElse(funding, BigDecimal.ZERO);
        boolean isNet = settlement.fees().complete();
        // What the insurance fund took is a fee as well: before fees means before it too.
        BigDecimal payments = isNet ? funded.add(clearance) : funded;
        BigDecimal fees = settlement.fees().known().subtract(clearance);
        String asset = books.markets().quoteAsset(position.symbol());
        Map<String, BigDecimal> byAsset = isNet ? null : settlement.fees().byAsset(asset, fees);
        if (byAsset != null) {
            tellFees(position, byAsset, decision);
        }
        Reason reason = reason(position, settlement);
        liquidations.ended(position, settlement, reason, decision);
        BigDecimal pnl = settlement.net(payments);
        Closed.Result result = new Closed.Result(
                pnl,
                settlement.netPercent(payments),
                isNet && !(cleared instanceof IncomeShare.Untold) ? fees : null,
                funding,
                asset,
                byAsset);
        Closed closed = new Closed(
                position.symbol(),
                position.direction(),
                settlement.entryPrice(),
                settlement.exitPrice(),
                settlement.quantity(),
                result,
                reason,
                position.birth().openedAt(),
                settlement.closedAt(),
                position.birth().intentId(),
                settlement.orders().stream().map(OrderId::value).toList());
        position.on(new PositionEvent.Told());
        decision.changed(position);
        decision.publish(new Notice.TradeClosed(closed, position.epoch()));
        exits.announce(position, reason, settlement.exitPrice().toString(), decision);
        decision.log(
                Marker.POSITION_CLOSED,
                "symbol",
                position.symbol().name(),
                "reason",
                reason.name().toLowerCase(Locale.ROOT),
                "pnl_usd",
                pnl.toPlainString(),
                "funding_usd",
                funding == null ? "" : funding.toPlainString(),
                "exit_price",
                settlement.exitPrice().toString(),
                "qty",
                settlement.quantity().toString());
    }

    /** Why the order whose trade ended it was sent; what nobody can explain another hand did (EXTERNAL). */
    private static Reason reason(LivePosition position, RoundTrip settlement) {
        Reason known = Objects.requireNonNullElse(position.endReason(), Reason.EXTERNAL);
        return position.exitReasons().getOrDefault(settlement.closedBy(), known);
    }

    /** A position whose end is published and for which nothing rests any more is forgotten. */
    public void forget() {
        books.forgetSettled();
    }
}
