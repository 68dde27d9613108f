package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** The exchange's asset precision and the plain text of its numbers. */
public final class Decimals {

    /** USDT amounts carry eight decimals. */
    static final int ASSET_SCALE = 8;

    private Decimals() {}

    /** An amount of USDT; exact unless it has more than eight decimals. */
    static BigDecimal amount(BigDecimal value) {
        return value.scale() <= ASSET_SCALE ? value : value.setScale(ASSET_SCALE, RoundingMode.HALF_EVEN);
    }

    static BigDecimal ratio(BigDecimal value, BigDecimal divisor) {
        return value.divide(divisor, ASSET_SCALE, RoundingMode.HALF_EVEN);
    }

    /** The same number without trailing zeros and never with an exponent. */
    public static BigDecimal shorten(BigDecimal value) {
        var stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0, RoundingMode.UNNECESSARY) : stripped;
    }

    public static String text(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.toPlainString();
    }
}
