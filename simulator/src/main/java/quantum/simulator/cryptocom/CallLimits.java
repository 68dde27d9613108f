package quantum.simulator.cryptocom;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;

/** Counts the calls of each method: of a customer by key, of the public by address. */
final class CallLimits {

    private final Simulator exchange;
    private final Map<String, Deque<Long>> calls = new HashMap<>();

    CallLimits(Simulator exchange) {
        this.exchange = exchange;
    }

    /** Counts one call or refuses it; a refused one is not counted. */
    void count(String caller, String method, Method.Limit limit) {
        if (!exchange.settings().on(Setting.SPOT_LIMITS)) return;
        var counted = calls.computeIfAbsent(caller + " " + method, _ -> new ArrayDeque<>());
        long since = exchange.now() - TimeUnit.MILLISECONDS.toNanos(limit.millis());
        while (!counted.isEmpty() && counted.getFirst() <= since) counted.removeFirst();
        if (counted.size() >= limit.calls()) throw new CryptoComError(Code.TOO_MANY_REQUESTS);
        counted.addLast(exchange.now());
    }

    void clear() {
        calls.clear();
    }
}
