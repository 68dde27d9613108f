package quantum.simulator.spot;

/** What has become of an order; a part that is executed has no status of its own. */
public enum SpotStatus {
    NEW,
    PENDING,
    ACTIVE,
    FILLED,
    CANCELED,
    REJECTED,
    EXPIRED;

    public boolean open() {
        return this == NEW || this == PENDING || this == ACTIVE;
    }
}
