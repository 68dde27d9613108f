package quantum.desk;

import org.jspecify.annotations.Nullable;
import quantum.book.LiveOrder;
import quantum.intent.Refusal;
import quantum.order.Denial;
import quantum.order.OrderState;
import quantum.venue.Answer;

/** Why an order that executed nothing ended its intent. */
final class OrderRefusal {

    private OrderRefusal() {}

    /**
     * It never left, the exchange proved that it had none, it was refused, or it was taken and executed nothing: four
     * reasons, because a producer does something else about each (docs/reasons.md).
     */
    static Refusal of(LiveOrder order, Answer.@Nullable Cause cause) {
        if (order.state() instanceof OrderState.Rejected(Denial denial)) {
            return switch (denial.kind()) {
                case NOT_SENT -> Refusal.NOT_SENT;
                case ABSENT -> Refusal.OUTCOME_UNKNOWN_EXPIRED;
                case DENIED -> cause == null ? Refusal.EXCHANGE_REJECTED : denied(cause);
            };
        }
        return Refusal.NOT_FILLED;
    }

    /**
     * Those that a producer or operator can act on by name; of all others the report carries the exchange's code and
     * words.
     */
    private static Refusal denied(Answer.Cause cause) {
        return switch (cause) {
            case MARGIN -> Refusal.EXCHANGE_MARGIN;
            case LEVERAGE -> Refusal.LEVERAGE_MISMATCH;
            case RATE -> Refusal.EXCHANGE_LIMITS;
            case LEVEL_PASSED,
                    NOTHING_TO_REDUCE,
                    ALREADY_RESTING,
                    TOO_MANY_RESTING,
                    UNKNOWN_ORDER,
                    BUSY,
                    RULES,
                    CONFIGURATION,
                    OTHER -> Refusal.EXCHANGE_REJECTED;
        };
    }

    /** The exchange's own words where it gave any: our reasons are coarser. */
    static String words(LiveOrder order) {
        return switch (order.state()) {
            case OrderState.Rejected(Denial denial) ->
                denial.code() == 0 ? denial.text() : denial.code() + " " + denial.text();
            case OrderState.Ended(var _, OrderState.Ending ending, var _) -> "the order ended " + ending;
            default -> "";
        };
    }
}
