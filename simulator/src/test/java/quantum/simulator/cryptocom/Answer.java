package quantum.simulator.cryptocom;

import java.math.BigDecimal;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** What a client saw of one request; a status of 0 is a connection that ended without an answer. */
record Answer(int status, String body) {

    static final Answer LOST = new Answer(0, "{}");

    JsonNode json() {
        return Json.parse(body);
    }

    int code() {
        return json().path("code").asInt(-1);
    }

    JsonNode result() {
        return json().path("result");
    }

    JsonNode data() {
        return result().path("data");
    }

    String text(String name) {
        return result().path(name).asString("");
    }

    BigDecimal decimal(String name) {
        return new BigDecimal(text(name));
    }
}
