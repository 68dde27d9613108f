package quantum.order;

/** Indicates that the exchange contradicted what it had said of an order: a position may exist that nobody protects. */
public final class IllegalOrderEvent extends IllegalStateException {

    private static final long serialVersionUID = 1L;

    IllegalOrderEvent(OrderState state, OrderEvent event) {
        super(event + " cannot follow " + state);
    }
}
