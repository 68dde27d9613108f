package quantum.simulator;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** A regular order as the client asked for it; the price is present for limit orders alone. */
public record NewOrder(
        String clientId,
        String symbol,
        Side side,
        OrderType type,
        TimeInForce timeInForce,
        BigDecimal quantity,
        @Nullable BigDecimal price,
        boolean reduceOnly) {}
