package quantum.market;

/** Which way a position gains: a LONG with a rising price, a SHORT with a falling one. */
public enum Direction {
    LONG(Side.BUY, 1),
    SHORT(Side.SELL, -1);

    private final Side entry;
    private final int sign;

    Direction(Side entry, int sign) {
        this.entry = entry;
        this.sign = sign;
    }

    /** The side of the order that opens or enlarges such a position. */
    public Side entry() {
        return entry;
    }

    /** The side of the order that reduces or closes such a position. */
    public Side exit() {
        return entry.opposite();
    }

    /** 1 for LONG, -1 for SHORT. */
    public int sign() {
        return sign;
    }

    public Direction opposite() {
        return this == LONG ? SHORT : LONG;
    }

    /** The position that an order of this side opens. */
    public static Direction opened(Side side) {
        return side == Side.BUY ? LONG : SHORT;
    }

    /**
     * True when going from {@code from} to {@code to} is a gain for this direction. Equal prices are no gain: a level
     * that is touched counts as reached.
     */
    public boolean gains(Price from, Price to) {
        return Integer.signum(to.compareTo(from)) == sign;
    }
}
