package quantum.intent;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.Fill;
import quantum.order.OrderId;

/**
 * What a producer learns about an intent. A filled report carries a {@link Fill}, which cannot be zero (law 1, seed
 * 000: orders published as filled at price 0). Exactly one terminal report an intent; a pending one may precede it.
 */
public sealed interface Report {

    Subject subject();

    /** Whom it is about. What is ignored are fields of the message that had no effect. */
    record Subject(
            String intentId, String traceId, Symbol symbol, Intent.Action action, Instant at, List<String> ignored) {
        public Subject {
            ignored = List.copyOf(ignored);
        }
    }

    /**
     * Which orders it is about, as far as known.
     *
     * @param stopId the exchange's id of the stop that rests; null where none was seen live in time
     *     (docs/decisions/0002)
     */
    record Orders(
            ClientOrderId clientId,
            OrderId orderId,
            @Nullable String stopId,
            @Nullable String targetId) {}

    /** Executed in full. */
    record Filled(Subject subject, Orders orders, Fill fill, Extras extras) implements Report {}

    /** Over, executed in part: a position of that size. */
    record Partial(Subject subject, Orders orders, Fill fill, Extras extras) implements Report {}

    /** Not confirmed within the fill wait; the reconciler goes on asking. The fill is what is known so far. */
    record PendingFill(
            Subject subject,
            ClientOrderId clientId,
            @Nullable OrderId orderId,
            @Nullable Fill fill) implements Report {}

    /** The protection of a position that exists was moved. */
    record Updated(
            Subject subject,
            @Nullable String stopId,
            @Nullable String targetId) implements Report {}

    /**
     * Nothing was executed; the field is the one to blame, where one is, and the order's id where the exchange gave
     * one.
     */
    record Rejected(
            Subject subject,
            Refusal why,
            @Nullable String field,
            String detail,
            @Nullable ClientOrderId clientId,
            @Nullable OrderId orderId)
            implements Report {

        /** Before there was an order. */
        public Rejected(
                Subject subject, Refusal why, @Nullable String field, String detail, @Nullable ClientOrderId clientId) {
            this(subject, why, field, detail, clientId, null);
        }
    }

    /**
     * Figures beside a fill.
     *
     * @param leverage of an open; null for a close
     * @param slippagePct how much worse than expected, in percent; negative when better, null where no price was
     *     known
     * @param reason of a close, in the words of {@link Closed.Reason}
     */
    record Extras(
            @Nullable Integer leverage,
            @Nullable BigDecimal slippagePct,
            @Nullable String reason) {}

    /** True unless another report on the same intent may follow. */
    default boolean isTerminal() {
        return !(this instanceof PendingFill);
    }

    /** The {@code terminal_state} of the contract; null for the one report that ends nothing. */
    default @Nullable String terminalState() {
        return switch (this) {
            case Filled _ -> "FILLED";
            case Partial _ -> "PARTIAL";
            case PendingFill _ -> null;
            case Updated _ -> "UPDATED";
            case Rejected r -> r.why().terminalState();
        };
    }

    /** The {@code status} of the contract. */
    default String status() {
        return switch (this) {
            case Filled _ -> "filled";
            case Partial _ -> "partial";
            case PendingFill _ -> "pending_fill";
            case Updated _ -> "updated";
            case Rejected _ -> "rejected";
        };
    }
}
