package quantum.simulator;

import java.util.Map;

/** The answer to a {@link Request}, when it leaves and how much of it arrives. */
public record Reply(int status, Map<String, String> headers, String body, long delayNanos, Delivery delivery) {

    public static Reply of(int status, String body) {
        return new Reply(status, Map.of(), body, 0, Delivery.WHOLE);
    }

    /** True when the client sees the end of the connection instead of an answer. */
    public boolean dropped() {
        return delivery != Delivery.WHOLE;
    }

    public Reply with(Map<String, String> newHeaders) {
        return new Reply(status, newHeaders, body, delayNanos, delivery);
    }

    public Reply with(Delivery wanted) {
        return new Reply(status, headers, body, delayNanos, wanted);
    }

    public Reply with(String newBody) {
        return new Reply(status, headers, newBody, delayNanos, delivery);
    }

    public Reply delayed(long nanos) {
        return new Reply(status, headers, body, delayNanos + nanos, delivery);
    }
}
