package quantum.simulator;

import java.math.BigDecimal;

/** The quantities an instrument allows. */
public record Lot(BigDecimal minimum, BigDecimal maximum, BigDecimal step, int precision) {

    void check(BigDecimal quantity) {
        if (quantity.signum() <= 0) throw new Refused(Refusal.QUANTITY_NOT_POSITIVE);
        if (quantity.stripTrailingZeros().scale() > precision) throw new Refused(Refusal.QUANTITY_PRECISION);
        if (quantity.compareTo(minimum) < 0) throw new Refused(Refusal.QUANTITY_BELOW_MINIMUM);
        if (quantity.compareTo(maximum) > 0) throw new Refused(Refusal.QUANTITY_ABOVE_MAXIMUM);
        if (step.signum() > 0 && quantity.subtract(minimum).remainder(step).signum() != 0) {
            throw new Refused(Refusal.QUANTITY_OFF_STEP);
        }
    }
}
