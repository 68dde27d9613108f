package quantum.simulator.binance;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** Who listens to which stream; a stream is heard on its own kind of connection alone (binance-usdm 1.2). */
final class Streams {

    /** The first part of a connection's path. */
    enum Kind {
        PUBLIC,
        MARKET,
        PRIVATE,
        /** The address without such a part: it acknowledges everything and says nothing (binance-usdm 0.4). */
        RETIRED
    }

    private final Map<String, Set<StreamConnection>> listeners = new HashMap<>();

    void add(String stream, StreamConnection connection) {
        listeners.computeIfAbsent(stream, _ -> new LinkedHashSet<>()).add(connection);
    }

    void remove(String stream, StreamConnection connection) {
        var connections = listeners.get(stream);
        if (connections == null) return;
        connections.remove(connection);
        if (connections.isEmpty()) listeners.remove(stream);
    }

    List<StreamConnection> listening(Kind kind, String stream) {
        var connections = listeners.get(stream);
        if (connections == null) return List.of();
        return connections.stream()
                .filter(connection -> connection.kind() == kind)
                .toList();
    }

    /** Builds the frame only if somebody listens. */
    void publish(Kind kind, String stream, Supplier<JsonNode> frame) {
        var connections = listening(kind, stream);
        if (connections.isEmpty()) return;
        var data = frame.get();
        var text = Json.text(data);
        for (var connection : connections) connection.deliver(stream, text);
    }
}
