package quantum.order;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.market.Quantity;

/**
 * What has really been executed of an order so far: its mean price and cumulative quantity, both above zero, the
 * exchange's own figures (law 1). The fee is in the quote asset and absent while not every trade of it is known.
 */
public record Fill(Price price, Quantity quantity, @Nullable BigDecimal fee) {

    /** The executed worth in the quote asset. */
    public BigDecimal notional() {
        return price.times(quantity);
    }

    /** The later knowledge of the same order: the larger quantity, and of equal ones the one that knows the fee. */
    Fill larger(Fill other) {
        int order = other.quantity.compareTo(quantity);
        if (order > 0 || (order == 0 && fee == null)) {
            return other;
        }
        return this;
    }

    /** Mean price of two executions, to 18 decimals at most. */
    public static Price mean(BigDecimal notional, Quantity quantity) {
        return new Price(notional.divide(quantity.value(), 12, RoundingMode.HALF_EVEN));
    }
}
