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
 * The end of one position life, in the exchange's own figures. PnL is net of fees and funding (INC-I45).
 * What nobody told is absent.
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
     * Money in the quote asset. Where a fee was taken in another asset nobody says what it was worth: {@code fees} is then
     * absent, the result is before all fees, and {@code feesByAsset} tells them.
     */
    public record Result(
            @Nullable BigDecimal pnl,
            @Nullable BigDecimal pnlPercent,
            @Nullable BigDecimal fees,
            @Nullable BigDecimal funding,
            String asset,
            @Nullable Map<String, BigDecimal> feesByAsset) {

        /** Of an end whose trades the exchange did not tell (X-F7). */
        public static final Result UNTOLD = new Result(null, null, null, null, "", null);

        /** One in USDT whose fees were all taken in USDT. */
        public Result(BigDecimal pnl, BigDecimal pnlPercent, @Nullable BigDecimal fees, @Nullable BigDecimal funding) {
            this(pnl, pnlPercent, fees, funding, "USDT", null);
        }
    }

    /** Why the position ended: a closed list of the contract. */
    public enum Reason {
        TP,
        SL,
        TRAILING,
        TIME,
        LADDER,
        SIGNAL,
        MANUAL,
        LIQUIDATION,
        ADL,
        SETTLEMENT,
        EMERGENCY,
        KILL,
        EXTERNAL
    }
}
