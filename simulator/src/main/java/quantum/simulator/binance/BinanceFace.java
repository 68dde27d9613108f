package quantum.simulator.binance;

import java.util.List;
import java.util.SortedSet;
import quantum.simulator.FrameSink;
import quantum.simulator.Json;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.Simulator;

/** The exchange as a Binance client meets it, without sockets: requests are answered and frames delivered at once. */
public final class BinanceFace {

    /** Of a connection to the WebSocket API (binance-usdm 8.1). */
    private static final int HANDSHAKE_WEIGHT = 5;

    private final Simulator exchange;
    private final Endpoints endpoints;
    private final Streams streams;
    private final RateLimits limits;
    private final Connections connections;

    public BinanceFace(Simulator exchange) {
        this.exchange = exchange;
        limits = new RateLimits(exchange);
        streams = new Streams(exchange);
        connections = new Connections(exchange);
        var listenKeys = new ListenKeys(exchange, streams);
        exchange.listen(new UserEvents(exchange, listenKeys));
        exchange.listen(new MarketEvents(exchange, streams));
        exchange.listen(limits);
        exchange.listen(connections);
        endpoints = new Endpoints(exchange, new Authentication(exchange), limits, listenKeys);
    }

    /** Method and path of every request that is answered, such as GET /fapi/v1/time, in order of the text. */
    public SortedSet<String> endpoints() {
        return endpoints.routes();
    }

    /** Answers one request at the exchange's present moment. */
    public Reply handle(Request request) {
        var reply = answer(request);
        exchange.advanceTo(exchange.now());
        var cut = reply.dropped();
        exchange.requests().add(exchange.now(), request, cut ? 0 : reply.status(), cut ? "" : reply.body());
        return reply;
    }

    private Reply answer(Request request) {
        var route = request.method() + " " + request.path();
        try {
            var proof = new Proof(
                    request.address(), request.apiKey(), Authentication.signed(request.query(), request.body()), null);
            var params = Params.of(request.query(), request.body());
            var outcome = endpoints.answer(new Inquiry(route, List.of(route), params, proof));
            return new Reply(
                    outcome.status(),
                    outcome.usage().headers(),
                    outcome.body(),
                    outcome.delayNanos(),
                    outcome.delivery());
        } catch (BinanceError malformed) {
            return Reply.of(malformed.status(), Json.text(malformed.json()));
        }
    }

    /** Opens a connection for streams or for the WebSocket API, by the path and query of its address. */
    public Handshake connect(String path, String query, String address, FrameSink sink) {
        var handshake = open(path, query, address, sink);
        var request = new Request("WS", path, query, "", null, address);
        exchange.requests().add(exchange.now(), request, handshake.status(), handshake.body());
        return handshake;
    }

    private Handshake open(String path, String query, String address, FrameSink sink) {
        var usage = limits.usage();
        try {
            if (path.equals(ApiConnection.PATH)) {
                limits.countRequest(address, HANDSHAKE_WEIGHT, usage);
                return Handshake.of(new ApiConnection(connections, endpoints, query, address, sink));
            }
            limits.admit(address, usage);
            var connection = StreamConnection.open(connections, streams, limits, path, query, address, sink);
            if (connection == null) throw new BinanceError(404, -5000, "Path " + path + " is invalid");
            return Handshake.of(connection);
        } catch (BinanceError refused) {
            return Handshake.refused(refused, usage);
        }
    }
}
