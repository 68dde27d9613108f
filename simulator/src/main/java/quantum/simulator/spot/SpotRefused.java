package quantum.simulator.spot;

/** Indicates that the spot exchange refused a request; an order that got an id before that has one, others 0. */
public final class SpotRefused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final SpotRefusal reason;
    private final long orderId;

    SpotRefused(SpotRefusal reason) {
        this(reason, 0);
    }

    SpotRefused(SpotRefusal reason, long orderId) {
        super(reason.name(), null, false, false);
        this.reason = reason;
        this.orderId = orderId;
    }

    public SpotRefusal reason() {
        return reason;
    }

    public long orderId() {
        return orderId;
    }
}
