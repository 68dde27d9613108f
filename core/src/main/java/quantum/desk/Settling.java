package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.OrderId;
import quantum.position.Settlement;
import quantum.venue.Call;

/** Adds up the trades of a life that ended, and publishes its one {@code trade.closed}. */
final class Settling {

    private static final Duration AGAIN = Duration.ofSeconds(1);
    private static final Duration SLACK = Duration.ofSeconds(60);
    /** After so many readings that do not add up, a person is told, and it is read less and less often. */
    private static final int PATIENCE = 10;

    private static final int SELDOM = 60;

    private final Books books;

    Settling(Books books) {
        this.books = books;
    }

    void begin(Life life, @Nullable Reason known, Turn turn) {
        life.settle(known);
        books.lives.remove(life, turn.now().nanos());
        books.settling.put(life.epoch(), life);
        turn.changed(life);
        ask(life, turn);
    }

    /** More of its entry was executed: the life goes on. */
    void resume(Life life, Quantity held, BigDecimal notional, Turn turn) {
        books.settling.remove(life.epoch());
        books.lives.put(life);
        life.resume(held, notional, turn.now().nanos());
        turn.changed(life);
    }

    void ask(Life life, Turn turn) {
        if (life.state() == Life.State.SETTLING) {
            Instant since = life.birth().openedAt();
            turn.ask(new Call.ReadTrades(life.symbol(), life.isAdopted() ? since : since.minus(SLACK)));
            int pause = Math.clamp(life.unsettledReadings() - PATIENCE, 1, SELDOM);
            turn.wake(Timer.Kind.SETTLE, life.epoch(), AGAIN.multipliedBy(pause));
        }
    }

    void told(Symbol symbol, List<Call.Trade> trades, Turn turn) {
        for (Life life : List.copyOf(books.settling.values())) {
            if (life.symbol().equals(symbol) && life.state() == Life.State.SETTLING) {
                Settlement.of(
                                life.direction(),
                                ofLife(life, trades),
                                life.entryOrders(),
                                life.birth().found())
                        .ifPresentOrElse(settlement -> publish(life, settlement, turn), () -> unsettled(life, turn));
            }
        }
    }

    private static void unsettled(Life life, Turn turn) {
        if (life.countUnsettledReading() == PATIENCE) {
            turn.alert(
                    "unsettled:" + life.epoch(),
                    Notice.Severity.CRITICAL,
                    "the trades of a position that ended do not add up to zero; its end is not published yet",
                    life.symbol().name());
        }
    }

    /**
     * What was traded before a position was found is in what was found, and before the rest of an order was executed,
     * of the life of its first part; another life may have asked for more. In hedge mode each trade names its position.
     */
    private static List<Call.Trade> ofLife(Life life, List<Call.Trade> trades) {
        boolean fromBirth = life.isAdopted() || life.isRest();
        return trades.stream()
                .filter(t -> t.position() == null || t.position() == life.direction())
                .filter(t -> !fromBirth || !t.time().isBefore(life.birth().openedAt()))
                .toList();
    }

    private void publish(Life life, Settlement settlement, Turn turn) {
        Reason reason = reason(life, settlement);
        Settlement.Fees fees = settlement.fees();
        Closed closed = new Closed(
                life.symbol(),
                life.direction(),
                settlement.entryPrice(),
                settlement.exitPrice(),
                settlement.quantity(),
                new Closed.Result(
                        settlement.net(), settlement.netPercent(), fees.complete() ? fees.known() : null, null),
                reason,
                life.birth().openedAt(),
                settlement.closedAt(),
                life.birth().intentId(),
                settlement.orders().stream().map(OrderId::value).toList());
        life.close();
        turn.changed(life);
        turn.publish(new Notice.TradeClosed(closed, life.epoch()));
        turn.log(
                Marker.POSITION_CLOSED,
                "symbol",
                life.symbol().name(),
                "reason",
                reason.name().toLowerCase(Locale.ROOT),
                "pnl_usd",
                settlement.net().toPlainString(),
                "exit_price",
                settlement.exitPrice().toString(),
                "qty",
                settlement.quantity().toString());
    }

    /** The reason of the order that closed it; what no order of ours explains was done outside. */
    private static Reason reason(Life life, Settlement settlement) {
        Optional<Reason> byOrder = settlement.orders().stream()
                .filter(life.exitReasons()::containsKey)
                .reduce((first, last) -> last)
                .map(life.exitReasons()::get);
        Reason known = life.endReason();
        return byOrder.orElse(known == null ? Reason.EXTERNAL : known);
    }

    /** A life whose end is published and for which nothing rests any more is forgotten. */
    void forget() {
        books.settling
                .values()
                .removeIf(
                        life -> life.state() == Life.State.CLOSED && life.legs().isQuiet());
    }
}
