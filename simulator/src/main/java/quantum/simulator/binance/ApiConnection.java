package quantum.simulator.binance;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.ApiKey;
import quantum.simulator.Delivery;
import quantum.simulator.FrameSink;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.Request;
import tools.jackson.databind.JsonNode;

/** One connection of the WebSocket API: the endpoints of REST in another envelope (binance-usdm 10). */
final class ApiConnection extends ClientConnection {

    static final String PATH = "/ws-fapi/v1";

    private static final int LONGEST_ID = 36;
    private static final int MALFORMED = -1135;

    private final Endpoints endpoints;
    private final boolean tellsLimits;
    private @Nullable ApiKey session;
    private long loggedOnAt;

    ApiConnection(Connections connections, Endpoints endpoints, String query, String address, FrameSink sink) {
        super(connections, PATH, address, sink);
        this.endpoints = endpoints;
        tellsLimits = !List.of(query.split("&", -1)).contains("returnRateLimits=false");
    }

    @Override
    void hear(String text) {
        JsonNode frame;
        try {
            frame = Json.parse(text);
        } catch (InvalidInput malformed) {
            refuse(Json.nothing(), new BinanceError(MALFORMED, "Invalid JSON Request"));
            return;
        }
        var id = frame.path("id");
        if (!id.isIntegralNumber()
                && !id.isNull()
                && !(id.isString() && id.asString().length() <= LONGEST_ID)) {
            refuse(Json.nothing(), new BinanceError(MALFORMED, "Invalid 'id' in JSON request; INT, STRING or null."));
        } else if (!frame.path("method").isString()) {
            refuse(id, new BinanceError(MALFORMED, "Invalid 'method' in JSON request; expected a string."));
        } else if (frame.has("params") && !frame.path("params").isObject()) {
            refuse(id, new BinanceError(MALFORMED, "Invalid 'params' in JSON request; expected an object."));
        } else {
            answer(id, frame.path("method").asString(), Params.of(frame.path("params")));
        }
    }

    private void refuse(JsonNode id, BinanceError error) {
        sink.send(envelope(id, new Outcome(error.status(), Json.text(error.json()), new Usage(0, 0, 0)), false));
    }

    private void answer(JsonNode id, String method, Params params) {
        var logsOn = method.equals(ApiMethods.LOGON);
        var proof = new Proof(address, params.glance("apiKey"), params.sorted(), logsOn ? null : session);
        var route = ApiMethods.route(method);
        var outcome = endpoints.answer(new Inquiry(route, List.of(route, ApiMethods.name(method)), params, proof));
        if (ApiMethods.ofSession(method) && outcome.status() == 200) {
            turn(method, params);
            outcome = outcome.with(200, Json.text(session()));
        }
        var text = envelope(id, outcome, tellsLimits && !"false".equals(params.glance("returnRateLimits")));
        exchange.advanceTo(exchange.now());
        var request = new Request("WS", method, params.encoded(), "", params.glance("apiKey"), address);
        var lost = outcome.delivery() == Delivery.NONE;
        exchange.requests().add(exchange.now(), request, lost ? 0 : outcome.status(), lost ? "" : text);
        var delivery = outcome.delivery();
        if (outcome.delayNanos() == 0) deliver(text, delivery);
        else later(TimeUnit.NANOSECONDS.toMillis(outcome.delayNanos()), () -> deliver(text, delivery));
    }

    private void deliver(String text, Delivery delivery) {
        if (delivery == Delivery.WHOLE) sink.send(text);
        else disconnect();
    }

    private void turn(String method, Params params) {
        switch (method) {
            case ApiMethods.LOGON -> {
                session = exchange.keys().find(params.require("apiKey"));
                loggedOnAt = exchange.serverMillis();
            }
            case ApiMethods.LOGOUT -> session = null;
            default -> {}
        }
    }

    private JsonNode session() {
        var json = Json.object();
        if (session == null) json.putNull("apiKey").putNull("authorizedSince");
        else json.put("apiKey", session.text()).put("authorizedSince", loggedOnAt);
        return json.put("connectedSince", openedAtMillis())
                .put("returnRateLimits", tellsLimits)
                .put("serverTime", exchange.serverMillis());
    }

    /** An invented answer that is no JSON comes as it is. */
    private static String envelope(JsonNode id, Outcome outcome, boolean withLimits) {
        var body = outcome.body();
        if (!body.endsWith("}") && !body.endsWith("]")) return body;
        var text = new StringBuilder("{\"id\":")
                .append(Json.text(id))
                .append(",\"status\":")
                .append(outcome.status())
                .append(outcome.status() == 200 ? ",\"result\":" : ",\"error\":")
                .append(body);
        if (withLimits)
            text.append(",\"rateLimits\":").append(Json.text(outcome.usage().list()));
        return text.append('}').toString();
    }

    /** A key that no longer lets in ends the session it opened. */
    void keyChanged(ApiKey key) {
        if (session == null || !session.text().equals(key.text()) || key.admits(address)) return;
        session = null;
        refuse(Json.nothing(), Authentication.denied());
    }
}
