package quantum.position;

import quantum.market.Direction;

/** How an account keeps its positions; the exchange calls it the position side mode (binance-usdm 3.4). */
public enum PositionMode {
    /** One position a symbol, long or short: an order of the other side reduces it. */
    ONE_WAY,
    /** A long and a short position a symbol, side by side: each order names the one that it is for. */
    HEDGE;

    /** True if positions of these two directions in one symbol are one and the same. */
    public boolean joins(Direction one, Direction other) {
        return this == ONE_WAY || one == other;
    }
}
