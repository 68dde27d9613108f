package quantum.venue;

import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;

/** What the exchange says of one resting conditional order (binance-usdm 4.5). */
public record ConditionalUpdate(
        Symbol symbol,
        ClientOrderId clientId,
        String conditionalId,
        Status status,
        Price trigger,
        @Nullable OrderId triggeredOrder,
        @Nullable String refusal,
        @Nullable Shape shape) {

    public ConditionalUpdate(
            Symbol symbol,
            ClientOrderId clientId,
            String conditionalId,
            Status status,
            Price trigger,
            @Nullable OrderId triggeredOrder,
            @Nullable String refusal) {
        this(symbol, clientId, conditionalId, status, trigger, triggeredOrder, refusal, null);
    }

    /**
     * What it does when it fires; null where the exchange did not tell. The level is absent where it is neither a stop nor
     * a target, the quantity where it closes all of a position whatever its size.
     */
    public record Shape(
            Side side,
            @Nullable Direction position,
            Call.@Nullable Level level,
            @Nullable Quantity quantity) {

        /** True if it closes all of a position of this direction at this level: the exchange takes one such order. */
        public boolean holdsPlace(Direction direction, Call.Level wanted) {
            boolean closes = side == direction.exit() && (position == null || position == direction);
            return closes && level == wanted && quantity == null;
        }
    }

    /** Life of a conditional order. */
    public enum Status {
        /** Resting; the only state that protects. */
        NEW,
        /** Its condition was met; the exchange is placing the real order. */
        TRIGGERING,
        /** The real order exists. */
        TRIGGERED,
        /** The real order was executed or cancelled. */
        FINISHED,
        /** By a cancel, ours or another hand's; of a pair also by the exchange, where the other order was executed. */
        CANCELED,
        /** The exchange ended it by itself. */
        EXPIRED,
        /** The matching engine refused the real order; the reason is in {@code refusal}. */
        REJECTED
    }
}
