package quantum.position;

import quantum.market.Direction;
import quantum.market.Price;

/** The highest and lowest mark seen in a position's life; a trailing stop is data, not a running process. */
public record Extremes(Price high, Price low) {

    public Extremes include(Price low, Price high) {
        Price newHigh = high.compareTo(this.high) > 0 ? high : this.high;
        Price newLow = low.compareTo(this.low) < 0 ? low : this.low;
        return newHigh.equals(this.high) && newLow.equals(this.low) ? this : new Extremes(newHigh, newLow);
    }

    /** The best price of the life. */
    public Price best(Direction direction) {
        return direction == Direction.LONG ? high : low;
    }

    public static Extremes at(Price price) {
        return new Extremes(price, price);
    }
}
