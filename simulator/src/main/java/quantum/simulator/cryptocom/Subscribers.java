package quantum.simulator.cryptocom;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import quantum.simulator.ApiKey;
import quantum.simulator.Content;
import quantum.simulator.ExchangeListener;
import quantum.simulator.Fault;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The open connections, and the way of a frame to those that subscribed to it, through the faults set for it. */
final class Subscribers implements ExchangeListener {

    private static final long LONGEST_HOLD_MILLIS = 1_000;

    private final Simulator exchange;
    private final Set<ClientLine> open = new LinkedHashSet<>();

    Subscribers(Simulator exchange) {
        this.exchange = exchange;
    }

    Simulator exchange() {
        return exchange;
    }

    void add(ClientLine line) {
        open.add(line);
    }

    void remove(ClientLine line) {
        open.remove(line);
    }

    List<ClientLine> open() {
        return List.copyOf(open);
    }

    boolean any(Predicate<ClientLine> wanted) {
        return open.stream().anyMatch(wanted);
    }

    /** A later frame of a subscription, which is named after its channel. */
    static ObjectNode frame(Channel channel, String instrument, JsonNode row) {
        var frame = Json.object().put("id", -1).put("method", "subscribe").put("code", 0);
        var result =
                frame.putObject("result").put("subscription", channel.text()).put("channel", channel.name());
        if (!instrument.isEmpty()) result.put("instrument_name", instrument);
        channel.describe(result);
        result.putArray("data").add(row);
        return frame;
    }

    void send(ClientLine line, Channel channel, ObjectNode frame) {
        if (channel.ofUser() && exchange.faults().silent(exchange.now())) return;
        var effects = exchange.faults().strike(() -> encounter(line, channel, frame), exchange.now());
        var text = Json.text(frame);
        for (var effect : effects) text = Content.changed(text, effect);
        if (effects.isEmpty()) line.deliver(text);
        else disturb(line, text, effects);
    }

    /** A frame is met by its channel, by its subscription and by the path of its connection. */
    private static Fault.Encounter encounter(ClientLine line, Channel channel, ObjectNode frame) {
        var instrument = frame.path("result").path("instrument_name").asString("");
        return new Fault.Encounter(
                List.of("STREAM " + channel.name(), "STREAM " + channel.text(), "STREAM " + line.path()),
                instrument.isEmpty() ? null : instrument,
                false);
    }

    private void disturb(ClientLine line, String text, List<Fault.Effect> effects) {
        int copies = 1;
        long late = 0;
        var reordered = false;
        for (var effect : effects) {
            switch (effect.kind()) {
                case DROP -> copies = 0;
                case DUPLICATE -> copies = copies * 2;
                case DELAY -> late += effect.millis();
                case REORDER -> reordered = true;
                case UNKNOWN_EVENT -> line.deliver(unknown());
                case SILENCE ->
                    exchange.faults().silenceUntil(exchange.now() + TimeUnit.MILLISECONDS.toNanos(effect.millis()));
                default -> {}
            }
        }
        for (int i = 0; i < copies; i++) {
            if (late > 0) line.later(late, () -> line.deliver(text));
            else if (reordered) line.hold(text, LONGEST_HOLD_MILLIS);
            else line.deliver(text);
        }
    }

    private static String unknown() {
        var frame = Json.object().put("id", -1).put("method", "subscribe").put("code", 0);
        frame.putObject("result").put("subscription", "channel.nobody.knows").put("channel", "channel.nobody.knows");
        return Json.text(frame);
    }

    /** After a reset the sessions go on with the accounts that were opened anew. */
    void reopen(SpotExchange spot) {
        for (var line : open()) {
            var key = line.session();
            var fresh = key == null ? null : exchange.keys().find(key.text());
            if (fresh != null) line.logOn(fresh, spot.account(fresh.account()));
            else if (key != null) line.disconnect();
        }
    }

    @Override
    public void cut(String path) {
        for (var line : open()) if (line.path().startsWith(path)) line.disconnect();
    }

    @Override
    public void keyChanged(ApiKey key) {
        for (var line : open()) line.keyChanged(key);
    }
}
