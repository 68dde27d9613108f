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
import quantum.book.Due;
import quantum.book.Life;
import quantum.book.LiveOrder;
import quantum.book.Succession;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.decision.Turn;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.order.Purpose;
import quantum.position.Course;
import quantum.position.PositionEvent;
import quantum.position.PositionMode;
import quantum.position.PositionState;
import quantum.position.Settlement;
import quantum.position.Share;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;

/**
 * Adds up the trades of a life that ended, has {@link Netting} find what trades do not tell, and publishes the life's one
 * {@code trade.closed}.
 */
public final class Settling {

    private static final Duration AGAIN = Duration.ofSeconds(1);
    /** The trades of an entry may be dated a little before its position was heard of. */
    public static final Duration SLACK = Duration.ofSeconds(60);
    /** By this reading, a second after the first, the trades of what ended it are listed. */
    private static final int LISTED = 2;
    /** After so many readings that do not add up, a person is told, and it is read less and less often. */
    private static final int PATIENCE = 10;

    /** So many, about a minute: long enough to prove what became of the other direction's orders. */
    private static final int BESIDE_PATIENCE = 20;

    private static final int SELDOM = 60;

    private final Books books;
    private final Exits exits;
    private final Liquidations liquidations;
    private final Netting netting;
    private final OtherDirection otherDirection;

    public Settling(Books books, Exits exits, Liquidations liquidations) {
        this.books = books;
        this.exits = exits;
        this.liquidations = liquidations;
        this.netting = new Netting(books, this::publish);
        this.otherDirection = new OtherDirection(books);
    }

    public void begin(Life life, @Nullable Reason known, Turn turn) {
        begin(life, known, turn.now().exchange(), turn);
    }

    /** The same with the trade that ended it, which the exchange may date later than our clock, some milliseconds behind. */
    public void begin(Life life, @Nullable Reason known, Instant closedAt, Turn turn) {
        Instant now = turn.now().exchange();
        life.end(known, turn.now().nanos(), closedAt.isAfter(now) ? closedAt : now);
        books.lives().remove(life, turn.now().nanos());
        books.settle(life);
        turn.changed(life);
        ask(life, turn);
    }

    /** More of its entry was executed: the life goes on. */
    public void resume(Life life, PositionEvent event, Quantity held, BigDecimal notional, Turn turn) {
        books.settled(life);
        books.lives().put(life);
        life.resume(event, held, notional, turn.now().nanos());
        turn.changed(life);
    }

    public void ask(Life life, Turn turn) {
        if (life.state() instanceof PositionState.Ended ended) {
            Instant since = life.birth().openedAt();
            turn.ask(new Call.ReadTrades(life.symbol(), life.isAdopted() ? since : since.minus(SLACK)));
            int pause = Math.clamp(Math.max(ended.readings(), ended.failures()) - PATIENCE, 1, SELDOM);
            turn.wake(Timer.Kind.SETTLE, life.epoch(), AGAIN.multipliedBy(pause));
        }
    }

    public void told(Symbol symbol, List<Call.Trade> trades, long askedNanos, Turn turn) {
        for (Life life : books.settling()) {
            if (life.symbol().equals(symbol) && life.state() instanceof PositionState.Ended) {
                Settlement settlement = Settlement.of(
                                life.direction(),
                                ofLife(life, trades),
                                life.entryOrders(),
                                life.birth().found(),
                                end(life, trades, turn))
                        .orElse(null);
                if (settlement == null) {
                    leavesSomething(life, trades, turn);
                } else if (lacks(life, trades, turn)) {
                    life.on(new PositionEvent.Incomplete());
                } else if (awaitsEntry(life, settlement, trades)) {
                    life.on(new PositionEvent.Incomplete());
                    tellUnsettled(
                            life,
                            Notice.Severity.WARNING,
                            "a position ended while an order that may belong to it is not proven yet; its end waits for that",
                            turn);
                } else {
                    settled(life, settlement, trades, askedNanos, turn);
                }
            }
        }
    }

    /** What is known of its end: that nothing was held then, and whether the list goes so far. Lists lag by seconds. */
    private Settlement.End end(Life life, List<Call.Trade> trades, Turn turn) {
        boolean isHeard = books.told().isFlatSince(life) && !life.heard().isMoreThan(trades, life.isAdopted());
        Life held = books.lives().at(life.symbol(), life.direction());
        boolean isOld = turn.now().since(life.touchedNanos()).compareTo(SLACK) >= 0
                && (held == null || held.direction() != life.direction());
        Set<OrderId> reducing = life.exitReasons().entrySet().stream()
                .filter(order -> order.getValue() != Reason.EXTERNAL)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return new Settlement.End(reducing, isHeard || isOld);
    }

