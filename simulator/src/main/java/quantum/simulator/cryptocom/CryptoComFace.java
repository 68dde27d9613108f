package quantum.simulator.cryptocom;

import java.util.Map;
import java.util.SortedSet;
import quantum.simulator.Connection;
import quantum.simulator.ExchangeListener;
import quantum.simulator.FrameSink;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.cryptocom.wire.Wire;
import quantum.simulator.spot.SpotExchange;
import tools.jackson.databind.JsonNode;

/**
 * The spot exchange as a Crypto.com client meets it, without sockets: requests are answered and frames delivered at once.
 */
public final class CryptoComFace implements ExchangeListener {

    private final SpotExchange spot;
    private final CallLimits limits;
    private final Calls calls;
    private final Envelope envelope;
    private final Authentication authentication;
    private final Subscribers subscribers;
    private final UserEvents userEvents;
    private final FrameMethods methods;

    public CryptoComFace(SpotExchange spot) {
        this.spot = spot;
        var exchange = spot.simulator();
        var pace = new Pace(spot);
        limits = new CallLimits(exchange);
        envelope = new Envelope(exchange);
        authentication = new Authentication(exchange);
        calls = new Calls(spot, limits, envelope, pace);
        subscribers = new Subscribers(exchange);
        userEvents = new UserEvents(spot, subscribers, pace);
        var marketEvents = new MarketEvents(spot, subscribers);
        methods = new FrameMethods(spot, calls, envelope, userEvents, marketEvents);
        spot.listen(userEvents);
        spot.listen(marketEvents);
        exchange.listen(subscribers);
        exchange.listen(this);
    }

    /** HTTP method and path of every request that is answered, in order of the text. */
    public SortedSet<String> endpoints() {
        return calls.routes();
    }

    /** Answers one request at the exchange's present moment. */
    public Reply handle(Request request) {
        var exchange = spot.simulator();
        var reply = answer(request).with(Map.of("Date", Wire.httpDate(exchange.serverMillis())));
        exchange.advanceTo(exchange.now());
        var cut = reply.dropped();
        exchange.requests().add(exchange.now(), request, cut ? 0 : reply.status(), cut ? "" : reply.body());
        return reply;
    }

    private Reply answer(Request request) {
        if (!request.method().equals("POST")) return read(request);
        JsonNode body;
        try {
            body = Json.parse(request.text().isBlank() ? "{}" : request.text());
        } catch (InvalidInput malformed) {
            return refused(new Query(Json.object(), "", null, Query.Road.POST, request.address()), Code.BAD_REQUEST);
        }
        var query = Query.ofPost(request.path(), body, request.address());
        var named = body.path("method").asString("");
        if (named.isEmpty()) {
            return refused(new Query(body, "", null, Query.Road.POST, request.address()), Code.BAD_REQUEST);
        }
        if (!named.equals(query.method())) return refused(query, Code.INVALID_REQUEST);
        return calls.answer(query, authentication::of);
    }

    private Reply read(Request request) {
        try {
            var query = Query.ofGet(request.path(), request.query(), request.address());
            if (!request.method().equals("GET")) return refused(query, Code.INVALID_REQUEST);
            return calls.answer(query, authentication::of);
        } catch (IllegalArgumentException malformed) {
            var nothing = new Query(Json.object(), "", null, Query.Road.GET, request.address());
            return refused(nothing, Code.BAD_REQUEST);
        }
    }

    private Reply refused(Query query, Code code) {
        return Reply.of(code.status(), envelope.of(query, new CryptoComError(code)));
    }

    /** Opens a connection by its path, which must be one of the two; others have nothing to connect to. */
    public Connection connect(String path, String address, FrameSink outlet) {
        var road = switch (path) {
            case FrameMethods.USER_PATH -> Query.Road.USER_SOCKET;
            case FrameMethods.MARKET_PATH -> Query.Road.MARKET_SOCKET;
            default -> throw new IllegalArgumentException("no connection at " + path);
        };
        var exchange = spot.simulator();
        exchange.requests().add(exchange.now(), new Request("WS", path, "", "", null, address), 101, "");
        var line = new ClientLine(subscribers, methods, road, address, outlet);
        line.start();
        return line;
    }

    @Override
    public void reset() {
        limits.clear();
        userEvents.forget();
        subscribers.reopen(spot);
    }
}
