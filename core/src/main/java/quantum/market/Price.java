package quantum.market;

import java.math.BigDecimal;

/** A price in the quote asset, greater than zero, exact. Equal numbers are equal whatever their trailing zeros. */
public record Price(BigDecimal value) implements Comparable<Price> {

    public Price {
        value = Decimals.positive(value, "price");
    }

    public static Price of(String text) {
        return new Price(new BigDecimal(text));
    }

    /** The worth of a quantity at this price, in the quote asset. */
    public BigDecimal times(Quantity quantity) {
        return value.multiply(quantity.value());
    }

    @Override
    public int compareTo(Price other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
