package quantum.order;

import org.jspecify.annotations.Nullable;

/** Where one order stands, with what is known there. */
public sealed interface OrderState {

    /** Decided, not sent. */
    record Pending() implements OrderState {}

    /** Handed to the network; no answer yet. */
    record Submitted() implements OrderState {}

    /** The answer was lost; the exchange has it or not, and nobody guesses (law 3). */
    record Unconfirmed() implements OrderState {}

    /** On the exchange, nothing executed that we know of. */
    record Working(OrderId orderId) implements OrderState {}

    /** On the exchange, partly executed: a position already. */
    record PartlyFilled(OrderId orderId, Fill fill) implements OrderState {}

    /** Executed in full. */
    record Filled(OrderId orderId, Fill fill) implements OrderState {}

    /** Over without being executed in full; what was executed before is kept. */
    record Ended(OrderId orderId, Ending ending, @Nullable Fill fill) implements OrderState {}

    /** Never on the exchange: denied, proven unsent, or proven absent. */
    record Rejected(Denial denial) implements OrderState {}

    /** How an order ended on the exchange. */
    enum Ending {
        CANCELED,
        EXPIRED,
        REJECTED
    }

    /** True if the exchange will not change it any more. */
    default boolean isFinal() {
        return switch (this) {
            case Pending _, Submitted _, Unconfirmed _, Working _, PartlyFilled _ -> false;
            case Filled _, Ended _, Rejected _ -> true;
        };
    }

    /** What has been executed, if anything. */
    default @Nullable Fill fill() {
        return switch (this) {
            case Pending _, Submitted _, Unconfirmed _, Working _, Rejected _ -> null;
            case PartlyFilled(var _, Fill fill) -> fill;
            case Filled(var _, Fill fill) -> fill;
            case Ended(var _, var _, Fill fill) -> fill;
        };
    }

    /** The exchange's id, once it told one. */
    default @Nullable OrderId orderId() {
        return switch (this) {
            case Pending _, Submitted _, Unconfirmed _, Rejected _ -> null;
            case Working(OrderId id) -> id;
            case PartlyFilled(OrderId id, var _) -> id;
            case Filled(OrderId id, var _) -> id;
            case Ended(OrderId id, var _, var _) -> id;
        };
    }
}
