package quantum.simulator.spot;

import java.math.BigDecimal;

/** What an account has of one coin; what resting orders hold is part of the amount. */
public record SpotBalance(String coin, BigDecimal amount, BigDecimal heldByBuys, BigDecimal heldBySells) {

    public BigDecimal free() {
        return amount.subtract(heldByBuys).subtract(heldBySells);
    }
}
