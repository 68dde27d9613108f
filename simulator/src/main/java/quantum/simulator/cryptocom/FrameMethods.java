package quantum.simulator.cryptocom;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import quantum.simulator.ApiKey;
import quantum.simulator.Delivery;
import quantum.simulator.Json;
import quantum.simulator.Request;
import quantum.simulator.spot.SpotAccount;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.node.ObjectNode;

/** What a frame of a client asks for: a session, a subscription, a sign of life, or a method as by REST. */
final class FrameMethods {

    static final String USER_PATH = "/exchange/v1/user";
    static final String MARKET_PATH = "/exchange/v1/market";

    private static final int MOST_CHANNELS = 400;
    private static final int USER_FRAMES = 150;
    private static final int MARKET_FRAMES = 100;

    private final SpotExchange spot;
    private final Calls calls;
    private final Envelope envelope;
    private final Authentication authentication;
    private final UserEvents userEvents;
    private final MarketEvents marketEvents;

    FrameMethods(SpotExchange spot, Calls calls, Envelope envelope, UserEvents userEvents, MarketEvents marketEvents) {
        this.spot = spot;
        this.calls = calls;
        this.envelope = envelope;
        this.userEvents = userEvents;
        this.marketEvents = marketEvents;
        authentication = new Authentication(spot.simulator());
    }

    void refuseUnreadable(ClientLine line) {
        var nothing = new Query(Json.object(), "", null, line.road(), Request.LOOPBACK);
        line.deliver(envelope.of(nothing, new CryptoComError(Code.BAD_REQUEST)));
    }

    void hear(ClientLine line, Query query) {
        var user = line.road() == Query.Road.USER_SOCKET;
        try {
            if (line.countFrame() > (user ? USER_FRAMES : MARKET_FRAMES)) {
                throw new CryptoComError(Code.TOO_MANY_REQUESTS);
            }
            switch (query.method()) {
                // One client sends the whole heartbeat back, under its own method.
                case "public/respond-heartbeat", "public/heartbeat" -> {
                    var id = query.id();
                    if (id != null) line.heartbeat().answer(id);
                }
                case "subscribe" -> subscribe(line, query);
                case "unsubscribe" -> unsubscribe(line, query);
                case "public/auth" -> logOn(line, query);
                case "private/set-cancel-on-disconnect", "private/get-cancel-on-disconnect" ->
                    cancelOnDisconnect(line, query);
                default -> answer(line, query);
            }
        } catch (CryptoComError error) {
            line.deliver(envelope.of(query, error));
        }
        spot.simulator().advanceTo(spot.simulator().now());
    }

    private void logOn(ClientLine line, Query query) {
        if (line.road() != Query.Road.USER_SOCKET) throw new CryptoComError(Code.METHOD_NOT_FOUND);
        var key = authentication.of(query);
        line.logOn(key, spot.account(key.account()));
        line.deliver(envelope.done(query));
    }

    private static ApiKey session(ClientLine line) {
        var key = line.session();
        if (key == null) throw new CryptoComError(Code.UNAUTHORIZED);
        return key;
    }

    private void cancelOnDisconnect(ClientLine line, Query query) {
        session(line);
        if (query.method().contains("/set-")) {
            var scope = query.params().path("scope").asString("");
            if (!List.of("CONNECTION", "NONE").contains(scope)) {
                throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
            }
            line.cancelPlaced(scope.equals("CONNECTION"));
        }
        line.deliver(envelope.of(query, Json.object().put("scope", line.cancelsPlaced() ? "CONNECTION" : "NONE")));
    }

    private void answer(ClientLine line, Query query) {
        int before = orderCount(line);
        var reply = calls.answer(query, _ -> session(line));
        if (query.method().equals("private/create-order")) note(line, before);
        var exchange = spot.simulator();
        var body = new String(Json.text(query.body()).getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        var key = line.session();
        var request = new Request("WS", query.method(), "", body, key == null ? null : key.text(), query.address());
        var lost = reply.dropped();
        exchange.requests().add(exchange.now(), request, lost ? 0 : reply.status(), lost ? "" : reply.body());
        line.later(TimeUnit.NANOSECONDS.toMillis(reply.delayNanos()), () -> {
            if (reply.delivery() == Delivery.WHOLE) line.deliver(reply.body());
            else line.disconnect();
        });
    }

    private static int orderCount(ClientLine line) {
        var account = line.customer();
        return account == null ? 0 : account.orders().size();
    }

    /** An order that was taken belongs to the connection, whether its acknowledgement arrives or not. */
    private static void note(ClientLine line, int before) {
        var account = line.customer();
        if (account == null || account.orders().size() == before) return;
        line.notePlaced(account.orders().get(before).id());
    }

    void cancel(SpotAccount account, List<Long> orderIds) {
        for (long id : orderIds) {
            var order = account.order(id);
            if (order != null && order.status().open()) spot.matching().cancel(account, order);
        }
    }

    private void subscribe(ClientLine line, Query query) {
        for (var name : new Params(query.params(), false).words("channels")) {
            try {
                first(line, query, channel(line, name));
            } catch (CryptoComError error) {
                line.deliver(envelope.of(query, error));
            }
        }
    }

    private Channel channel(ClientLine line, String name) {
        var channel = Channel.of(name, spot);
        var user = line.road() == Query.Road.USER_SOCKET;
        if (channel == null || channel.ofUser() != user) throw new CryptoComError(Code.INVALID_REQUEST);
        if (user) session(line);
        if (line.subscriptionCount() >= MOST_CHANNELS) throw new CryptoComError(Code.EXCEED_MAX_SUBSCRIPTIONS);
        return channel;
    }

    /** Answers a subscription with what is there; of the user's channels this one message carries the whole name. */
    private void first(ClientLine line, Query query, Channel channel) {
        line.subscribe(channel);
        ObjectNode result = Json.object();
        var instrument = channel.instrument();
        if (instrument != null) result.put("instrument_name", instrument);
        result.put("subscription", channel.text()).put("channel", channel.ofUser() ? channel.text() : channel.name());
        channel.describe(result);
        var data = result.putArray("data");
        var account = line.customer();
        if (channel.ofUser() && account != null) userEvents.fillFirst(account, channel, data);
        var market = channel.ofUser() || instrument == null ? null : spot.find(instrument);
        if (market != null) data.add(marketEvents.row(market, channel));
        line.deliver(envelope.of(query, result));
    }

    private void unsubscribe(ClientLine line, Query query) {
        new Params(query.params(), false).words("channels").forEach(line::unsubscribe);
        line.deliver(envelope.done(query));
    }
}
