package quantum.simulator.cryptocom;

import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What every answer comes in: the id and method of the request, a code, and the result or what was wrong. */
final class Envelope {

    private final Simulator exchange;

    Envelope(Simulator exchange) {
        this.exchange = exchange;
    }

    String of(Query query, JsonNode result) {
        var json = head(query, 0);
        json.set("result", result);
        return Json.text(json);
    }

    /** Without a result, as sessions and subscriptions are acknowledged. */
    String done(Query query) {
        return Json.text(head(query, 0));
    }

    String of(Query query, CryptoComError error) {
        var json = head(query, error.code().number())
                .put("message", error.code().message())
                .put("original", Json.text(query.body().isEmpty() ? query.params() : query.body()));
        if (error.carriesIds()) {
            json.putObject("result")
                    .put("client_oid", error.clientId())
                    .put("order_id", Long.toString(error.orderId()));
        }
        return Json.text(json);
    }

    /** An answer that a fault puts in the place of the true one. */
    String invented(Query query, int code, String message) {
        return Json.text(head(query, code).put("message", message));
    }

    /** A request without an id or a method is answered under the method ERROR. */
    private ObjectNode head(Query query, int code) {
        var id = query.id();
        var nameless = query.method().isEmpty() || (code != 0 && query.road() != Query.Road.GET && missesId(query));
        var json = Json.object().put("id", id == null ? -1L : id).put("method", nameless ? "ERROR" : query.method());
        return exchange.settings().on(Setting.SPOT_CODE_AS_TEXT)
                ? json.put("code", Integer.toString(code))
                : json.put("code", code);
    }

    private static boolean missesId(Query query) {
        return query.body().path("id").isMissingNode();
    }
}
