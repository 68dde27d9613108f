package quantum.record;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One row that must outlive the process: the restart truth. Each is the whole state of one thing after a change, in
 * plain values, so that writing it twice is harmless. Names inside are those of the domain's enums and records.
 */
public sealed interface Entry extends Recorded {

    /** The table's key. */
    String key();

    /**
     * An intent and how it ended. {@code stages} are microseconds since it was received, by stage name; {@code ignored}
     * are fields that had no effect, absent in rows from before they were told. {@code terminalState} is null while it
     * has no ending, {@code clientOrderId} where no order carries it out.
     */
    record IntentRow(
            String intentId,
            String traceId,
            String digest,
            String symbol,
            String action,
            @Nullable String clientOrderId,
            @Nullable String terminalState,
            @Nullable String reason,
            @Nullable String detail,
            String messageId,
            Instant receivedAt,
            Map<String, Long> stages,
            @Nullable List<String> ignored)
            implements Entry {
        @Override
        public String key() {
            return intentId;
        }
    }

    /**
     * An order of ours and what is known of it. {@code mayArriveFrom} is the first restart after it was decided, the
     * latest time at which it can have left; absent in the life that decided it. It is durable before the order leaves
     * (INV-03), so that {@code Submitted} says no more than that it may have left. {@code denial} has the exchange's
     * code and words. {@code unwanted} is the reason of a close of all that came while an open was under way: what it
     * executes after that is closed too.
     */
    record OrderRow(
            String clientOrderId,
            String symbol,
            String side,
            String purpose,
            BigDecimal quantity,
            int leverage,
            @Nullable String intentId,
            @Nullable String epoch,
            @Nullable String exitReason,
            String state,
            @Nullable String orderId,
            @Nullable BigDecimal fillPrice,
            @Nullable BigDecimal fillQuantity,
            @Nullable BigDecimal fee,
            @Nullable String denial,
            Instant sentAt,
            @Nullable Instant mayArriveFrom,
            PlanRow plan,
            @Nullable String unwanted)
            implements Entry {
        @Override
        public String key() {
            return clientOrderId;
        }
    }

    /** Protective levels: absolute once a position exists, as the producer gave them before. */
    record PlanRow(
            @Nullable BigDecimal stop,
            @Nullable BigDecimal target,
            @Nullable BigDecimal stopPct,
            @Nullable BigDecimal targetPct,
            @Nullable BigDecimal trailingPct,
            @Nullable WatchRow watch) {
        public static final PlanRow NONE = new PlanRow(null, null, null, null, null, null);
    }

    /**
     * The exits that only the watch carries out; absent in rows from before there were any. What is null was not
     * wished, or is the setting's.
     */
    record WatchRow(
            @Nullable BigDecimal trailingActivationPct,
            @Nullable BigDecimal breakEvenPct,
            @Nullable Long maxTimeSeconds,
            @Nullable List<RungRow> ladder) {}

    /** One rung: {@code at} is a price once a position exists, before that in the measure's percent. */
    record RungRow(BigDecimal at, @Nullable String measure, BigDecimal fraction) {}

    /**
     * How far the watch of a position came: the largest quantity that it had, the rungs that were reached, what of them
     * is still to be closed, and whether its stop stands where trailing brought it.
     */
    record ProgressRow(BigDecimal largest, int rungs, BigDecimal owed, boolean trailed) {}

    /**
     * One life of a position, from its first fill until its {@code trade.closed} is published. {@code foundQuantity} is
     * what was held when it was found on the exchange; absent for a position that an order of ours opened.
     * {@code foundPrice} is what that had cost, which more of it moves away from {@code entryPrice} (INV-28); absent in
     * rows from before it was kept.
     * {@code progress} is absent in rows from before there was any. {@code endedAt} is when its end was believed: what
     * was traded later is of other positions. {@code state} is OPEN, SETTLING or CLOSED. {@code high} and {@code low}
     * are the extremes of its prices, by which a trailing level outlives the process. The attempts number its orders,
     * because an id that has ended may be taken again, and a market order under it would be executed once more
     * (binance-usdm 0.6).
     */
    record PositionRow(
            String epoch,
            String symbol,
            String direction,
            BigDecimal quantity,
            BigDecimal entryPrice,
            int leverage,
            @Nullable String intentId,
            Instant openedAt,
            String state,
            PlanRow plan,
            BigDecimal high,
            BigDecimal low,
            int stopAttempt,
            int targetAttempt,
            int exitAttempt,
            @Nullable BigDecimal foundQuantity,
            List<String> entryOrders,
            Map<String, String> exitReasons,
            @Nullable ProgressRow progress,
            @Nullable Instant endedAt,
            @Nullable BigDecimal foundPrice)
            implements Entry {
        @Override
        public String key() {
            return epoch;
        }
    }

    /**
     * What only a person ends: a halt, what was flattened by symbol (true while it is still being closed), what the
     * breaker stopped, and what it counts.
     */
    record StandingRow(
            boolean halted,
            boolean flattening,
            Map<String, Boolean> flattened,
            List<String> latched,
            Map<String, List<EnteredRow>> entered) {}

    /** One open that the breaker counts. */
    record EnteredRow(String direction, Instant at) {}

    /**
     * What the guards remember; instants are exchange time, so that they survive the process. {@code standing} is absent
     * in rows from before there was any.
     */
    record GuardRow(
            Map<String, Instant> symbolOpenedAt,
            List<Instant> openedAt,
            Map<String, Instant> symbolCooldowns,
            @Nullable Instant globalCooldown,
            List<Instant> marginFailures,
            @Nullable Instant safeMode,
            boolean paused,
            @Nullable StandingRow standing)
            implements Entry {
        @Override
        public String key() {
            return "guards";
        }
    }
}
