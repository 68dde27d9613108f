package quantum.venue;

import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;

/** A regular order that rests on the book, ours or of another hand; the quantity is what is not executed yet. */
public record RestingOrder(
        Symbol symbol,
        ClientOrderId clientId,
        OrderId orderId,
        String type,
        Side side,
        @Nullable Price price,
        Quantity quantity,
        boolean reduceOnly) {

    /** For people: {@code LIMIT SELL 0.2 BTCUSDT at 96000, reduce-only, id web_1}. */
    public String words() {
        return type + " " + side + " " + quantity + " " + symbol + (price == null ? "" : " at " + price)
                + (reduceOnly ? ", reduce-only" : "") + ", id " + clientId;
    }
}
