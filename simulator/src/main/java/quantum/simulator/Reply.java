package quantum.simulator;

import java.util.Map;

/** The answer to a {@link Request}; a dropped one is no answer at all but the end of the connection. */
public record Reply(int status, Map<String, String> headers, String body, long delayNanos, boolean dropped) {

    public static Reply of(int status, String body) {
        return new Reply(status, Map.of(), body, 0, false);
    }

    public static Reply cut() {
        return new Reply(0, Map.of(), "", 0, true);
    }

    public Reply with(Map<String, String> newHeaders) {
        return new Reply(status, newHeaders, body, delayNanos, dropped);
    }

    public Reply delayed(long nanos) {
        return new Reply(status, headers, body, nanos, dropped);
    }
}
