package quantum.market;

import java.math.BigDecimal;

/** An amount of the base asset, greater than zero, exact. Its direction is told by a side, never by a sign. */
public record Quantity(BigDecimal value) implements Comparable<Quantity> {

    public Quantity {
        value = Decimals.positive(value, "quantity");
    }

    public static Quantity of(String text) {
        return new Quantity(new BigDecimal(text));
    }

    public Quantity plus(Quantity other) {
        return new Quantity(value.add(other.value));
    }

    public static Quantity min(Quantity a, Quantity b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    @Override
    public int compareTo(Quantity other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value.toPlainString();
    }
}
