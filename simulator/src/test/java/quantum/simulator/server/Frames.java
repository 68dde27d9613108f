package quantum.simulator.server;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** The frames one stream connection received, and the way to send one. */
abstract class Frames {

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final List<String> texts = new CopyOnWriteArrayList<>();

    void receive(String text) {
        texts.add(text);
        try {
            received.add(Json.parse(text));
        } catch (InvalidInput _) {
            garbage.incrementAndGet();
        }
    }

    /** Every frame as it came, JSON or not. */
    List<String> texts() {
        return texts;
    }

    List<JsonNode> all() {
        return received;
    }

    List<JsonNode> of(String event) {
        return received.stream()
                .filter(frame -> frame.path("e").asString("").equals(event))
                .toList();
    }

    private volatile boolean closed;
    /** Frames that were no JSON. */
    private final AtomicInteger garbage = new AtomicInteger();

    private final AtomicInteger pings = new AtomicInteger();

    void end() {
        closed = true;
    }

    void countPing() {
        pings.incrementAndGet();
    }

    /** True once the exchange ended the connection. */
    boolean closed() {
        return closed;
    }

    int garbage() {
        return garbage.get();
    }

    int pings() {
        return pings.get();
    }

    /** The reply of the WebSocket API to the request with this id, once it is there. */
    Optional<JsonNode> reply(int id) {
        return received.stream()
                .filter(frame -> frame.path("id").asInt(0) == id)
                .findFirst();
    }

    abstract void send(String text);
}
