package quantum.simulator.cryptocom;

import java.util.concurrent.TimeUnit;
import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;

/** Asks a client whether it lives, on a grid of the exchange's clock; a client that misses three in a row is cut. */
final class Heartbeat {

    private static final int MOST_MISSED = 3;
    private static final int SHORTEST_SHARE = 6;

    private final Simulator exchange;
    private final ClientLine line;
    private long expected = -1;
    private int missed;

    Heartbeat(Simulator exchange, ClientLine line) {
        this.exchange = exchange;
        this.line = line;
    }

    private long interval() {
        return Math.max(1, exchange.settings().get(Setting.SPOT_HEARTBEAT_MILLIS));
    }

    void start() {
        long interval = interval();
        long first = interval - TimeUnit.NANOSECONDS.toMillis(exchange.now()) % interval;
        line.later(first < interval / SHORTEST_SHARE ? first + interval : first, this::beat);
    }

    private void beat() {
        long id = exchange.serverMillis();
        expected = id;
        line.deliver(Json.text(
                Json.object().put("id", id).put("method", "public/heartbeat").put("code", 0)));
        line.later(exchange.settings().get(Setting.SPOT_HEARTBEAT_ANSWER_MILLIS), () -> judge(id));
        line.later(interval(), this::beat);
    }

    private void judge(long id) {
        if (expected != id) return;
        expected = -1;
        missed++;
        if (missed >= MOST_MISSED) line.disconnect();
    }

    /** Takes an answer; one with another id, or one that is late, counts for nothing. */
    void answer(long id) {
        if (id != expected) return;
        expected = -1;
        missed = 0;
    }
}
