package quantum.simulator;

import java.math.BigDecimal;

/** What open orders that may enlarge a position are worth on either side, at their own prices. */
public record Demand(BigDecimal bids, BigDecimal asks) {

    static final Demand NONE = new Demand(BigDecimal.ZERO, BigDecimal.ZERO);

    Demand plus(Side side, BigDecimal notional) {
        return side == Side.BUY ? new Demand(bids.add(notional), asks) : new Demand(bids, asks.add(notional));
    }

    /** How far the position's notional would grow if the worse side were filled alone. */
    BigDecimal growth(BigDecimal notional) {
        var worst = notional.add(bids).abs().max(notional.subtract(asks).abs());
        return worst.subtract(notional.abs()).max(BigDecimal.ZERO);
    }
}