    /**
     * A list that adds up may lack what was heard, and where the symbol is not listed nobody knows in which asset its fees
     * are counted: then a later list is waited for, and after a minute this one is told.
     */
    private boolean lacks(Life life, List<Call.Trade> trades, Turn turn) {
        boolean isListed = books.isListed(life.symbol());
        int readings = readings(life);
        if (!isListed && readings % PATIENCE == 0) {
            turn.ask(new Call.ReadRules());
        }
        return readings < BESIDE_PATIENCE && (!isListed || life.heard().isMoreThan(trades, life.isAdopted()));
    }

    /** The trades of an ended position could not be read: less and less often, and a person is told (X-F7). */
    public void unread(Symbol symbol, String cause, boolean isFinal, Turn turn) {
        for (Life life : books.settling()) {
            boolean isAsked = life.symbol().equals(symbol) && life.state() instanceof PositionState.Ended;
            if (isAsked && !(isFinal && UntracedEnds.isOver(life, "they cannot be read (" + cause + ")", turn))) {
                life.on(new PositionEvent.Unread());
                if (life.state() instanceof PositionState.Ended now && now.failures() == (isFinal ? 1 : PATIENCE)) {
                    turn.alert(
                            "trades-unread:" + life.epoch(),
                            Notice.Severity.CRITICAL,
                            "the trades of a position that ended cannot be read (" + cause
                                    + "); its end is not published yet, and they are asked for less and less often",
                            life.symbol().name());
                }
            }
        }
    }

    private static void leavesSomething(Life life, List<Call.Trade> trades, Turn turn) {
        life.on(new PositionEvent.StillHeld());
        if (UntracedEnds.isOver(life, ofLife(life, trades), turn)) {
            return;
        }
        if (readings(life) == LISTED) {
            // More of it is held than anybody heard of, and nothing protects it any more.
            turn.ask(new Call.ReadPositions());
        }
        tellUnsettled(
                life,
                Notice.Severity.CRITICAL,
                "the trades of a position that ended do not add up to zero; its end is not published yet",
                turn);
    }

    private static void tellUnsettled(Life life, Notice.Severity severity, String words, Turn turn) {
        if (readings(life) == PATIENCE) {
            turn.alert(
                    "unsettled:" + life.epoch(), severity, words, life.symbol().name());
        }
    }

    private static int readings(Life life) {
        return life.state() instanceof PositionState.Ended ended ? ended.readings() : 0;
    }

    /**
     * Whether an order whose outcome nobody here knows yet may have made this position or added to it: then its proof
     * comes first, and whatever it executed belongs to this life (seeds 11529, 48254).
     */
    private boolean awaitsEntry(Life life, Settlement settlement, List<Call.Trade> trades) {
        Set<OrderId> unexplained = trades.stream()
                .filter(t -> t.side() == life.direction().entry())
                .map(Call.Trade::orderId)
                .filter(id ->
                        settlement.orders().contains(id) && !life.entryOrders().contains(id))
                .collect(Collectors.toSet());
        return books.unfinished().stream()
                .filter(order -> order.task().purpose() == Purpose.OPEN && books.wasToEnlarge(life, order))
                .anyMatch(order -> mayBeIn(unexplained, order) || Books.mayHaveMade(life, order));
    }

    private static boolean mayBeIn(Set<OrderId> trades, LiveOrder order) {
        OrderId id = order.state().orderId();
        return id == null ? !trades.isEmpty() : trades.contains(id);
    }

    /**
     * What was traded before a position was found is in what was found, and before the rest of an order was executed,
     * of the life of its first part; another life may have asked for more. What was traded after the end by an order
     * that is not known to be its own is of the next life. In hedge mode each trade names its position.
     */
    public static List<Call.Trade> ofLife(Life life, List<Call.Trade> trades) {
        boolean fromBirth = life.isAdopted() || life.isRest();
        return trades.stream()
                .filter(t -> t.position() == null || t.position() == life.direction())
                .filter(t -> !fromBirth || !t.time().isBefore(life.birth().openedAt()))
                .filter(t -> life.isBeforeEnd(t.time())
                        || life.exitReasons().containsKey(t.orderId())
                        || life.entryOrders().contains(t.orderId()))
                .toList();
    }

    private void settled(Life life, Settlement settlement, List<Call.Trade> trades, long askedNanos, Turn turn) {
        long now = turn.now().nanos();
        part(life, settlement, ofLife(life, trades), turn);
        if (books.rules().positions() == PositionMode.ONE_WAY) {
            addedUp(new Due(life, settlement, null, now), turn);
            return;
        }
        Course beside = otherDirection.during(life, trades, askedNanos);
        if (beside == null && readings(life) + 1 < BESIDE_PATIENCE) {
            life.on(new PositionEvent.Incomplete());
        } else {
            Due due = new Due(life, settlement, beside, now);
            if (beside == null) {
                due.besideIsUnknown("what was held of the other direction does not agree with its trades");
            }
            addedUp(due, turn);
        }
    }

