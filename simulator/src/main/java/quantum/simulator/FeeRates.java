package quantum.simulator;

import java.math.BigDecimal;

/** Commission as a share of the notional. */
public record FeeRates(BigDecimal maker, BigDecimal taker) {

    public static final FeeRates DEFAULT = new FeeRates(new BigDecimal("0.0002"), new BigDecimal("0.0004"));
}
