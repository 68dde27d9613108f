package quantum.desk.report;

import quantum.book.LiveOrder;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.intent.Closed.Reason;
import quantum.market.Price;
import quantum.order.Purpose;
import quantum.venue.OrderUpdate;

/**
 * The log lines around one order, in the seeds' words, by which operators search. Each event has one line: a line
 * that came twice looked like a second order (INC-P11).
 */
public final class OrderLines {

    private OrderLines() {}

    /** The exchange took it. That is no fill: an acknowledgement comes before the execution (docs/decisions/0005). */
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

    /**
     * Logged once the answer shows that it left. Closes that never did were logged as sent, 160 times in a minute
     * (O-15).
     */
    public static void closeSent(LiveOrder order, Decision decision) {
        LiveOrder.Task task = order.task();
        Reason reason = task.cause().exitReason();
        // Without a reason it is no exit that anybody here decided on.
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

    /**
     * An exit is tried until it is done: what keeps it from leaving is logged once, then once a minute with a count,
     * and not at every try.
     *
     * @param kind what the answer was: the cause of a denial, NO_ANSWER or NOT_SENT
     * @param code the exchange's own, 0 where it gave none
     */
    public static void failed(LiveOrder order, String words, String kind, int code, Decision decision) {
        String symbol = order.task().symbol().name();
        // The desk's exits are new orders each, so that their ids would make every try a new cause. A close of an
        // intent is sent once, and its line is its own.
        boolean repeats =
                order.task().purpose() == Purpose.CLOSE && order.task().cause().intentId() == null;
        decision.logOnce(
                repeats ? symbol + kind + words : order.id().value(),
                Marker.ORDER_ERROR,
                "symbol",
                symbol,
                "error_type",
                kind,
                "exchange_code",
                code == 0 ? "" : Integer.toString(code),
                "message",
                words,
                "clientOrderId",
                order.id().value());
    }

    /**
     * A question whose answer says nothing of the order. It is asked each half second, so that a cause is logged once
     * (O-14).
     */
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

    /**
     * What the exchange answered to a question about an order. Each answer has its line, also the one that finds the
     * fill: without them a silent order looks forgotten (O-14).
     */
    public static void poll(LiveOrder order, OrderUpdate update, Decision decision) {
        Price mean = update.executed().meanPrice();
        // Without an execution there is no price; 0 would read as one, and was once taken for a fill (INC-P14).
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
