package quantum.simulator.control;

import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.Request;
import quantum.simulator.RequestLog;
import quantum.simulator.Simulator;
import tools.jackson.databind.node.ObjectNode;

/** The wire form of the request log. */
final class RequestsJson {

    /** The most in one answer: a whole log is larger than the memory of a process that serves it. */
    private static final long PAGE = 1_000;

    private RequestsJson() {}

    /** The query may name the number after which to start and how many to give, at most a page. */
    static ObjectNode of(Simulator exchange, String query) {
        long since = number(query, "since", 0);
        long limit = Math.min(PAGE, number(query, "limit", PAGE));
        var answer = Json.object().put("total", exchange.requests().total());
        var list = answer.putArray("requests");
        exchange.requests().since(since).stream().limit(limit).forEach(entry -> list.add(entry(entry)));
        return answer;
    }

    private static long number(String query, String name, long absent) {
        for (var part : query.split("&", -1)) {
            if (!part.startsWith(name + "=")) continue;
            var text = part.substring(name.length() + 1);
            if (!text.matches("[0-9]{1,18}")) throw new BadField(name, "a whole number is expected, found " + text);
            return Long.parseLong(text);
        }
        return absent;
    }

    private static ObjectNode entry(RequestLog.Entry entry) {
        var request = entry.request();
        var json = Json.object()
                .put("number", entry.number())
                .put("at", entry.at())
                .put("method", request.method())
                .put("path", request.path());
        var parameters = json.putObject("parameters");
        read(parameters, request.query());
        if (request.body().startsWith("{")) readTree(parameters, request.text());
        else read(parameters, request.body());
        json.putObject("answer").put("status", entry.status()).put("body", entry.answer());
        return json;
    }

    /** A body that is one JSON object; one that cannot be read has no parameters. */
    private static void readTree(ObjectNode parameters, String body) {
        try {
            Json.parse(body).forEachEntry(parameters::set);
        } catch (InvalidInput _) {
            parameters.put("unreadable", true);
        }
    }

    private static void read(ObjectNode parameters, String encoded) {
        for (var part : encoded.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals <= 0) continue;
            var name = part.substring(0, equals);
            if (!parameters.has(name)) parameters.put(name, decode(part.substring(equals + 1)));
        }
    }

    private static String decode(String text) {
        try {
            return Request.decode(text);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }
}
