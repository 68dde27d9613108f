package quantum.simulation;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Account;
import quantum.simulator.AlgoOrder;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.ForcedClose;
import quantum.simulator.NewOrder;
import quantum.simulator.OrderType;
import quantum.simulator.Position;
import quantum.simulator.PositionSide;
import quantum.simulator.Refused;
import quantum.simulator.Side;
import quantum.simulator.Simulator;
import quantum.simulator.TimeInForce;
import quantum.simulator.Treatment;

/** What happens on the account without us: the customer's hand on the exchange's page, and the exchange itself. */
final class Hands {

    private final Simulator exchange;
    private int orders;

    Hands(Simulator exchange) {
        this.exchange = exchange;
    }

    private Account account() {
        return exchange.accounts().iterator().next();
    }

    /** True if there was something to do it to. */
    boolean act(Workload.Step step) {
        Position position = held(step.symbol());
        try {
            return switch (step.kind()) {
                case PARTIAL_THEN_EXPIRE -> halve();
                case FUNDING -> fund(step.symbol());
                case HAND_CANCEL -> cancel(step.symbol());
                case HAND_CLOSE -> position != null && trade(position, BigDecimal.ONE);
                case HAND_REDUCE -> position != null && trade(position, new BigDecimal("0.5"));
                case LIQUIDATION -> position != null && force(position, ForcedClose.LIQUIDATION);
                case DELEVERAGING -> position != null && force(position, ForcedClose.ADL);
                case INTENT, REPEAT, PAUSE, RESUME, FLATTEN, FLATTEN_SYMBOL, CLEAR_BREAKER ->
                    throw new IllegalArgumentException("not done by hand: " + step);
            };
        } catch (Refused _) {
            // A hand is refused like anybody: its order was in the way of another.
            return false;
        }
    }

    private @Nullable Position held(String symbol) {
        return account().positions().in(symbol).stream()
                .filter(position -> !position.flat())
                .findFirst()
                .orElse(null);
    }

    /** The next order is filled by half, and the rest expires. */
    private boolean halve() {
        exchange.faults()
                .add(new Fault(
                        new Fault.Match("POST", "/fapi/v1/order", null),
                        new Fault.Life(0, 1, exchange.now(), Long.MAX_VALUE),
                        List.of(new Fault.Effect(
                                FaultKind.PARTIAL_THEN_EXPIRE, new Fault.Answer(200, 0, "", null), 0, null))));
        return true;
    }

    private boolean fund(String symbol) {
        exchange.funding().settle(exchange.prices().market(symbol));
        return true;
    }

    private boolean cancel(String symbol) {
        List<AlgoOrder> open = account().algos().open(symbol);
        if (!open.isEmpty()) {
            exchange.conditionals().cancel(account(), open.getFirst());
        }
        return !open.isEmpty();
    }

    private boolean trade(Position position, BigDecimal share) {
        BigDecimal held = position.amount().abs();
        BigDecimal quantity = held.multiply(share).setScale(held.scale(), RoundingMode.UP);
        boolean net = position.side() == PositionSide.BOTH;
        Side side = position.amount().signum() > 0 ? Side.SELL : Side.BUY;
        orders++;
        exchange.matching()
                .place(
                        account(),
                        new NewOrder(
                                "web_hand" + orders,
                                position.symbol(),
                                side,
                                position.side(),
                                OrderType.MARKET,
                                TimeInForce.GTC,
                                quantity,
                                null,
                                net,
                                0),
                        Treatment.NORMAL,
                        true);
        return true;
    }

    private boolean force(Position position, ForcedClose kind) {
        exchange.liquidation().force(account(), position, kind, null);
        return true;
    }
}
