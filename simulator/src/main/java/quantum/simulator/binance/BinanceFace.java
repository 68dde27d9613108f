package quantum.simulator.binance;

import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.Simulator;

/** The exchange as a Binance client meets it, without sockets: requests are answered and frames delivered at once. */
public final class BinanceFace {

    private final Simulator exchange;
    private final Endpoints endpoints;
    private final Streams streams;

    public BinanceFace(Simulator exchange) {
        this.exchange = exchange;
        var limits = new RateLimits(exchange);
        streams = new Streams();
        var listenKeys = new ListenKeys(exchange, streams);
        exchange.listen(new UserEvents(exchange, listenKeys));
        exchange.listen(new MarketEvents(exchange, streams));
        exchange.listen(limits);
        endpoints = new Endpoints(exchange, new Authentication(exchange), limits, listenKeys);
    }

    /** Method and path of every request that is answered, such as GET /fapi/v1/time, in order of the text. */
    public SortedSet<String> endpoints() {
        return endpoints.names();
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

    /** Opens a stream connection by the path and query of its address; null when there is no such path. */
    public @Nullable StreamConnection connect(String path, String query, FrameSink sink) {
        var connection = StreamConnection.open(streams, path, query, sink);
        if (connection != null) {
            var request = new Request("WS", path, query, "", null);
            exchange.requests().add(exchange.now(), request, 101, "");
        }
        return connection;
    }
}
