package quantum.binance;

import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.json.Malformed;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Executed;
import quantum.venue.OrderUpdate.Status;

/**
 * What one source says of an order, before it is known whether that is enough: replies to orders tell what was executed
 * and never at which price (binance-usdm 0.1).
 */
record OrderReport(
        Symbol symbol,
        ClientOrderId clientId,
        OrderId orderId,
        Side side,
        String status,
        BigDecimal executed,
        @Nullable Price mean,
        Instant time) {

    /** A reply to placing or querying an order (binance-usdm 3.2, 3.5). */
    static OrderReport ofReply(Json json) {
        OrderId orderId = json.id("orderId");
        return new OrderReport(
                json.symbol("symbol"),
                json.clientId("clientOrderId", orderId),
                orderId,
                json.side("side"),
                json.text("status"),
                amount(json, "executedQty"),
                json.optionalPrice("avgPrice"),
                json.time("updateTime"));
    }

    /** The order inside an ORDER_TRADE_UPDATE (binance-usdm 5.2). */
    static OrderReport ofEvent(Json event) {
        Json json = event.object("o");
        OrderId orderId = json.id("i");
        return new OrderReport(
                json.symbol("s"),
                json.clientId("c", orderId),
                orderId,
                json.side("S"),
                json.text("X"),
                amount(json, "z"),
                json.optionalPrice("ap"),
                event.time("T"));
    }

    private static BigDecimal amount(Json json, String name) {
        BigDecimal amount = json.decimal(name);
        if (amount.signum() < 0) {
            throw new Malformed(name + " is below zero");
        }
        return amount;
    }

    /** The update, if everything that it must say is known; else null, and the price has to be asked for. */
    @Nullable
    OrderUpdate update(@Nullable BigDecimal fee) {
        if (executed.signum() == 0) {
            boolean claimsExecution = status.equals("FILLED") || status.equals("PARTIALLY_FILLED");
            return claimsExecution ? null : with(knownStatus(), Executed.NOTHING);
        }
        return mean == null ? null : with(knownStatus(), new Executed(executed, mean, fee));
    }

    /** That the order is on the exchange, and nothing more: true whatever became of it since. */
    OrderUpdate onTheBook() {
        return with(Status.NEW, Executed.NOTHING);
    }

    /** The update with an execution told by another source. */
    OrderUpdate with(BigDecimal quantity, Price price, @Nullable BigDecimal fee) {
        boolean isPart = quantity.compareTo(executed) < 0 || knownStatus() == Status.NEW;
        return with(isPart ? Status.PARTIALLY_FILLED : knownStatus(), new Executed(quantity, price, fee));
    }

    private OrderUpdate with(Status known, Executed execution) {
        return new OrderUpdate(symbol, clientId, orderId, side, known, execution, time);
    }

    /** A status that we do not know, or that liquidations use, ends nothing (binance-usdm 3.4). */
    private Status knownStatus() {
        return switch (status) {
            case "FILLED" -> Status.FILLED;
            case "CANCELED" -> Status.CANCELED;
            case "EXPIRED", "EXPIRED_IN_MATCH" -> Status.EXPIRED;
            case "REJECTED" -> Status.REJECTED;
            default -> executed.signum() > 0 ? Status.PARTIALLY_FILLED : Status.NEW;
        };
    }
}
