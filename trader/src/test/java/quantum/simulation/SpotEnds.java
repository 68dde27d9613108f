package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.record.Notice;
import quantum.simulation.Judge.Law;
import quantum.simulator.Side;
import quantum.simulator.spot.SpotOrder;
import quantum.simulator.spot.SpotTrade;

/** Holds every told end of a position of coins against the exchange's own trades: amounts, prices, fees, whose order it was. */
final class SpotEnds {

    private static final BigDecimal HAIR = new BigDecimal("0.000001");

    private final SpotBooks books;
    private final Judge judge;

    SpotEnds(SpotBooks books, Judge judge) {
        this.books = books;
        this.judge = judge;
    }

    /** From nothing of ours to nothing of ours. */
    private static final class Span {
        private final String symbol;
        private final List<SpotTrade> trades = new ArrayList<>();
        private boolean over;

        Span(String symbol) {
            this.symbol = symbol;
        }

        SpotOrder last() {
            return trades.getLast().order();
        }

        BigDecimal quantity(Side side) {
            return trades.stream()
                    .filter(trade -> trade.order().terms().side() == side)
                    .map(SpotTrade::quantity)
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal worth(Side side) {
            return trades.stream()
                    .filter(trade -> trade.order().terms().side() == side)
                    .map(trade -> trade.price().multiply(trade.quantity()))
                    .reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        BigDecimal mean(Side side) {
            return worth(side).divide(quantity(side), 12, RoundingMode.HALF_EVEN);
        }

        BigDecimal fees() {
            return trades.stream().map(trade -> trade.fee().amount()).reduce(BigDecimal.ZERO, BigDecimal::add);
        }

        Set<String> orders() {
            Set<String> orders = new TreeSet<>();
            trades.forEach(trade -> orders.add(Long.toString(trade.order().id())));
            return orders;
        }
    }

    void judge(List<Notice.TradeClosed> told) {
        List<Span> spans = trace();
        for (Notice.TradeClosed each : told) {
            String symbol = each.closed().symbol().name();
            if (books.wasShort(symbol) || books.isMixed(symbol)) {
                continue;
            }
            Span span = spans.stream()
                    .filter(one -> one.over && matches(one, each.closed()))
                    .findFirst()
                    .orElse(null);
            judge.check(Law.ENDS_AGREE, span != null, each + " is of no position");
            if (span != null) {
                spans.remove(span);
                figures(each, span);
                reason(each, span);
            }
        }
        for (Span span : spans) {
            boolean unsure = books.wasShort(span.symbol) || books.isMixed(span.symbol);
            judge.check(Law.ENDS_AGREE, !span.over || unsure, span.symbol + " " + span.orders() + " was not told");
        }
    }

    private List<Span> trace() {
        List<Span> spans = new ArrayList<>();
        Map<String, Span> open = new HashMap<>();
        Map<String, BigDecimal> held = new HashMap<>();
        for (SpotTrade trade : books.account().trades()) {
            if (!SpotBooks.isOurs(SpotBooks.idOf(trade.order()))) {
                continue;
            }
            String symbol = trade.order().terms().instrument().symbol();
            Span span = open.computeIfAbsent(symbol, _ -> {
                Span begun = new Span(symbol);
                spans.add(begun);
                return begun;
            });
            span.trades.add(trade);
            BigDecimal change = trade.order().terms().side() == Side.BUY
                    ? trade.quantity()
                    : trade.quantity().negate();
            if (held.merge(symbol, change, BigDecimal::add).signum() == 0) {
                span.over = true;
                open.remove(symbol);
            }
        }
        return spans;
    }

    private static boolean matches(Span span, Closed closed) {
        return span.symbol.equals(closed.symbol().name())
                && closed.orderIds().stream().anyMatch(id -> names(span.last(), id));
    }

    /** A target is told under its leg's id or under that of the order by which it rests: both are the exchange's. */
    private static boolean names(SpotOrder order, String id) {
        var origin = order.origin();
        return id.equals(Long.toString(order.id())) || (origin != null && id.equals(Long.toString(origin.id())));
    }

    private void figures(Notice.TradeClosed each, Span span) {
        Closed closed = each.closed();
        Closed.Result result = closed.result();
        BigDecimal fees = span.fees();
        BigDecimal pnl = span.worth(Side.SELL).subtract(span.worth(Side.BUY)).subtract(fees);
        // The price of an order is told rounded to the tick, where trades are not asked for.
        BigDecimal near = books.instrument(span.symbol).priceTick().max(HAIR);
        boolean agree = closed.quantity().value().compareTo(span.quantity(Side.BUY)) == 0
                && isNear(closed.entryPrice().value(), span.mean(Side.BUY), near)
                && closed.exitPrice() != null
                && isNear(closed.exitPrice().value(), span.mean(Side.SELL), near);
        String words = each.epoch() + " told " + closed + ", was " + span.quantity(Side.BUY) + " from "
                + span.mean(Side.BUY) + " to " + span.mean(Side.SELL) + " for " + fees + " by " + span.orders();
        judge.check(Law.ENDS_AGREE, agree, words);
        judge.check(Law.PAYMENTS_AGREE, isSame(result.fees(), fees, HAIR), words);
        judge.check(
                Law.MONEY_AGREES,
                isSame(
                        result.pnl(),
                        pnl,
                        HAIR.add(near.multiply(span.quantity(Side.BUY)).multiply(BigDecimal.TWO))),
                words + ", money " + pnl);
    }

    private static boolean isSame(@Nullable BigDecimal told, BigDecimal real, BigDecimal near) {
        return told != null && isNear(told, real, near);
    }

    private static boolean isNear(BigDecimal told, BigDecimal real, BigDecimal near) {
        return told.subtract(real).abs().compareTo(near) <= 0;
    }

    private void reason(Notice.TradeClosed each, Span span) {
        String id = SpotBooks.idOf(span.last());
        Reason told = each.closed().reason();
        boolean fits = id.startsWith("qt-")
                ? told == Reason.TP
                : !Set.of(Reason.EXTERNAL, Reason.LIQUIDATION, Reason.ADL, Reason.SETTLEMENT)
                        .contains(told);
        judge.check(Law.ENDS_AGREE, fits, each.epoch() + " ended by " + id + " told as " + told);
    }
}
