package quantum.position;

import quantum.market.Direction;
import quantum.market.Price;

/** The highest and lowest mark seen in a position's life; a trailing stop is data, not a running process. */
public record Extremes(Price high, Price low) {

    public Extremes include(Price low, Price high) {
        boolean higher = high.compareTo(this.high) > 0;
        boolean lower = low.compareTo(this.low) < 0;
        return higher || lower ? new Extremes(higher ? high : this.high, lower ? low : this.low) : this;
    }

    boolean contains(Price price) {
        return price.compareTo(high) <= 0 && price.compareTo(low) >= 0;
    }

    /** The best price of the position. */
    public Price best(Direction direction) {
        return direction == Direction.LONG ? high : low;
    }

    public static Extremes at(Price price) {
        return new Extremes(price, price);
    }
}
