package quantum.simulator.server;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** What a client saw of one request; a status of 0 is a connection that ended without an answer. */
record Answer(int status, String body, Map<String, String> headers) {

    static final Answer LOST = new Answer(0, "", Map.of());

    static Map<String, String> lowerCase(Map<String, String> headers) {
        var lower = new TreeMap<String, String>();
        headers.forEach((name, value) -> lower.put(name.toLowerCase(Locale.ROOT), value));
        return lower;
    }

    JsonNode json() {
        return Json.parse(body);
    }

    int code() {
        return json().path("code").asInt(0);
    }

    String text(String name) {
        return json().path(name).asString("");
    }
}
