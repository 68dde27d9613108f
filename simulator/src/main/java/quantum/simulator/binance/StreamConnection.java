package quantum.simulator.binance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.FrameSink;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.Setting;
import tools.jackson.databind.JsonNode;

/** One stream connection of a client, raw or combined, with what it subscribed to (binance-usdm 1.2, 1.3). */
final class StreamConnection extends ClientConnection {

    private static final String COMBINED = "combined";

    private final Streams streams;
    private final RateLimits limits;
    private final Streams.Kind kind;
    private final Map<String, Subscription> subscribed = new LinkedHashMap<>();
    private final List<Runnable> held = new ArrayList<>();
    private boolean combined;
    private long second;
    private long messages;

    /** How a stream was asked for, which decides whether a user stream is told (S19, S20). */
    private enum Way {
        PATH,
        QUERY,
        MESSAGE
    }

    /** No chosen events means all. */
    private record Subscription(Way way, Set<String> events) {}

    private StreamConnection(
            Connections connections, Streams streams, RateLimits limits, String path, String address, FrameSink sink) {
        super(connections, path, address, sink);
        this.streams = streams;
        this.limits = limits;
        kind = Streams.Kind.of(path);
    }

    static @Nullable StreamConnection open(
            Connections connections,
            Streams streams,
            RateLimits limits,
            String path,
            String query,
            String address,
            FrameSink sink) {
        var connection = new StreamConnection(connections, streams, limits, path, address, sink);
        var parts = List.of(path.substring(Math.min(1, path.length())).split("/", -1));
        int mode = connection.kind == Streams.Kind.RETIRED ? 0 : 1;
        if (parts.size() <= mode) return null;
        connection.combined = parts.get(mode).equals("stream");
        if (!connection.combined && !parts.get(mode).equals("ws")) return null;
        for (var stream : parts.subList(mode + 1, parts.size())) connection.subscribe(Params.decode(stream), Way.PATH);
        connection.read(query);
        return connection;
    }

    /** Chosen events belong to the listenKey before them. */
    private void read(String query) {
        @Nullable String key = null;
        for (var parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            if (equals < 0) continue;
            var value = Params.decode(parameter.substring(equals + 1));
            switch (parameter.substring(0, equals)) {
                case "streams" -> {
                    for (var stream : value.split("/", -1)) subscribe(stream, Way.QUERY);
                }
                case "listenKey" -> {
                    key = value;
                    subscribe(value, Way.QUERY);
                }
                case "events" -> {
                    var chosen = subscribed.get(key == null ? "" : key);
                    if (chosen != null) chosen.events().addAll(List.of(value.split("/", -1)));
                }
                default -> {}
            }
        }
    }

    Streams.Kind kind() {
        return kind;
    }

    /** True if this event of a user stream is told; the end of a key is told to everybody who is told anything. */
    boolean wants(String stream, String event) {
        var subscription = subscribed.get(stream);
        if (subscription == null || isDeaf(subscription)) return false;
        var events = subscription.events();
        return events.isEmpty() || events.contains(event) || event.equals("listenKeyExpired");
    }

    /** It is disputed which forms production serves; one that it does not is acknowledged and silent (S19, S20). */
    private boolean isDeaf(Subscription subscription) {
        var settings = exchange.settings();
        return switch (subscription.way()) {
            case MESSAGE -> false;
            case PATH -> settings.on(Setting.PRIVATE_NEEDS_EVENTS) || settings.on(Setting.PRIVATE_BY_MESSAGE_ALONE);
            case QUERY ->
                settings.on(Setting.PRIVATE_BY_MESSAGE_ALONE)
                        || (settings.on(Setting.PRIVATE_NEEDS_EVENTS)
                                && subscription.events().isEmpty());
        };
    }

    void deliver(String stream, String text) {
        sink.send(combined ? "{\"stream\":" + Json.quoted(stream) + ",\"data\":" + text + "}" : text);
        if (held.isEmpty()) return;
        var overtaken = List.copyOf(held);
        held.clear();
        overtaken.forEach(Runnable::run);
    }

    /** Keeps a frame back until another one has passed it, at most this long. */
    void hold(String stream, String text, long millis) {
        Runnable delivery = () -> deliver(stream, text);
        held.add(delivery);
        later(millis, () -> {
            if (held.remove(delivery)) delivery.run();
        });
    }

