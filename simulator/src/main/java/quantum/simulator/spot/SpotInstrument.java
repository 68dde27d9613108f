package quantum.simulator.spot;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * One pair of coins and what an order for it is checked against. The step of quantities is not always what the decimals
 * say. It follows the price of a symbol of the exchange beside it, or walks by itself where that is empty.
 */
public record SpotInstrument(
        String symbol,
        String base,
        String quote,
        int priceDecimals,
        int quantityDecimals,
        BigDecimal quantityTick,
        BigDecimal startPrice,
        String follows,
        boolean shortable) {

    public BigDecimal priceTick() {
        return BigDecimal.valueOf(1, priceDecimals);
    }

    /** The nearest price on the tick, at least one tick. */
    BigDecimal price(BigDecimal exact) {
        return exact.setScale(priceDecimals, RoundingMode.HALF_UP).max(priceTick());
    }

    /** The largest quantity on the step that is not above this one. */
    BigDecimal floor(BigDecimal quantity) {
        return quantity.divideToIntegralValue(quantityTick).multiply(quantityTick);
    }

    boolean fits(BigDecimal quantity) {
        return quantity.signum() > 0 && quantity.remainder(quantityTick).signum() == 0;
    }

    /** The same quantity with the decimals that the exchange shows; one that has more keeps them. */
    public BigDecimal padded(BigDecimal quantity) {
        return quantity.setScale(
                Math.max(quantityDecimals, quantity.stripTrailingZeros().scale()), RoundingMode.UNNECESSARY);
    }
}
