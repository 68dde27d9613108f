package quantum.simulator;

import java.math.BigDecimal;

/** One trade of one order, in the exchange's own figures. */
public record Fill(
        long id,
        Order order,
        BigDecimal price,
        BigDecimal quantity,
        BigDecimal commission,
        String commissionAsset,
        BigDecimal realized,
        boolean maker,
        long at) {

    public Fill {
        if (price.signum() <= 0 || quantity.signum() <= 0) {
            throw new IllegalArgumentException("a fill needs a price and a quantity: " + price + " x " + quantity);
        }
    }
}
