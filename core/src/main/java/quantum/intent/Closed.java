package quantum.intent;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;

/**
 * The end of one position life, in the exchange's own figures. PnL is net of fees and funding (INC-I45). What is not
 * known is absent.
 *
 * @param entryPrice the mean of all entries
 * @param exitPrice the mean of all exits; null where neither trades nor orders of ours say it (X-F7)
 * @param quantity all that was entered, in units
 * @param openedAt by exchange time, as is {@code closedAt}
 * @param intentId the intent that opened it; null for a position that was found
 * @param orderIds the exchange's ids; the order that ended it is the last
 */
public record Closed(
        Symbol symbol,
        Direction direction,
        Price entryPrice,
        @Nullable Price exitPrice,
        Quantity quantity,
        Result result,
        Reason reason,
        Instant openedAt,
        Instant closedAt,
        @Nullable String intentId,
        List<String> orderIds) {

    /**
     * Money in the quote asset. Where a fee was taken in another asset nobody says what it was worth: {@code fees} is
     * then absent, the result is before all fees, and {@code feesByAsset} has them (X-F8).
     *
     * @param pnl net of fees and funding; null where the exchange did not list the trades
     * @param pnlPercent of what was entered
     * @param fees a cost, with what the insurance fund took at a liquidation
     * @param funding negative where more was paid than received; null where it is not known, never 0 for that
     * @param asset the quote asset; empty where nobody knows it
     */
    public record Result(
            @Nullable BigDecimal pnl,
            @Nullable BigDecimal pnlPercent,
            @Nullable BigDecimal fees,
            @Nullable BigDecimal funding,
            String asset,
            @Nullable Map<String, BigDecimal> feesByAsset) {

        /** Of an end whose trades the exchange did not list (X-F7). */
        public static final Result UNTOLD = new Result(null, null, null, null, "", null);

        /** One in USDT whose fees were all taken in USDT. */
        public Result(BigDecimal pnl, BigDecimal pnlPercent, @Nullable BigDecimal fees, @Nullable BigDecimal funding) {
            this(pnl, pnlPercent, fees, funding, "USDT", null);
        }
    }

    /**
     * Why the position ended: a closed list of the contract. It is the reason of the order that closed the last part;
     * a close of a producer has the one that its text names.
     */
    public enum Reason {
        /** Its target, whether the exchange or the watch closed it. */
        TP,
        /** Its stop, also where break-even had moved it: the contract has no word for that (docs/decisions/0009). */
        SL,
        /** A stop that trailing had raised, also where it fired on the exchange. */
        TRAILING,
        /** It was held as long as it may be. */
        TIME,
        /** A rung took what was left. */
        LADDER,
        /** A close or a flip of a producer. */
        SIGNAL,
        /** A close whose producer calls it manual. */
        MANUAL,
        /** By the exchange, for want of margin. */
        LIQUIDATION,
        /** By the exchange, to close somebody else's loss: auto-deleveraging. */
        ADL,
        /** By the exchange, at the end of the contract. */
        SETTLEMENT,
        /** It could not be protected (law 4), or an exit of ours whose cause nobody remembers. */
        EMERGENCY,
        /** A person ordered everything, or this symbol, to be flattened. */
        KILL,
        /** Another hand on the account, or an end that nobody can explain. */
        EXTERNAL
    }
}
