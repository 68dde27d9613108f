package quantum.cryptocom;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import quantum.json.Malformed;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Executed;

/**
 * One order as the exchange shows it, from whichever road: an ordinary one, or one of the advanced kind that waits for
 * a price. What is executed is cumulative_quantity whatever the status, and may exceed {@code quantity}, which is an
 * estimate for an order by notional (crypto-com-clients 1).
 */
record OrderReport(
        boolean isAdvanced,
        Symbol symbol,
        ClientOrderId clientId,
        OrderId orderId,
        Side side,
        String type,
        String status,
        @Nullable BigDecimal quantity,
        @Nullable Price limit,
        @Nullable Price trigger,
        @Nullable BigDecimal executed,
        @Nullable Price meanPrice,
        @Nullable String listId,
        @Nullable OrderId child,
        @Nullable String refusal,
        Instant time) {

    private static final int DEEPEST = 4;
    private static final Set<String> OPEN = Set.of("NEW", "PENDING", "ACTIVE", "UNTRIGGERED");
    private static final Set<String> OVER = Set.of("FILLED", "CANCELED", "REJECTED", "EXPIRED");

    /** Of private/get-order-detail, get-open-orders and user.order. */
    static OrderReport ordinary(Json row, Instant now) {
        return of(row, false, now);
    }

    /** Of private/advanced and user.advance.order. */
    static OrderReport advanced(Json row, Instant now) {
        return of(row, true, now);
    }

    /**
     * Every order in an answer of private/advanced, however it is wrapped: nobody has recorded one
     * (crypto-com-clients). One that cannot be read is odd alone.
     */
    static List<OrderReport> allAdvanced(Json answer, Instant now, BiConsumer<String, String> odd) {
        List<OrderReport> found = new ArrayList<>();
        collect(answer, now, found, odd, 0);
        return found;
    }

    private static void collect(
            Json json, Instant now, List<OrderReport> found, BiConsumer<String, String> odd, int depth) {
        if (json.has("status") && json.has("order_id")) {
            try {
                found.add(advanced(json, now));
            } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
                odd.accept("conditional order " + json.optionalText("order_id"), String.valueOf(e.getMessage()));
            }
        } else if (depth < DEEPEST) {
            json.members().forEach(member -> collect(member, now, found, odd, depth + 1));
        }
    }

    private static OrderReport of(Json row, boolean isAdvanced, Instant now) {
        OrderId orderId = row.id("order_id");
        BigDecimal executed = row.optionalDecimal("cumulative_quantity");
        if (executed == null ? row.has("cumulative_quantity") : executed.signum() < 0) {
            throw new Malformed("cumulative_quantity is not an amount");
        }
        Price limit = row.optionalPrice("limit_price");
        String type = row.optionalText("order_type");
        String refusal = row.optionalText("reject_reason");
        Instant updated = row.optionalTime("update_time");
        Instant created = row.optionalTime("create_time");
        return new OrderReport(
                isAdvanced,
                row.symbol("instrument_name"),
                row.clientId("client_oid", orderId),
                orderId,
                row.side("side"),
                type == null ? row.text("type") : type,
                row.text("status"),
                isByNotional(row) ? null : row.optionalDecimal("quantity"),
                limit == null ? row.optionalPrice("price") : limit,
                row.optionalPrice("ref_price"),
                executed,
                mean(row, executed),
                row.optionalText("list_id"),
                row.optionalId("exchange_order_id"),
                refusal == null ? reason(row) : refusal,
                updated != null ? updated : created != null ? created : now);
    }

    private static @Nullable String reason(Json row) {
        String reason = row.optionalText("reason");
        return reason == null || reason.equals("0") ? null : "reason " + reason;
    }

    private static boolean isByNotional(Json row) {
        return row.member("exec_inst").node().toString().contains("NOTIONAL");
    }

    private static @Nullable Price mean(Json row, @Nullable BigDecimal executed) {
        if (executed == null || executed.signum() <= 0) {
            return null;
        }
        Price average = row.optionalPrice("avg_price");
        BigDecimal value = row.optionalDecimal("cumulative_value");
        return average != null || value == null || value.signum() <= 0
                ? average
                : Fill.mean(value, new Quantity(executed));
    }

    /** The price that it waits for; of a limit order its own. */
    @Nullable
    Price level() {
        return trigger == null ? limit : trigger;
    }

    boolean isExecuted() {
        return executed != null && executed.signum() > 0;
    }

    /** Executed, and nobody says at what price: it cannot be published as a fill (law 1). */
    boolean lacksItsPrice() {
        return isExecuted() && meanPrice == null;
    }

    boolean isOpen() {
        return OPEN.contains(status);
    }

    boolean isOver() {
        return OVER.contains(status);
    }

    boolean hasKnownStatus() {
        return isOpen() || isOver();
    }

    /** Whether it waits for a falling price. */
    boolean isStop() {
        return type.startsWith("STOP");
    }

    /** Whether it can be the target of a pair. */
    boolean isTarget() {
        return type.equals("LIMIT") || type.startsWith("TAKE_PROFIT");
    }

    /** The same order with nothing executed, where the exchange knows of no execution. */
    OrderReport withoutExecution() {
        return new OrderReport(
                isAdvanced,
                symbol,
                clientId,
                orderId,
                side,
                type,
                status,
                quantity,
                limit,
                trigger,
                BigDecimal.ZERO,
                null,
                listId,
                child,
                refusal,
                time);
    }

    /**
     * In the desk's words. {@code asked} is what we wished, where we know it: cancelled with no more than a step
     * missing is filled, because the exchange cancels the residue of a market order (crypto-com 0.2). An unknown status
     * ends nothing.
     */
    OrderUpdate update(@Nullable BigDecimal asked, BigDecimal step, @Nullable BigDecimal fee) {
        BigDecimal wish = asked == null ? quantity : asked;
        BigDecimal done = executed == null ? BigDecimal.ZERO : executed;
        Executed soFar = meanPrice == null ? Executed.NOTHING : new Executed(done, meanPrice, fee);
        boolean isWhole =
                meanPrice != null && wish != null && wish.subtract(done).compareTo(step) <= 0;
        OrderUpdate.Status open = meanPrice == null ? OrderUpdate.Status.NEW : OrderUpdate.Status.PARTIALLY_FILLED;
        OrderUpdate.Status joined = switch (status) {
            case "FILLED" -> meanPrice == null ? OrderUpdate.Status.NEW : OrderUpdate.Status.FILLED;
            case "CANCELED" -> isWhole ? OrderUpdate.Status.FILLED : OrderUpdate.Status.CANCELED;
            case "REJECTED" -> OrderUpdate.Status.REJECTED;
            case "EXPIRED" -> isWhole ? OrderUpdate.Status.FILLED : OrderUpdate.Status.EXPIRED;
            default -> open;
        };
        return new OrderUpdate(symbol, clientId, orderId, side, joined, soFar, time);
    }
}
