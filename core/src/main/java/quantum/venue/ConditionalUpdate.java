package quantum.venue;

import org.jspecify.annotations.Nullable;
import quantum.market.Price;
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
        @Nullable String refusal) {

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
        CANCELED,
        EXPIRED,
        /** The matching engine refused the real order; the reason is in {@code refusal}. */
        REJECTED
    }
}
