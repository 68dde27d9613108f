package quantum.simulator.spot;

import java.math.BigDecimal;

/** Fees as a share of the value. */
public record SpotFees(BigDecimal maker, BigDecimal taker) {

    /** 25 and 50 basis points, as recorded of an account without volume. */
    public static final SpotFees DEFAULT = new SpotFees(new BigDecimal("0.0025"), new BigDecimal("0.0050"));
}
