package quantum.order;

import org.jspecify.annotations.Nullable;

/** What can be learned about one order. */
public sealed interface OrderEvent {

    /** It was handed to the network. */
    record Sent() implements OrderEvent {}

    /** The answer was lost. */
    record NoAnswer() implements OrderEvent {}

    /** The exchange has it. */
    record Acknowledged(OrderId orderId) implements OrderEvent {}

    /** Part of it was executed; the fill is cumulative. */
    record PartlyExecuted(OrderId orderId, Fill fill) implements OrderEvent {}

    /** All of it was executed. */
    record Executed(OrderId orderId, Fill fill) implements OrderEvent {}

    /** It is over; the fill, if any, is cumulative. */
    record Over(
            OrderId orderId,
            OrderState.Ending ending,
            @Nullable Fill fill) implements OrderEvent {}

    /** The exchange refused it, or it is proven that no byte left. */
    record Denied(Denial denial) implements OrderEvent {}

    /** The exchange proved that it never had it; raised only after the whole of INV-40 holds. */
    record Missing() implements OrderEvent {}
}
