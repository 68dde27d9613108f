package quantum.simulator;

/** Which position an order belongs to: the one net position, or in hedge mode one of two (binance-usdm 3.4). */
public enum PositionSide {
    BOTH,
    LONG,
    SHORT;

    /** True when an order of this side can only make such a position smaller. */
    boolean closedBy(Side side) {
        return this != BOTH && (this == LONG) == (side == Side.SELL);
    }
}
