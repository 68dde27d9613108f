package quantum.simulator.server;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** The frames one stream connection received, and the way to send one. */
abstract class Frames {

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();

    void receive(String text) {
        received.add(Json.parse(text));
    }

    List<JsonNode> all() {
        return received;
    }

    List<JsonNode> of(String event) {
        return received.stream()
                .filter(frame -> frame.path("e").asString("").equals(event))
                .toList();
    }

    abstract void send(String text);
}
