package quantum.market;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The sizes an exchange accepts: from minimum to maximum in whole steps above the minimum (binance-usdm 6.1). */
public record LotRule(BigDecimal min, BigDecimal max, BigDecimal step) {

    public LotRule {
        if (step.signum() <= 0 || min.signum() < 0 || max.compareTo(min) < 0) {
            throw new IllegalArgumentException("lot rule: 0 <= min <= max and step > 0 expected");
        }
    }

    /** The largest accepted size that is not above the given one, ignoring both bounds; zero if there is none. */
    BigDecimal down(BigDecimal size) {
        BigDecimal above = size.subtract(min);
        if (above.signum() < 0) {
            return BigDecimal.ZERO;
        }
        return above.divideToIntegralValue(step).multiply(step).add(min);
    }

    boolean accepts(BigDecimal size) {
        return size.compareTo(min) >= 0
                && size.compareTo(max) <= 0
                && size.subtract(min).remainder(step).signum() == 0;
    }

    static BigDecimal nearest(BigDecimal value, BigDecimal grid, RoundingMode mode) {
        return value.divide(grid, 0, mode).multiply(grid);
    }
}
