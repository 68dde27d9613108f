package quantum.processes;

import static quantum.trader.Exchange.text;

import java.util.function.Predicate;
import quantum.trader.Exchange;
import quantum.trader.ledger.LedgerView;

/**
 * Steps of an intent's way at which the process is killed (reliability F1): each is seen from outside, or held open
 * by an exchange that is slow or deaf to one request.
 */
enum KillPoint {
    /** Anywhere: after a drawn time under load. */
    RANDOM(Kind.NONE, "", ""),
    /** While it starts, as soon as the exchange hears of it, and then again. */
    START_UP(Kind.NONE, "", ""),
    MESSAGE_READ(Kind.OPEN, "", ""),
    INTENT_RECORDED(Kind.OPEN, "", ""),
    /** The order is on disk; whether its bytes left is anybody's guess. */
    ORDER_RECORDED(Kind.OPEN, "", ""),
    /** Executed, and the answer is on its way. */
    ORDER_ANSWER_HELD(Kind.OPEN, "delay", "POST /fapi/v1/order"),
    /** It arrived and was not executed: only time proves that (INV-40). */
    ORDER_LOST(Kind.OPEN, "lost_before", "POST /fapi/v1/order"),
    ORDER_ACKNOWLEDGED(Kind.OPEN, "", ""),
    FILLED_AT_EXCHANGE(Kind.OPEN, "", ""),
    STOP_ANSWER_HELD(Kind.OPEN, "delay", "POST /fapi/v1/algoOrder"),
    STOP_LOST(Kind.OPEN, "lost_before", "POST /fapi/v1/algoOrder"),
    STOP_LIVE(Kind.OPEN, "", ""),
    REPORT_PUBLISHED(Kind.OPEN, "", ""),
    MESSAGE_ACKNOWLEDGED(Kind.OPEN, "", ""),
    CLOSE_ANSWER_HELD(Kind.CLOSE, "delay", "POST /fapi/v1/order"),
    CLOSED_AT_EXCHANGE(Kind.CLOSE, "", ""),
    CLOSED_PUBLISHED(Kind.CLOSE, "", "");

    /** What leads there. */
    enum Kind {
        NONE,
        OPEN,
        CLOSE
    }

    private final Kind kind;
    private final String fault;
    private final String match;

    KillPoint(Kind kind, String fault, String match) {
        this.kind = kind;
        this.fault = fault;
        this.match = match;
    }

    Kind kind() {
        return kind;
    }

    /** Sets the trap that holds the step open, if it needs one. */
    void prepare(Exchange exchange, String symbol) {
        if (!fault.isEmpty()) {
            exchange.fault(fault, match, symbol, fault.equals("delay") ? ",\"millis\":4000" : ",\"count\":50");
        }
    }

    /** True once the intent has come this far. */
    boolean isReached(Installation at, String intentId, String symbol) {
        Exchange exchange = at.exchange();
        return switch (this) {
            case RANDOM, START_UP -> true;
            case MESSAGE_READ -> at.pending() > 0;
            case INTENT_RECORDED ->
                at.ledgerKnows(ledger -> ledger.intent(intentId).isPresent());
            case ORDER_RECORDED ->
                at.ledgerKnows(ledger -> !ledger.ordersOf(intentId).isEmpty());
            case ORDER_ACKNOWLEDGED -> at.ledgerKnows(acknowledged(intentId));
            case ORDER_ANSWER_HELD -> !exchange.orders(symbol).isEmpty();
            case ORDER_LOST, STOP_LOST -> exchange.hasStruck(symbol);
            case FILLED_AT_EXCHANGE -> isHeld(exchange, symbol);
            case STOP_ANSWER_HELD, STOP_LIVE -> !exchange.liveStops(symbol).isEmpty();
            case REPORT_PUBLISHED -> !at.endings(intentId).isEmpty();
            case MESSAGE_ACKNOWLEDGED -> !at.endings(intentId).isEmpty() && at.pending() == 0;
            case CLOSE_ANSWER_HELD, CLOSED_AT_EXCHANGE -> !isHeld(exchange, symbol);
            case CLOSED_PUBLISHED ->
                !at.payloads("trade.closed", c -> symbol.equals(text(c, "symbol")))
                        .isEmpty();
        };
    }

    private static Predicate<LedgerView> acknowledged(String intentId) {
        return ledger -> ledger.ordersOf(intentId).stream().anyMatch(order -> order.orderId() != null);
    }

    private static boolean isHeld(Exchange exchange, String symbol) {
        return exchange.held(symbol).signum() != 0;
    }
}
