package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoSize;
import quantum.simulator.Market;
import quantum.simulator.NewAlgo;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import quantum.simulator.TimeInForce;
import quantum.simulator.Treatment;
import quantum.simulator.Trigger;

/** Orders that another hand lays beside ours, in the way of them. */
final class OtherOrders {

    private static final BigDecimal FAR_BELOW = new BigDecimal("0.93");
    private static final BigDecimal FAR_ABOVE = new BigDecimal("1.07");

    private final Simulator exchange;
    private int laid;

    OtherOrders(Simulator exchange) {
        this.exchange = exchange;
    }

    private Account account() {
        return exchange.accounts().iterator().next();
    }

    static boolean isOther(String id) {
        return id.startsWith("web_");
    }

    private String id() {
        laid++;
        return "web_other" + laid;
    }

    private static BigDecimal price(Market market, BigDecimal factor) {
        BigDecimal tick = market.instrument().price().tick();
        return market.mark().multiply(factor).divide(tick, 0, RoundingMode.DOWN).multiply(tick);
    }

    /** As an app edits "stop and target of the position": ours makes room, its own comes far away. */
    boolean close(Position position, OrderType type) {
        boolean isLong = position.amount().signum() > 0;
        Side side = isLong ? Side.SELL : Side.BUY;
        for (AlgoOrder algo : account().algos().open(position.symbol())) {
            if (algo.terms().type() == type
                    && algo.terms().side() == side
                    && algo.terms().positionSide() == position.side()) {
                exchange.conditionals().cancel(account(), algo);
            }
        }
        Market market = exchange.prices().market(position.symbol());
        boolean below = isLong == (type == OrderType.STOP_MARKET);
        exchange.conditionals()
                .place(
                        account(),
                        new NewAlgo(
                                id(),
                                position.symbol(),
                                side,
                                position.side(),
                                type,
                                TimeInForce.GTC,
                                new Trigger(price(market, below ? FAR_BELOW : FAR_ABOVE), null, null, true, false),
                                new AlgoSize(null, null, true, false)),
                        Treatment.NORMAL);
        return true;
    }

    /** What they laid is taken off by their own hand; their stops and targets only where it says so. */
    boolean takeOff(boolean alsoStops) {
        for (Order order : account().orders().open()) {
            if (isOther(order.terms().clientId())) {
                exchange.matching().cancel(account(), order.terms().symbol(), order);
            }
        }
        for (AlgoOrder algo : alsoStops ? account().algos().open() : List.<AlgoOrder>of()) {
            if (isOther(algo.terms().clientId())) {
                exchange.conditionals().cancel(account(), algo);
            }
        }
        return true;
    }
}
