package quantum.desk;

import java.math.BigDecimal;
import java.time.Instant;
import quantum.market.Direction;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.OrderUpdate.Status;

/** An order as {@link TinyExchange} keeps it. */
final class TinyOrder {
    final ClientOrderId id;
    final Symbol symbol;
    final Side side;
    final Direction position;
    final BigDecimal quantity;
    final OrderId orderId;
    BigDecimal executed = BigDecimal.ZERO;
    BigDecimal worth = BigDecimal.ZERO;
    Status status = Status.NEW;
    Instant changed;

    TinyOrder(
            ClientOrderId id,
            Symbol symbol,
            Side side,
            Direction position,
            BigDecimal quantity,
            long number,
            Instant now) {
        this.position = position;
        this.changed = now;
        this.id = id;
        this.symbol = symbol;
        this.side = side;
        this.quantity = quantity;
        this.orderId = new OrderId("o" + number);
    }
}
