package quantum.simulator.cryptocom;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.ApiKey;
import quantum.simulator.Connection;
import quantum.simulator.FrameSink;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.Simulator;
import quantum.simulator.spot.SpotAccount;
import tools.jackson.databind.JsonNode;

/** One WebSocket connection of a client: what it subscribed to, who it is, and whether it still answers. */
final class ClientLine implements Connection {

    private static final long PING_MILLIS = 5_000;

    private final Simulator exchange;
    private final Subscribers subscribers;
    private final FrameMethods methods;
    private final Query.Road road;
    private final String address;
    private final FrameSink outlet;
    private final Heartbeat heartbeat;
    private final Map<String, Channel> channels = new LinkedHashMap<>();
    private final List<String> held = new ArrayList<>();
    private final List<Long> placed = new ArrayList<>();
    private boolean cancelsPlaced;
    private boolean open = true;
    private @Nullable ApiKey session;
    private @Nullable SpotAccount customer;
    private long second;
    private int frames;

    ClientLine(Subscribers subscribers, FrameMethods methods, Query.Road road, String address, FrameSink outlet) {
        this.exchange = subscribers.exchange();
        this.subscribers = subscribers;
        this.methods = methods;
        this.road = road;
        this.address = address;
        this.outlet = outlet;
        heartbeat = new Heartbeat(exchange, this);
    }

    void start() {
        subscribers.add(this);
        heartbeat.start();
        later(PING_MILLIS, this::ping);
    }

    private void ping() {
        outlet.ping("");
        later(PING_MILLIS, this::ping);
    }

    String path() {
        return road == Query.Road.USER_SOCKET ? FrameMethods.USER_PATH : FrameMethods.MARKET_PATH;
    }

    Query.Road road() {
        return road;
    }

    Heartbeat heartbeat() {
        return heartbeat;
    }

    /** Frames in this second of the clock. */
    int countFrame() {
        long now = TimeUnit.NANOSECONDS.toSeconds(exchange.now());
        if (now != second) frames = 0;
        second = now;
        frames++;
        return frames;
    }

    @Override
    public void receive(String text) {
        if (!open) return;
        JsonNode frame;
        try {
            frame = Json.parse(text);
        } catch (InvalidInput malformed) {
            methods.refuseUnreadable(this);
            return;
        }
        methods.hear(this, Query.ofFrame(frame, road, address));
    }

    @Override
    public void receiveBinary(String text) {
        receive(text);
    }

    @Override
    public void pong(String payload) {
        // What decides here is the heartbeat of the protocol itself.
    }

    @Nullable
    ApiKey session() {
        return session;
    }

    @Nullable
    SpotAccount customer() {
        return customer;
    }

    void logOn(ApiKey key, SpotAccount account) {
        session = key;
        customer = account;
    }

    /** A key that no longer lets in ends the session it opened. */
    void keyChanged(ApiKey key) {
        if (session != null && session.text().equals(key.text()) && !key.admits(address)) disconnect();
    }

    void subscribe(Channel channel) {
        channels.put(channel.text(), channel);
    }

    void unsubscribe(String text) {
        channels.remove(text);
    }

    int subscriptionCount() {
        return channels.size();
    }

    boolean listens(SpotAccount account, String name, String symbol) {
        return !subscriptions(account, name, symbol).isEmpty();
    }

    List<Channel> subscriptions(SpotAccount account, String name, String symbol) {
        if (customer != account) return List.of();
        return channels.values().stream()
                .filter(channel -> channel.covers(name, symbol))
                .toList();
    }

    List<Channel> marketChannels(String symbol) {
        return channels.values().stream()
                .filter(channel -> !channel.ofUser() && symbol.equals(channel.instrument()))
                .toList();
    }

    /** From now on the ordinary orders that came by this connection end with it, or no longer do. */
    void cancelPlaced(boolean chosen) {
        cancelsPlaced = chosen;
    }

    boolean cancelsPlaced() {
        return cancelsPlaced;
    }

    void notePlaced(long orderId) {
        placed.add(orderId);
    }

    void deliver(String text) {
        if (!open) return;
        outlet.send(text);
        if (held.isEmpty()) return;
        var overtaken = List.copyOf(held);
        held.clear();
        overtaken.forEach(outlet::send);
    }

    /** Keeps a frame back until another one has passed it, at most this long. */
    void hold(String text, long millis) {
        held.add(text);
        later(millis, () -> {
            if (held.remove(text)) outlet.send(text);
        });
    }

    /** Does it later, unless the connection has ended by then. */
    void later(long millis, Runnable work) {
        exchange.scheduler().after(TimeUnit.MILLISECONDS.toNanos(millis), () -> {
            if (open) work.run();
        });
    }

    @Override
    public void close() {
        if (!open) return;
        open = false;
        subscribers.remove(this);
        if (cancelsPlaced && customer != null) methods.cancel(customer, placed);
    }

    /** The exchange ends the connection. */
    void disconnect() {
        if (!open) return;
        close();
        outlet.close();
    }
}
