package quantum.simulator;

import java.math.BigDecimal;

/** The direction of an order. */
public enum Side {
    BUY,
    SELL;

    public Side opposite() {
        return this == BUY ? SELL : BUY;
    }

    /** The change of position that this quantity makes. */
    public BigDecimal signed(BigDecimal quantity) {
        return this == BUY ? quantity : quantity.negate();
    }

    /** True when an order of this side would rather have the limit than the price. */
    public boolean worse(BigDecimal price, BigDecimal limit) {
        return this == BUY ? price.compareTo(limit) > 0 : price.compareTo(limit) < 0;
    }

    /** True when an order of this side makes the position smaller. */
    public boolean reduces(BigDecimal position) {
        return position.signum() == (this == BUY ? -1 : 1);
    }
}
