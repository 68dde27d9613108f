package quantum.simulator;

/** The state of a regular order, as the exchange names it. */
public enum OrderStatus {
    NEW,
    PARTIALLY_FILLED,
    FILLED,
    CANCELED,
    EXPIRED;

    public boolean open() {
        return this == NEW || this == PARTIALLY_FILLED;
    }
}