    private void subscribe(String stream, Way way) {
        if (stream.isEmpty() || subscribed.containsKey(stream)) return;
        subscribed.put(stream, new Subscription(way, new LinkedHashSet<>()));
        streams.add(stream, this);
    }

    private void unsubscribe(String stream) {
        if (subscribed.remove(stream) != null) streams.remove(stream, this);
    }

    @Override
    void ended() {
        for (var stream : List.copyOf(subscribed.keySet())) unsubscribe(stream);
    }

    /** More than ten messages a second end the connection, and doing so again and again ends in a ban. */
    private boolean tooMany() {
        long now = TimeUnit.NANOSECONDS.toSeconds(exchange.now());
        if (now != second) messages = 0;
        second = now;
        messages++;
        return messages > exchange.settings().get(Setting.MESSAGES_PER_SECOND);
    }

    @Override
    void hear(String text) {
        if (tooMany()) {
            limits.countKick(address);
            disconnect();
            return;
        }
        JsonNode frame;
        try {
            frame = Json.parse(text);
        } catch (InvalidInput malformed) {
            refuse(3, "Invalid JSON: " + malformed.getMessage());
            return;
        }
        // The reference names an unsigned integer (1.3); the official connector sends a UUID and is understood.
        var id = frame.path("id");
        if (!id.isString() && (!id.isIntegralNumber() || id.bigIntegerValue().signum() < 0)) {
            refuse(2, "Invalid request: request ID must be an unsigned integer");
            return;
        }
        switch (frame.path("method").asString("")) {
            case "SUBSCRIBE" -> subscribe(frame);
            case "UNSUBSCRIBE" -> unsubscribe(frame);
            case "LIST_SUBSCRIPTIONS" -> list(id);
            case "SET_PROPERTY" -> setProperty(frame);
            case "GET_PROPERTY" -> getProperty(frame);
            default -> refuse(2, "Invalid request: unknown method");
        }
    }

    private @Nullable List<String> names(JsonNode frame) {
        var names = new ArrayList<String>();
        for (var name : frame.path("params")) if (name.isString()) names.add(name.asString());
        if (names.isEmpty() || names.size() != frame.path("params").size()) {
            refuse(2, "Invalid request: params must be an array of strings");
            return null;
        }
        return names;
    }

    private void subscribe(JsonNode frame) {
        var names = names(frame);
        if (names == null) return;
        long room = exchange.settings().get(Setting.STREAMS_PER_CONNECTION) - subscribed.size();
        if (names.stream().filter(name -> !subscribed.containsKey(name)).count() > room) {
            refuse(2, "Invalid request: too many streams for one connection");
            return;
        }
        for (var name : names) subscribe(name, Way.MESSAGE);
        reply(frame.path("id"), Json.nothing());
    }

    private void unsubscribe(JsonNode frame) {
        var names = names(frame);
        if (names == null) return;
        names.forEach(this::unsubscribe);
        reply(frame.path("id"), Json.nothing());
    }

    private void list(JsonNode id) {
        var list = Json.array();
        subscribed.keySet().forEach(list::add);
        reply(id, list);
    }

    private void setProperty(JsonNode frame) {
        var params = frame.path("params");
        if (!params.path(0).asString("").equals(COMBINED)) {
            refuse(0, "Unknown property");
        } else if (!params.path(1).isBoolean()) {
            refuse(1, "Invalid value type: expected Boolean");
        } else {
            combined = params.path(1).booleanValue();
            reply(frame.path("id"), Json.nothing());
        }
    }

    private void getProperty(JsonNode frame) {
        if (frame.path("params").path(0).asString("").equals(COMBINED)) {
            reply(frame.path("id"), Json.array().add(combined).get(0));
        } else {
            refuse(0, "Unknown property");
        }
    }

    private void reply(JsonNode id, JsonNode result) {
        var answer = Json.object();
        answer.set("result", result);
        answer.set("id", id);
        sink.send(Json.text(answer));
    }

    private void refuse(int code, String message) {
        sink.send(Json.text(Json.object().put("code", code).put("msg", message)));
    }
}
