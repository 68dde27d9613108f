package quantum.simulator.cryptocom;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What answers a method, how often it may be called, and whether it changes anything. */
record Method(Limit limit, boolean writes, Function<Call, JsonNode> answer) {

    /** So many calls in so long. */
    enum Limit {
        ORDERS(15, 100),
        DETAIL(30, 100),
        HISTORY(1, 1_000),
        OTHER(3, 100),
        PUBLIC(100, 1_000);

        private final int calls;
        private final long millis;

        Limit(int calls, long millis) {
            this.calls = calls;
            this.millis = millis;
        }

        int calls() {
            return calls;
        }

        long millis() {
            return millis;
        }
    }

    static Method read(Limit limit, Function<Call, JsonNode> answer) {
        return new Method(limit, false, answer);
    }

    static Method write(Limit limit, Function<Call, JsonNode> answer) {
        return new Method(limit, true, answer);
    }
}
