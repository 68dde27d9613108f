package quantum.simulator;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * A regular order as the client asked for it. The price is present for limit orders alone; goodTill, in epoch
 * milliseconds of the exchange's time, is 0 without an end.
 */
public record NewOrder(
        String clientId,
        String symbol,
        Side side,
        PositionSide positionSide,
        OrderType type,
        TimeInForce timeInForce,
        BigDecimal quantity,
        @Nullable BigDecimal price,
        boolean reduceOnly,
        long goodTill) {

    /** The same order for another quantity at another price. */
    NewOrder at(BigDecimal wanted, BigDecimal limit) {
        return new NewOrder(
                clientId, symbol, side, positionSide, type, timeInForce, wanted, limit, reduceOnly, goodTill);
    }

    /** True when the order can only make its position smaller. */
    public boolean closing() {
        return reduceOnly || positionSide.closedBy(side);
    }
}
