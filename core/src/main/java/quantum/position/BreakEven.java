package quantum.position;

import java.math.BigDecimal;

/**
 * Once in profit by {@code fromPct} of the entry, the stop moves to the entry plus {@code feesPct}, which covers the
 * fees of both sides; zero for a position whose stop does not.
 */
public record BreakEven(BigDecimal fromPct, BigDecimal feesPct) {

    public boolean isOn() {
        return fromPct.signum() > 0;
    }
}
