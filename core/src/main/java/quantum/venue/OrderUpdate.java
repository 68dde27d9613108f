package quantum.venue;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;

/**
 * What the exchange says of one order, from whichever source. A session only emits one with an executed quantity above
 * zero when it also knows the mean price (law 1); the client id is the exchange's for orders that are not ours.
 */
public record OrderUpdate(
        Symbol symbol,
        ClientOrderId clientId,
        OrderId orderId,
        Side side,
        Status status,
        Executed executed,
        Instant exchangeTime) {

    /** The exchange's own states, joined across venues. */
    public enum Status {
        NEW,
        PARTIALLY_FILLED,
        FILLED,
        CANCELED,
        EXPIRED,
        REJECTED;

        /** Whether the order is over. */
        public boolean isFinal() {
            return switch (this) {
                case NEW, PARTIALLY_FILLED -> false;
                case FILLED, CANCELED, EXPIRED, REJECTED -> true;
            };
        }
    }

    /** Cumulative execution: zero and no price, or both above zero. The fee is absent unless every trade is known. */
    public record Executed(
            BigDecimal quantity,
            @Nullable Price meanPrice,
            @Nullable BigDecimal fee) {

        public static final Executed NOTHING = new Executed(BigDecimal.ZERO, null, null);

        public Executed {
            if ((quantity.signum() > 0) != (meanPrice != null)) {
                throw new IllegalArgumentException("an execution has a quantity and a price, or neither");
            }
        }
    }
}
