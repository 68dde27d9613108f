package quantum.order;

/** The exchange's id of an order. Text, because some exceed what a JSON number can carry (binance-usdm 0.10). */
public record OrderId(String value) {

    public OrderId {
        if (value.isEmpty() || value.length() > 64) {
            throw new IllegalArgumentException("not an order id");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
