package quantum.desk.exit;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.intent.Closed.Reason;
import quantum.market.Symbol;
import quantum.order.OrderId;
import quantum.position.RoundTrip;
import quantum.record.Notice;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent.MarginCalled;

/**
 * What the exchange threatens and does to positions by itself: margin calls, liquidations and deleveragings, each
 * alerted with its figures. A margin call was once an unknown event, and a liquidation raised no alert (X-F11, I-F9).
 */
public final class Liquidations {

    /** A position near its end is called again and again; a person hears of it so often. */
    private static final Duration PAUSE = Duration.ofMinutes(1);

    /** Orders kept; of one that was forgotten a late repeat would only alert again. */
    private static final int REMEMBERED = 500;

    /** How much of an order was alerted, and whether its end was. */
    private record Told(BigDecimal quantity, boolean over) {}

    /** By the exchange's own id of the order, the eldest first. */
    private final Map<OrderId, Told> orders = new LinkedHashMap<>();
    /** When each position was last alerted about, by the monotonic clock: a symbol, in hedge mode with its side. */
    private final Map<String, Long> calledNanos = new HashMap<>();

    /** The exchange asks for more margin. It may have liquidated already when this is heard. */
    public void called(MarginCalled call, Decision decision) {
        String what = call.symbol() + (call.direction() == null ? "" : " " + call.direction());
        // Position by position: the call of one must not silence the call of another.
        Long last = calledNanos.get(what);
        if (last != null && decision.now().since(last).compareTo(PAUSE) < 0) {
            return;
        }
        calledNanos.put(what, decision.now().nanos());
        decision.alert(
                "margin-call:" + call.symbol(),
                Notice.Severity.CRITICAL,
                "margin call: " + known(call.quantity()) + " of " + what + " at mark "
                        + (call.mark() == null ? "unknown" : call.mark()) + ", maintenance margin "
                        + known(call.maintenance())
                        + "; the exchange liquidates what falls below it: add margin or close",
                call.symbol().name());
    }

    /** The exchange may leave a figure out; unknown is not zero. */
    private static String known(@Nullable BigDecimal figure) {
        return figure == null ? "unknown" : figure.toPlainString();
    }

    /**
     * An order of the exchange was executed: alerted at its first execution, and once more when it is over with more.
     * What it executes in between would be an alert each, and changes nothing that a person can do.
     */
    void executed(OrderUpdate update, Reason reason, Decision decision) {
        // A hand outside is nobody's alarm, and a delivery was alerted a day before.
        if (!isForced(reason)) {
            return;
        }
        BigDecimal quantity = update.executed().quantity();
        boolean over = isOver(update.status());
        Told told = orders.get(update.orderId());
        // The stream repeats executions, the last one too.
        boolean isNews = told == null || (over && !told.over() && quantity.compareTo(told.quantity()) > 0);
        if (isNews && quantity.signum() > 0) {
            remember(update.orderId(), new Told(quantity, over));
            tell(reason, update.symbol(), quantity + " at " + update.executed().meanPrice(), decision);
        }
    }

    private static boolean isOver(OrderUpdate.Status status) {
        return switch (status) {
            case NEW, PARTIALLY_FILLED -> false;
            case FILLED, CANCELED, EXPIRED, REJECTED -> true;
        };
    }

    /** A position was ended by the exchange; alerted here, by its trades, where the stream never named the order. */
    void ended(LivePosition position, RoundTrip settlement, Reason reason, Decision decision) {
        if (isForced(reason) && !orders.containsKey(settlement.closedBy())) {
            remember(settlement.closedBy(), new Told(settlement.quantity().value(), true));
            tell(
                    reason,
                    position.symbol(),
                    settlement.quantity() + " in all, closed at " + settlement.exitPrice() + " on average",
                    decision);
        }
    }

    private void remember(OrderId id, Told told) {
        orders.put(id, told);
        // In the order of insertion the first is the eldest.
        if (orders.size() > REMEMBERED) {
            orders.remove(orders.keySet().iterator().next());
        }
    }

    private static void tell(Reason reason, Symbol symbol, String figures, Decision decision) {
        boolean liquidated = reason == Reason.LIQUIDATION;
        decision.alert(
                (liquidated ? "liquidated:" : "deleveraged:") + symbol,
                Notice.Severity.CRITICAL,
                "the exchange " + (liquidated ? "liquidated " : "deleveraged ") + symbol + ": " + figures,
                symbol.name());
    }

    /** Taken from the account against its will; a settlement is how a contract ends. */
    private static boolean isForced(Reason reason) {
        return reason == Reason.LIQUIDATION || reason == Reason.ADL;
    }
}
