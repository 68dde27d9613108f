package quantum.market;

import java.math.BigDecimal;

/** The one notion of a sane decimal: what no exchange figure exceeds, and what could exhaust memory when printed. */
public final class Decimals {

    /** Ten characters such as 1E+9999999 would be printed as megabytes. */
    private static final int MAX_DIGITS = 30;

    private static final int MAX_SCALE = 18;

    private Decimals() {}

    /** True for figures of at most 30 digits and 18 decimals: wider than any exchange's, narrower than an attack. */
    public static boolean isSane(BigDecimal value) {
        return value.precision() <= MAX_DIGITS
                && value.scale() <= MAX_SCALE
                && value.precision() - value.scale() <= MAX_DIGITS;
    }

    /** The same number without trailing zeros and never in scientific notation, so that equal numbers are equal. */
    static BigDecimal positive(BigDecimal value, String what) {
        if (!isSane(value)) {
            throw new IllegalArgumentException(what + " has too many digits");
        }
        if (value.signum() <= 0) {
            throw new IllegalArgumentException(what + " must be greater than zero, not " + value.toPlainString());
        }
        return plain(value);
    }

    /** The same number in its shortest plain form, for example 10 rather than 1E+1 or 10.00. */
    public static BigDecimal plain(BigDecimal value) {
        BigDecimal stripped = value.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
