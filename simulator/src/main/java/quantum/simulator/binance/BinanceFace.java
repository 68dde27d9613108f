package quantum.simulator.binance;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Fault;
import quantum.simulator.FaultKind;
import quantum.simulator.Json;
import quantum.simulator.Refused;
import quantum.simulator.Reply;
import quantum.simulator.Request;
import quantum.simulator.Simulator;
import quantum.simulator.Treatment;
import tools.jackson.databind.JsonNode;

/** The exchange as a Binance client meets it, without sockets: requests are answered and frames delivered at once. */
public final class BinanceFace {

    private final Simulator exchange;
    private final Authentication authentication;
    private final RateLimits limits;
    private final Streams streams;
    private final Map<String, Route> routes = new HashMap<>();

    public BinanceFace(Simulator exchange) {
        this.exchange = exchange;
        authentication = new Authentication(exchange);
        limits = new RateLimits(exchange);
        streams = new Streams();
        var listenKeys = new ListenKeys(exchange, streams);
        exchange.listen(new UserEvents(exchange, listenKeys));
        exchange.listen(new MarketEvents(exchange, streams));
        exchange.listen(limits);
        new MarketEndpoints(exchange).addTo(routes);
        new AccountEndpoints(exchange).addTo(routes);
        new PositionEndpoints(exchange).addTo(routes);
        new ChoiceEndpoints(exchange).addTo(routes);
        new IncomeEndpoints(exchange).addTo(routes);
        new OrderEndpoints(exchange).addTo(routes);
        new AlgoEndpoints(exchange).addTo(routes);
        listenKeys.addTo(routes);
    }

    /** Answers one request at the exchange's present moment. */
    public Reply handle(Request request) {
        var reply = faulty(request);
        exchange.advanceTo(exchange.now());
        exchange.requests().add(exchange.now(), request, reply.status(), reply.body());
        return reply;
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

    private Reply faulty(Request request) {
        Params params;
        try {
            params = Params.of(request.query(), request.body());
        } catch (BinanceError error) {
            return error(error);
        }
        var fault = exchange.faults().take(request.method(), request.path(), params.get("symbol"));
        if (fault == null) return answer(request, params, Treatment.NORMAL);
        return switch (fault.kind()) {
            case HTTP -> invented(fault);
            case LOST_BEFORE -> Reply.cut();
            case HTTP_AFTER -> {
                answer(request, params, Treatment.NORMAL);
                yield invented(fault);
            }
            case LOST_AFTER -> {
                answer(request, params, Treatment.NORMAL);
                yield Reply.cut();
            }
            case DELAY ->
                answer(request, params, Treatment.NORMAL).delayed(TimeUnit.MILLISECONDS.toNanos(fault.millis()));
            case SILENCE -> {
                exchange.faults().silenceUntil(exchange.now() + TimeUnit.MILLISECONDS.toNanos(fault.millis()));
                yield answer(request, params, Treatment.NORMAL);
            }
            case NEVER_FILLS, PARTIAL_THEN_EXPIRE -> answer(request, params, treatment(fault.kind()));
        };
    }

    private static Treatment treatment(FaultKind kind) {
        return kind == FaultKind.NEVER_FILLS ? Treatment.NEVER_FILLS : Treatment.PARTIAL_THEN_EXPIRE;
    }

    private static Reply invented(Fault fault) {
        return Reply.of(fault.answer().status(), fault.answer().text());
    }

    private Reply answer(Request request, Params params, Treatment treatment) {
        var headers = RateLimits.headers();
        try {
            var route = routes.get(request.method() + " " + request.path());
            if (route == null) {
                throw new BinanceError(
                        404, -5000, "Path " + request.path() + ", Method " + request.method() + " is invalid");
            }
            limits.countRequest(route.weight().applyAsInt(params), headers);
            return Reply.of(200, Json.text(result(route, request, params, treatment, headers)))
                    .with(headers);
        } catch (BinanceError error) {
            return error(error).with(headers);
        } catch (Refused refused) {
            return error(BinanceError.of(refused)).with(headers);
        }
    }

    private JsonNode result(
            Route route, Request request, Params params, Treatment treatment, Map<String, String> headers) {
        var account = switch (route.security()) {
            case NONE -> null;
            case KEY -> authentication.byKey(request);
            case SIGNED -> authentication.bySignature(request, params);
        };
        if (account != null && route.placesOrder()) limits.countOrder(account, headers);
        return route.answer().apply(new Call(params, account, treatment));
    }

    private static Reply error(BinanceError error) {
        return Reply.of(
                error.status(),
                Json.text(Json.object().put("code", error.code()).put("msg", error.text())));
    }
}
