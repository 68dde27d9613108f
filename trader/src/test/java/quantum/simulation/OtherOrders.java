package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.AlgoSize;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.Market;
import quantum.simulator.NewAlgo;
import quantum.simulator.NewOrder;
import quantum.simulator.Order;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.PositionSide;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import quantum.simulator.TimeInForce;
import quantum.simulator.Treatment;
import quantum.simulator.Trigger;

/** Orders that another hand lays beside ours: they are in the way, take part, or open what nobody here asked for. */
final class OtherOrders {

    static final String LISTED = "NEWUSDT";

    private static final BigDecimal FAR_BELOW = new BigDecimal("0.93");
    private static final BigDecimal FAR_ABOVE = new BigDecimal("1.07");
    private static final BigDecimal NEAR_BELOW = new BigDecimal("0.998");
    private static final BigDecimal NEAR_ABOVE = new BigDecimal("1.002");
    private static final BigDecimal WORTH = new BigDecimal("200");

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

    /** A take of the whole position far away: while it rests every other close is one too many. */
    boolean take(Position position) {
        boolean isLong = position.amount().signum() > 0;
        Market market = exchange.prices().market(position.symbol());
        place(
                position.symbol(),
                isLong ? Side.SELL : Side.BUY,
                position.side(),
                position.amount().abs(),
                price(market, isLong ? NEAR_ABOVE.multiply(NEAR_ABOVE) : NEAR_BELOW.multiply(NEAR_BELOW)),
                position.side() == PositionSide.BOTH);
        return true;
    }

    /** An order that opens or adds when the price comes a little nearer. */
    boolean enter(String symbol, boolean buys, boolean hedged) {
        Market market = exchange.prices().market(symbol);
        place(
                symbol,
                buys ? Side.BUY : Side.SELL,
                hedged ? (buys ? PositionSide.LONG : PositionSide.SHORT) : PositionSide.BOTH,
                quantity(market),
                price(market, buys ? NEAR_BELOW : NEAR_ABOVE),
                false);
        return true;
    }

    private static BigDecimal quantity(Market market) {
        BigDecimal step = market.instrument().lot().step();
        return WORTH.divide(market.mark().multiply(step), 0, RoundingMode.UP).multiply(step);
    }

    private void place(
            String symbol,
            Side side,
            PositionSide position,
            BigDecimal quantity,
            @Nullable BigDecimal limit,
            boolean reduces) {
        exchange.matching()
                .place(
                        account(),
                        new NewOrder(
                                id(),
                                symbol,
                                side,
                                position,
                                limit == null ? OrderType.MARKET : OrderType.LIMIT,
                                TimeInForce.GTC,
                                quantity,
                                limit,
                                reduces,
                                0),
                        Treatment.NORMAL,
                        false);
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

    /** A symbol is listed, the frame that says so is lost, and somebody buys there. */
    boolean buyUnannounced(boolean hedged) {
        if (exchange.prices().lists(LISTED)) {
            return false;
        }
        exchange.faults()
                .add(new Fault(
                        new Fault.Match("STREAM", "contractInfo", null),
                        new Fault.Life(0, 1, exchange.now(), Long.MAX_VALUE),
                        List.of(new Fault.Effect(FaultKind.DROP, new Fault.Answer(200, 0, "", null), 0, null))));
        Market market = exchange.markets().list(LISTED, exchange.prices().market("SOLUSDT"));
        place(LISTED, Side.BUY, hedged ? PositionSide.LONG : PositionSide.BOTH, quantity(market), null, false);
        return true;
    }
}
