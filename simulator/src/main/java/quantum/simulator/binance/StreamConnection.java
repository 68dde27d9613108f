package quantum.simulator.binance;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** One stream connection of a client, raw or combined, with what it subscribed to. */
public final class StreamConnection {

    private final Streams streams;
    private final Streams.Kind kind;
    private final boolean combined;
    private final FrameSink sink;
    private final Set<String> subscribed = new LinkedHashSet<>();
    private final Set<String> events = new LinkedHashSet<>();

    private StreamConnection(Streams streams, Streams.Kind kind, boolean combined, FrameSink sink) {
        this.streams = streams;
        this.kind = kind;
        this.combined = combined;
        this.sink = sink;
    }

    static @Nullable StreamConnection open(Streams streams, String path, String query, FrameSink sink) {
        var parts = List.of(path.substring(Math.min(1, path.length())).split("/", -1));
        var kind = kind(parts.getFirst());
        int mode = kind == Streams.Kind.RETIRED ? 0 : 1;
        if (parts.size() <= mode) return null;
        var combined = parts.get(mode).equals("stream");
        if (!combined && !parts.get(mode).equals("ws")) return null;
        var connection = new StreamConnection(streams, kind, combined, sink);
        for (var stream : parts.subList(mode + 1, parts.size())) connection.subscribe(stream);
        for (var parameter : query.split("&", -1)) connection.read(parameter);
        return connection;
    }

    private static Streams.Kind kind(String part) {
        return switch (part) {
            case "public" -> Streams.Kind.PUBLIC;
            case "market" -> Streams.Kind.MARKET;
            case "private" -> Streams.Kind.PRIVATE;
            default -> Streams.Kind.RETIRED;
        };
    }

    private void read(String parameter) {
        int equals = parameter.indexOf('=');
        if (equals < 0) return;
        var values = Params.of(parameter, "").all().values();
        for (var value : values) {
            for (var part : value.split("/", -1)) {
                switch (parameter.substring(0, equals)) {
                    case "streams", "listenKey" -> subscribe(part);
                    case "events" -> events.add(part);
                    default -> {}
                }
            }
        }
    }

    Streams.Kind kind() {
        return kind;
    }

    /** No chosen events means all; the end of a key is told to everybody. */
    boolean wants(String event) {
        return events.isEmpty() || events.contains(event) || event.equals("listenKeyExpired");
    }

    void deliver(String stream, String text) {
        sink.send(
                combined
                        ? "{\"stream\":" + Json.text(Json.array().add(stream).get(0)) + ",\"data\":" + text + "}"
                        : text);
    }

    private void subscribe(String stream) {
        if (!stream.isEmpty() && subscribed.add(stream)) streams.add(stream, this);
    }

    private void unsubscribe(String stream) {
        if (subscribed.remove(stream)) streams.remove(stream, this);
    }

    /** A frame from the client: a control request (binance-usdm 1.3). */
    public void receive(String text) {
        JsonNode frame;
        try {
            frame = Json.parse(text);
        } catch (InvalidInput malformed) {
            refuse(3, "Invalid JSON: " + malformed.getMessage());
            return;
        }
        // The reference names an unsigned integer (1.3); the official connector sends a UUID and is understood.
        var id = frame.path("id");
        if ((!id.isIntegralNumber() && !id.isString()) || !frame.path("method").isString()) {
            refuse(2, "Invalid request: id and method are needed");
            return;
        }
        var answer = Json.object();
        switch (frame.path("method").asString().toUpperCase(Locale.ROOT)) {
            case "SUBSCRIBE" -> {
                for (var stream : frame.path("params")) subscribe(stream.asString(""));
                answer.putNull("result");
            }
            case "UNSUBSCRIBE" -> {
                for (var stream : frame.path("params")) unsubscribe(stream.asString(""));
                answer.putNull("result");
            }
            case "LIST_SUBSCRIPTIONS" -> {
                var list = answer.putArray("result");
                subscribed.forEach(list::add);
            }
            default -> {
                refuse(2, "Invalid request: unknown method");
                return;
            }
        }
        answer.set("id", id);
        sink.send(Json.text(answer));
    }

    private void refuse(int code, String message) {
        sink.send(Json.text(Json.object().put("code", code).put("msg", message)));
    }

    /** The client is gone. */
    public void close() {
        for (var stream : List.copyOf(subscribed)) unsubscribe(stream);
    }

    /** The exchange ends the connection. */
    public void disconnect() {
        close();
        sink.close();
    }
}
