package quantum.simulator.binance;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import quantum.simulator.Content;
import quantum.simulator.Fault;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** Who listens to which stream; a stream is heard on its own kind of connection alone (binance-usdm 1.2). */
final class Streams {

    /** The first part of a connection's path. */
    enum Kind {
        PUBLIC("/public"),
        MARKET("/market"),
        PRIVATE("/private"),
        /** The address without such a part: it acknowledges everything and says nothing (binance-usdm 0.4). */
        RETIRED("");

        private final String path;

        Kind(String path) {
            this.path = path;
        }

        static Kind of(String path) {
            for (var kind : values()) {
                if (kind != RETIRED && path.startsWith(kind.path + "/")) return kind;
            }
            return RETIRED;
        }
    }

    private static final long LONGEST_HOLD_MILLIS = 1_000;

    private final Simulator exchange;
    private final Map<String, Set<StreamConnection>> listeners = new HashMap<>();

    Streams(Simulator exchange) {
        this.exchange = exchange;
    }

    void add(String stream, StreamConnection connection) {
        listeners.computeIfAbsent(stream, _ -> new LinkedHashSet<>()).add(connection);
    }

    void remove(String stream, StreamConnection connection) {
        var connections = listeners.get(stream);
        if (connections == null) return;
        connections.remove(connection);
        if (connections.isEmpty()) listeners.remove(stream);
    }

    /** Builds the frame only if somebody listens. */
    void publish(Kind kind, String stream, Supplier<? extends JsonNode> frame) {
        var connections = listeners.get(stream);
        if (connections == null) return;
        var wanting = connections.stream()
                .filter(connection -> connection.kind() == kind)
                .toList();
        if (!wanting.isEmpty()) send(kind, stream, wanting, frame.get());
    }

    /** Sends a frame of a user stream to those who chose its event. */
    void publish(String listenKey, String event, JsonNode frame) {
        var connections = listeners.getOrDefault(listenKey, Set.of()).stream()
                .filter(connection -> connection.kind() == Kind.PRIVATE && connection.wants(listenKey, event))
                .toList();
        if (!connections.isEmpty()) send(Kind.PRIVATE, listenKey, connections, frame);
    }

    private void send(Kind kind, String stream, List<StreamConnection> connections, JsonNode frame) {
        var effects = exchange.faults().strike(() -> encounter(kind, stream, frame), exchange.now());
        var text = Json.text(frame);
        if (effects.isEmpty()) {
            for (var connection : connections) connection.deliver(stream, text);
            return;
        }
        for (var effect : effects) text = Content.changed(text, effect);
        for (var connection : connections) disturb(connection, stream, text, effects);
    }

    /** A frame is met by its event, by its stream's name and by its path. */
    private static Fault.Encounter encounter(Kind kind, String stream, JsonNode frame) {
        var one = frame.isArray() ? frame.path(0) : frame;
        var symbol = one.path("s").asString(one.path("o").path("s").asString(""));
        return new Fault.Encounter(
                List.of("STREAM " + one.path("e").asString(""), "STREAM " + stream, "STREAM " + kind.path),
                symbol.isEmpty() ? null : symbol,
                false);
    }

    private void disturb(StreamConnection connection, String stream, String text, List<Fault.Effect> effects) {
        int copies = 1;
        long late = 0;
        var reordered = false;
        for (var effect : effects) {
            switch (effect.kind()) {
                case DROP -> copies = 0;
                case DUPLICATE -> copies = copies * 2;
                case DELAY -> late += effect.millis();
                case REORDER -> reordered = true;
                case UNKNOWN_EVENT -> connection.deliver(stream, unknown());
                case SILENCE ->
                    exchange.faults().silenceUntil(exchange.now() + TimeUnit.MILLISECONDS.toNanos(effect.millis()));
                default -> {}
            }
        }
        for (int i = 0; i < copies; i++) {
            if (late > 0) connection.later(late, () -> connection.deliver(stream, text));
            else if (reordered) connection.hold(stream, text, LONGEST_HOLD_MILLIS);
            else connection.deliver(stream, text);
        }
    }

    private String unknown() {
        return Json.text(Json.object().put("e", "EVENT_NOBODY_KNOWS").put("E", exchange.serverMillis()));
    }
}
