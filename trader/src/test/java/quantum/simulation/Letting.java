package quantum.simulation;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import quantum.simulation.Judge.Law;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoStatus;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Execution;
import quantum.simulator.Fill;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.PositionSide;
import quantum.simulator.Side;
import quantum.simulator.Simulator;

/**
 * Judges at the exchange what is let go of: a live stop of ours only when another one of ours was seen live for its
 * position, when an exit of it is on its way, or when the exchange has said that two may not rest; an order of another hand
 * never.
 */
final class Letting implements ExchangeListener {

    /** What the exchange says of the orders that rest, or of a level that it never takes (binance-usdm 9). */
    private static final Pattern MAY_NOT_REST = Pattern.compile("\"code\":-(4130|4045|1013|1111|1112|1121|1122|2016|"
            + "2020|2021|4001|4002|4003|4004|4005|4006|4007|4013|4014|4016|4023|4024|4055|4131|4135|4140|4141|4164|4183|"
            + "4184|4210|4211)\\b");

    /** Between what was seen and the request that follows from it. */
    private static final long RECENT = TimeUnit.SECONDS.toNanos(15);

    private static final long REMEMBERED = TimeUnit.SECONDS.toNanos(60);

    private final Simulator exchange;
    private final Hands hands;
    private final Judge judge;
    private final Map<String, Long> heldSince = new HashMap<>();
    private final Map<String, Integer> signs = new HashMap<>();

    Letting(Simulator exchange, Hands hands, Judge judge) {
        this.exchange = exchange;
        this.hands = hands;
        this.judge = judge;
    }

    void listen() {
        exchange.listen(this);
    }

    @Override
    public void orderChanged(Account account, Order order, Execution execution, @Nullable Fill fill) {
        if (execution == Execution.CANCELED && isForeign(order.terms().clientId())) {
            judge.check(
                    Law.FOREIGN_ORDERS_STAY, hands.areActing(), order.terms().clientId());
        }
        if (fill == null) {
            return;
        }
        String place = order.terms().symbol() + order.terms().positionSide();
        int sign = account.positions()
                .of(order.terms().symbol(), order.terms().positionSide())
                .amount()
                .signum();
        Integer before = signs.put(place, sign);
        if (before == null || before != sign) {
            heldSince.put(place, exchange.now());
        }
    }

    private static boolean isForeign(String id) {
        return id.startsWith("web_");
    }

    @Override
    public void algoChanged(Account account, AlgoOrder algo) {
        if (algo.status() != AlgoStatus.CANCELED || hands.areActing()) {
            return;
        }
        String id = algo.terms().clientId();
        if (isForeign(id)) {
            judge.check(Law.FOREIGN_ORDERS_STAY, false, id);
        } else if (algo.terms().type() == OrderType.STOP_MARKET && isOld(account, algo)) {
            boolean excused = isReplaced(account, algo) || isExiting(account, algo) || isRefused(algo);
            judge.check(
                    Law.NEVER_LET_GO_FIRST,
                    excused,
                    id + " of " + algo.terms().symbol() + " was taken off a position that is held");
        }
    }

    /** What the stop guards has been held for long enough that nothing about it is news. */
    private boolean isOld(Account account, AlgoOrder algo) {
        String symbol = algo.terms().symbol();
        PositionSide side = algo.terms().positionSide();
        int amount = account.positions().of(symbol, side).amount().signum();
        int guarded = algo.terms().side() == Side.SELL ? 1 : -1;
        return amount == guarded && exchange.now() - heldSince.getOrDefault(symbol + side, 0L) > RECENT;
    }

    private boolean isReplaced(Account account, AlgoOrder gone) {
        return account.algos().all().stream()
                .filter(other -> other.id() != gone.id() && isStopFor(gone, other))
                .anyMatch(other -> other.status() == AlgoStatus.NEW || exchange.now() - other.updatedAt() < RECENT);
    }

    private static boolean isStopFor(AlgoOrder gone, AlgoOrder other) {
        return other.terms().symbol().equals(gone.terms().symbol())
                && other.terms().side() == gone.terms().side()
                && other.terms().positionSide() == gone.terms().positionSide()
                && other.terms().type() == OrderType.STOP_MARKET
                && !isForeign(other.terms().clientId());
    }

    private boolean isExiting(Account account, AlgoOrder gone) {
        return account.orders().all().reversed().stream()
                .takeWhile(order -> exchange.now() - order.createdAt() < REMEMBERED)
                .anyMatch(order -> order.terms().symbol().equals(gone.terms().symbol())
                        && Gate.isExit(order)
                        && exchange.now() - order.updatedAt() < RECENT);
    }

    private boolean isRefused(AlgoOrder gone) {
        String symbol = gone.terms().symbol();
        return exchange.requests().since(0).reversed().stream()
                .takeWhile(entry -> exchange.now() - entry.at() < REMEMBERED)
                .anyMatch(entry -> entry.status() >= 400
                        && entry.request().path().toLowerCase(Locale.ROOT).contains("algoorder")
                        && entry.request().query().contains("symbol=" + symbol)
                        && MAY_NOT_REST.matcher(entry.answer()).find());
    }
}