    private void addedUp(Due due, Turn turn) {
        due.life().on(new PositionEvent.AddsUp());
        netting.begin(due, turn);
    }

    /** What entered after this end is of the next life, which may have ended since as well. */
    private void part(Life life, Settlement settlement, List<Call.Trade> trades, Turn turn) {
        Succession next = Succession.of(life, settlement, trades);
        if (next == null || books.lifeOf(next.epoch()) != null) {
            return;
        }
        // From here on its orders are its own alone, whenever the first life is read again.
        Life rest = next.begin();
        // Both ended when the first did: what was decided on since then enlarges neither (seed 42160).
        rest.end(life.endReason(), life.touchedNanos(), life.endedAt());
        books.settle(rest);
        turn.changed(rest);
        turn.changed(life);
        ask(rest, turn);
    }

    /** The answer about an order; false if nobody here asked for it. */
    public boolean told(ClientOrderId id, Answer<OrderUpdate> answer, Turn turn) {
        return netting.told(id, answer, turn);
    }

    public void paid(Call.ReadIncome call, List<Call.Payment> payments, long asked, Turn turn) {
        netting.paid(call, payments, asked, turn);
    }

    public void unpaid(Call.ReadIncome call, Turn turn) {
        netting.unpaid(call, turn);
    }

    public void funded(Symbol symbol, Instant at) {
        netting.funded(symbol, at);
    }

    public void woken(String epoch, Turn turn) {
        netting.woken(epoch, turn);
    }

    private static @Nullable BigDecimal known(@Nullable Share share) {
        return share instanceof Share.Known(BigDecimal amount) ? amount : null;
    }

    private static void tellFees(Life life, Map<String, BigDecimal> fees, Turn turn) {
        String amounts = fees.entrySet().stream()
                .map(fee -> fee.getValue().toPlainString() + " " + fee.getKey())
                .collect(Collectors.joining(", "));
        turn.alert(
                "fees-unknown:" + life.epoch(),
                Notice.Severity.WARNING,
                "a position's end is told before its fees, because not all were taken in the asset of its prices: "
                        + amounts,
                life.symbol().name());
    }

    private void publish(Due due, Turn turn) {
        Life life = due.life();
        Settlement settlement = due.settlement();
        BigDecimal funding = known(due.share(Call.ReadIncome.Kind.FUNDING));
        Share cleared = due.share(Call.ReadIncome.Kind.CLEARANCE);
        BigDecimal clearance = Objects.requireNonNullElse(known(cleared), BigDecimal.ZERO);
        BigDecimal funded = Objects.requireNonNullElse(funding, BigDecimal.ZERO);
        boolean isNet = settlement.fees().complete();
        // What the insurance fund took is a fee as well: before fees means before it too.
        BigDecimal payments = isNet ? funded.add(clearance) : funded;
        BigDecimal fees = settlement.fees().known().subtract(clearance);
        String asset = books.quoteAsset(life.symbol());
        Map<String, BigDecimal> byAsset = isNet ? null : settlement.fees().byAsset(asset, fees);
        if (byAsset != null) {
            tellFees(life, byAsset, turn);
        }
        Reason reason = reason(life, settlement);
        liquidations.ended(life, settlement, reason, turn);
        BigDecimal pnl = settlement.net(payments);
        Closed.Result result = new Closed.Result(
                pnl,
                settlement.netPercent(payments),
                isNet && !(cleared instanceof Share.Untold) ? fees : null,
                funding,
                asset,
                byAsset);
        Closed closed = new Closed(
                life.symbol(),
                life.direction(),
                settlement.entryPrice(),
                settlement.exitPrice(),
                settlement.quantity(),
                result,
                reason,
                life.birth().openedAt(),
                settlement.closedAt(),
                life.birth().intentId(),
                settlement.orders().stream().map(OrderId::value).toList());
        life.on(new PositionEvent.Told());
        turn.changed(life);
        turn.publish(new Notice.TradeClosed(closed, life.epoch()));
        exits.announce(life, reason, settlement.exitPrice().toString(), turn);
        turn.log(
                Marker.POSITION_CLOSED,
                "symbol",
                life.symbol().name(),
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

    /** Why the order whose trade ended it was sent; what nobody can explain was done outside. */
    private static Reason reason(Life life, Settlement settlement) {
        Reason known = Objects.requireNonNullElse(life.endReason(), Reason.EXTERNAL);
        return life.exitReasons().getOrDefault(settlement.closedBy(), known);
    }

    /** A life whose end is published and for which nothing rests any more is forgotten. */
    public void forget() {
        books.forgetSettled();
    }
}
