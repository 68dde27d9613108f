package quantum.desk.report;

import quantum.book.LiveOrder;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.intent.Closed.Reason;
import quantum.market.Price;
import quantum.order.Purpose;
import quantum.venue.OrderUpdate;

/** The log lines around one order, in the seeds' words. */
public final class OrderLines {

    private OrderLines() {}

    /** The exchange took it. */
    public static void accepted(LiveOrder order, OrderUpdate update, Decision decision) {
        decision.log(
                Marker.ORDER_RESPONSE,
                "orderId",
                update.orderId().value(),
                "status",
                update.status().name(),
                "symbol",
                update.symbol().name(),
                "updateTime",
                Long.toString(update.exchangeTime().toEpochMilli()),
                "elapsed",
                order.elapsed(decision.now().nanos()));
    }

    /** Told once the answer shows that it left; a close that never did is no close that was sent. */
    public static void closeSent(LiveOrder order, Decision decision) {
        LiveOrder.Task task = order.task();
        Reason reason = task.cause().exitReason();
        if (task.purpose() == Purpose.CLOSE && reason != null) {
            decision.log(
                    Marker.CLOSE_SENT,
                    "symbol",
                    task.symbol().name(),
                    "side",
                    task.side().name(),
                    "qty",
                    task.quantity().toString(),
                    "reason",
                    reason.name(),
                    "clientOrderId",
                    task.id().value());
        }
    }

    /** An exit is tried until it is done: what keeps it from leaving is told once, not at every try. */
    public static void failed(LiveOrder order, String words, String kind, int code, Decision decision) {
        String symbol = order.task().symbol().name();
        boolean repeats =
                order.task().purpose() == Purpose.CLOSE && order.task().cause().intentId() == null;
        decision.logOnce(
                repeats ? symbol + kind + words : order.id().value(),
                Marker.ORDER_ERROR,
                "symbol",
                symbol,
                "error_type",
                kind,
                "binance_code",
                code == 0 ? "" : Integer.toString(code),
                "message",
                words,
                "clientOrderId",
                order.id().value());
    }

    /** A question that told nothing. */
    public static void pollFailed(LiveOrder order, String status, String words, Decision decision) {
        decision.logOnce(
                order.id() + status + words,
                Marker.FILL_POLL,
                "symbol",
                order.task().symbol().name(),
                "status",
                status,
                "message",
                words,
                "clientOrderId",
                order.id().value());
    }

    /** What the exchange answered to a question about an order. */
    public static void poll(LiveOrder order, OrderUpdate update, Decision decision) {
        Price mean = update.executed().meanPrice();
        decision.log(
                Marker.FILL_POLL,
                "orderId",
                update.orderId().value(),
                "status",
                update.status().name(),
                "executedQty",
                update.executed().quantity().toPlainString(),
                "avgPrice",
                mean == null ? "" : mean.toString(),
                "elapsed",
                order.elapsed(decision.now().nanos()));
    }
}
