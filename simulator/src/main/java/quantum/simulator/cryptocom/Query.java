package quantum.simulator.cryptocom;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Fault;
import quantum.simulator.Json;
import quantum.simulator.Request;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One request out of its envelope, by REST or on a socket; params that are missing altogether are null. */
record Query(JsonNode body, String method, @Nullable ObjectNode given, Road road, String address) {

    static final String ROOT = "/exchange/v1/";

    /** How it came. */
    enum Road {
        GET,
        POST,
        USER_SOCKET,
        MARKET_SOCKET
    }

    static Query ofPost(String path, JsonNode body, String address) {
        var method = path.substring(ROOT.length());
        return new Query(body, method, params(body), Road.POST, address);
    }

    static Query ofFrame(JsonNode frame, Road road, String address) {
        return new Query(frame, frame.path("method").asString(""), params(frame), road, address);
    }

    static Query ofGet(String path, String query, String address) {
        var params = Json.object();
        for (var part : query.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0) continue;
            params.put(Request.decode(part.substring(0, equals)), Request.decode(part.substring(equals + 1)));
        }
        return new Query(Json.object(), path.substring(ROOT.length()), params, Road.GET, address);
    }

    private static @Nullable ObjectNode params(JsonNode body) {
        return body.path("params") instanceof ObjectNode object ? object : null;
    }

    ObjectNode params() {
        return given == null ? Json.object() : given;
    }

    /** A number as it came or as the text says; of one that is missing -1; null for one that is no number. */
    @Nullable
    Long id() {
        var id = body.path("id");
        if (id.isMissingNode() || id.isNull()) return -1L;
        if (id.isIntegralNumber() && id.canConvertToLong()) return id.longValue();
        return id.isString() && id.asString().matches("[0-9]{1,19}") ? parsed(id.asString()) : null;
    }

    private static @Nullable Long parsed(String digits) {
        try {
            return Long.valueOf(digits);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    boolean onSocket() {
        return road == Road.USER_SOCKET || road == Road.MARKET_SOCKET;
    }

    String text(String name) {
        return body.path(name).asString("");
    }

    /** A fault meets it by its path on every road, and on a socket by its method too. */
    Fault.Encounter encounter() {
        var route = (method.startsWith("public/") ? "GET " : "POST ") + ROOT + method;
        var names = onSocket() ? List.of(route, "WS " + method) : List.of(route);
        var instrument = params().path("instrument_name").asString("");
        return new Fault.Encounter(names, instrument.isEmpty() ? null : instrument, false);
    }
}
