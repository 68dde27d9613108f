package quantum.simulator.binance;

import quantum.simulator.Delivery;

/** What came of an {@link Inquiry}, before it goes back into its envelope. */
record Outcome(int status, String body, Usage usage, long delayNanos, Delivery delivery) {

    Outcome(int status, String body, Usage usage) {
        this(status, body, usage, 0, Delivery.WHOLE);
    }

    Outcome with(int newStatus, String newBody) {
        return new Outcome(newStatus, newBody, usage, delayNanos, delivery);
    }

    Outcome with(Delivery newDelivery) {
        return new Outcome(status, body, usage, delayNanos, newDelivery);
    }

    Outcome delayed(long nanos) {
        return new Outcome(status, body, usage, delayNanos + nanos, delivery);
    }
}
