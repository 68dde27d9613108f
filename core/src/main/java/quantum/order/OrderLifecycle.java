package quantum.order;

import org.jspecify.annotations.Nullable;
import quantum.order.OrderEvent.Acknowledged;
import quantum.order.OrderEvent.Denied;
import quantum.order.OrderEvent.Executed;
import quantum.order.OrderEvent.Missing;
import quantum.order.OrderEvent.NoAnswer;
import quantum.order.OrderEvent.Over;
import quantum.order.OrderEvent.PartlyExecuted;
import quantum.order.OrderEvent.Sent;
import quantum.order.OrderState.Ended;
import quantum.order.OrderState.Filled;
import quantum.order.OrderState.PartlyFilled;
import quantum.order.OrderState.Pending;
import quantum.order.OrderState.Rejected;
import quantum.order.OrderState.Submitted;
import quantum.order.OrderState.Unconfirmed;
import quantum.order.OrderState.Working;

/**
 * The whole life of an order on one screen. Fills never shrink, a filled order never changes, and what the exchange
 * cannot mean is thrown: an execution after a rejection is a position nobody protects, so it must be loud.
 */
public final class OrderLifecycle {

    private OrderLifecycle() {}

    /** The state after an event; the same state where the event tells nothing new. */
    public static OrderState next(OrderState state, OrderEvent event) {
        return switch (state) {
            case Pending s -> pending(s, event);
            case Submitted s -> open(s, event);
            case Unconfirmed s -> open(s, event);
            case Working s -> working(s, event);
            case PartlyFilled s -> partlyFilled(s, event);
            case Filled s -> filled(s, event);
            case Ended s -> ended(s, event);
            case Rejected s -> rejected(s, event);
        };
    }

    private static OrderState pending(Pending s, OrderEvent event) {
        return switch (event) {
            case Sent _ -> new Submitted();
            case NoAnswer _, Acknowledged _, PartlyExecuted _, Executed _, Over _, Denied _, Missing _ ->
                throw new IllegalOrderEvent(s, event);
        };
    }

    private static OrderState open(OrderState s, OrderEvent event) {
        return switch (event) {
            case Sent _ -> throw new IllegalOrderEvent(s, event);
            case NoAnswer _ -> new Unconfirmed();
            case Acknowledged(OrderId id) -> new Working(id);
            case PartlyExecuted(OrderId id, Fill fill) -> new PartlyFilled(id, fill);
            case Executed(OrderId id, Fill fill) -> new Filled(id, fill);
            case Over(OrderId id, var ending, Fill fill) -> new Ended(id, ending, fill);
            case Denied(Denial denial) -> new Rejected(denial);
            case Missing _ -> new Rejected(Denial.absent());
        };
    }

    private static OrderState working(Working s, OrderEvent event) {
        return switch (event) {
            case Sent _, Denied _ -> throw new IllegalOrderEvent(s, event);
            // An exchange may deny knowing an order for a moment after accepting it (binance-usdm 3.5).
            case NoAnswer _, Acknowledged _, Missing _ -> s;
            case PartlyExecuted(OrderId id, Fill fill) -> new PartlyFilled(id, fill);
            case Executed(OrderId id, Fill fill) -> new Filled(id, fill);
            case Over(OrderId id, var ending, Fill fill) -> new Ended(id, ending, fill);
        };
    }

    private static OrderState partlyFilled(PartlyFilled s, OrderEvent event) {
        return switch (event) {
            case Sent _, Denied _ -> throw new IllegalOrderEvent(s, event);
            case NoAnswer _, Acknowledged _, Missing _ -> s;
            case PartlyExecuted(OrderId id, Fill fill) ->
                new PartlyFilled(id, s.fill().larger(fill));
            case Executed(OrderId id, Fill fill) -> new Filled(id, fill);
            case Over(OrderId id, var ending, Fill fill) -> new Ended(id, ending, larger(s.fill(), fill));
        };
    }

    private static OrderState filled(Filled s, OrderEvent event) {
        return switch (event) {
            case Sent _, Denied _ -> throw new IllegalOrderEvent(s, event);
            case NoAnswer _, Acknowledged _, PartlyExecuted _, Over _, Missing _ -> s;
            case Executed(OrderId id, Fill fill) -> new Filled(id, s.fill().larger(fill));
        };
    }

    private static OrderState ended(Ended s, OrderEvent event) {
        return switch (event) {
            case Sent _, Denied _ -> throw new IllegalOrderEvent(s, event);
            case NoAnswer _, Acknowledged _, Missing _ -> s;
            case PartlyExecuted(OrderId id, Fill fill) -> new Ended(id, s.ending(), larger(s.fill(), fill));
            case Executed(OrderId id, Fill fill) -> new Filled(id, fill);
            case Over(OrderId id, var ending, Fill fill) -> new Ended(id, ending, larger(s.fill(), fill));
        };
    }

    private static OrderState rejected(Rejected s, OrderEvent event) {
        return switch (event) {
            case Sent _, Acknowledged _, PartlyExecuted _, Executed _, Over _ -> throw new IllegalOrderEvent(s, event);
            case NoAnswer _, Denied _, Missing _ -> s;
        };
    }

    private static @Nullable Fill larger(@Nullable Fill known, @Nullable Fill told) {
        if (known == null || told == null) {
            return known == null ? told : known;
        }
        return known.larger(told);
    }
}
