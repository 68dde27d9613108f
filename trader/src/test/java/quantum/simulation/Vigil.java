package quantum.simulation;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import quantum.desk.DeskView;
import quantum.simulation.Judge.Law;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoStatus;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.PositionSide;
import quantum.simulator.Side;
import quantum.simulator.Simulator;

/**
 * Looks at the exchange ten times a second for what must not last: a position without a live stop, a resting order without
 * a position, a service that does not come to rest. Only time counts in which the process ran and the exchange could be
 * reached; how much of the bound was left is kept.
 */
final class Vigil {

    static final long STEP_MILLIS = 100;

    private static final long NAKED_MILLIS = 30_000;
    private static final long LEFT_OVER_MILLIS = 40_000;
    private static final long CONVERGENCE_MILLIS = 60_000;

    private final Simulator exchange;
    private final Judge judge;
    private final Lasting naked;
    private final Lasting leftOver;
    private final Convergence convergence;

    Vigil(Simulator exchange, Judge judge) {
        this.exchange = exchange;
        this.judge = judge;
        naked = new Lasting(judge, Law.NOT_NAKED_FOR_LONG, NAKED_MILLIS);
        leftOver = new Lasting(judge, Law.NOTHING_RESTS_FOR_NOTHING, LEFT_OVER_MILLIS);
        convergence = new Convergence(judge, CONVERGENCE_MILLIS);
    }

    private Account account() {
        return exchange.accounts().iterator().next();
    }

    private static String place(String symbol, boolean isLong) {
        return symbol + (isLong ? " LONG" : " SHORT");
    }

    /** One look. Nothing can be done about what it sees while {@code able} is false. */
    void look(boolean able, World world) {
        Map<String, Position> held = new HashMap<>();
        account()
                .positions()
                .held()
                .forEach(p -> held.put(place(p.symbol(), p.amount().signum() > 0), p));
        Set<String> guarded = new HashSet<>();
        Set<String> orphans = new HashSet<>();
        for (AlgoOrder algo : account().algos().open()) {
            String place = place(algo.terms().symbol(), algo.terms().side() == Side.SELL);
            Position position = held.get(place);
            if (position == null && OtherOrders.isOther(algo.terms().clientId())) {
                continue;
            }
            if (position == null) {
                orphans.add(algo.terms().clientId());
            } else if (algo.status() == AlgoStatus.NEW && algo.terms().type() == OrderType.STOP_MARKET) {
                guarded.add(place);
                if (!OtherOrders.isOther(algo.terms().clientId())) {
                    liquidation(position, algo);
                }
            }
        }
        // A close of the whole position on its way is as good as a stop.
        account().orders().open().stream()
                .filter(Gate::isExit)
                .forEach(order ->
                        guarded.add(place(order.terms().symbol(), order.terms().side() == Side.SELL)));
        Set<String> bare = new HashSet<>(held.keySet());
        bare.removeAll(guarded);
        held.forEach((place, position) -> {
            if (able && bare.contains(place) && isUsedUp(position)) {
                naked.excuse(place);
            }
        });
        naked.count(bare, able, world);
        leftOver.count(orphans, able, world);
    }

    /**
     * The exchange refused our stop when its level was reached, and another hand's orders use the position up: it takes no
     * close then, and no stop behind the price. That time is the exchange's, not ours.
     */
    private boolean isUsedUp(Position position) {
        boolean isLong = position.amount().signum() > 0;
        BigDecimal used = account().orders().open().stream()
                .filter(order -> order.terms().symbol().equals(position.symbol())
                        && OtherOrders.isOther(order.terms().clientId())
                        && (order.terms().side() == Side.SELL) == isLong
                        && order.terms().positionSide() == position.side()
                        && (order.terms().reduceOnly() || position.side() != PositionSide.BOTH))
                .map(order -> order.terms().quantity())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return used.compareTo(position.amount().abs()) >= 0
                && account().algos().all().stream()
                        .filter(algo -> algo.terms().symbol().equals(position.symbol())
                                && algo.terms().type() == OrderType.STOP_MARKET
                                && (algo.terms().side() == Side.SELL) == isLong
                                && !OtherOrders.isOther(algo.terms().clientId()))
                        .reduce((_, later) -> later)
                        .filter(algo -> algo.status() == AlgoStatus.REJECTED)
                        .isPresent();
    }

    private void liquidation(Position position, AlgoOrder stop) {
        BigDecimal level = exchange.margins(account()).liquidationPrice(position);
        BigDecimal trigger = stop.terms().trigger().price();
        if (trigger != null && level.signum() > 0 && position.isolatedWallet().signum() > 0) {
            int side = position.amount().signum();
            judge.check(
                    Law.STOP_BEFORE_LIQUIDATION,
                    trigger.subtract(level).signum() == side,
                    stop.terms().clientId() + " at " + trigger + ", liquidation at " + level);
        }
    }

    /** A look after the weather cleared. */
    void converge(DeskView view) {
        Map<String, BigDecimal> known = new HashMap<>();
        view.positions()
                .forEach(p -> known.put(
                        place(p.symbol(), "LONG".equals(p.direction())),
                        p.quantity().stripTrailingZeros()));
        Map<String, BigDecimal> held = new HashMap<>();
        account()
                .positions()
                .held()
                .forEach(p -> held.put(
                        place(p.symbol(), p.amount().signum() > 0),
                        p.amount().abs().stripTrailingZeros()));
        convergence.look(view, known.equals(held));
    }

    /** It may never have come to rest at all. */
    void end() {
        convergence.end();
    }
}
