package quantum.binance;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import quantum.http.Wire;
import quantum.json.Malformed;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Call;
import quantum.venue.Lookup;

/** The questions of a person, over REST. */
public final class BinanceLookup implements Lookup.Trying {

    private static final int NO_SUCH_ORDER = -2013;
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final BinanceSettings settings;
    private final Signer signer;
    private final Wire wire = new Wire(TIMEOUT);

    public BinanceLookup(BinanceSettings settings) {
        this.settings = settings;
        this.signer = Signer.of(settings.secret());
    }

    @Override
    public Optional<Found> order(String symbol, String orderId) throws InterruptedException {
        Wire.Result.Replied reply =
                signed(Endpoints.ORDER, Query.of("symbol", symbol).and("orderId", orderId));
        if (reply.status() == 400 && json(reply).integer("code") == NO_SUCH_ORDER) {
            return Optional.empty();
        }
        Json order = body(reply);
        return Optional.of(new Found(
                order.text("status"), order.text("side"), order.decimal("executedQty"), order.integer("time")));
    }

    @Override
    public List<String> heldSymbols() throws InterruptedException {
        List<String> held = new ArrayList<>();
        for (Json position : body(signed("/fapi/v3/positionRisk", new Query())).elements()) {
            if (position.decimal("positionAmt").signum() != 0) {
                held.add(position.text("symbol"));
            }
        }
        return held;
    }

    /** Conditional ones are not among them (binance-usdm 0.3). */
    @Override
    public List<OpenOrder> openOrders() throws InterruptedException {
        List<OpenOrder> open = new ArrayList<>();
        for (Json order : body(signed("/fapi/v1/openOrders", new Query())).elements()) {
            open.add(new OpenOrder(order.text("symbol"), order.text("clientOrderId")));
        }
        return open;
    }

    @Override
    public Optional<String> tryOrder(Symbol symbol, Quantity quantity) throws InterruptedException {
        Call.Open open = new Call.Open(new ClientOrderId("doctor"), symbol, Side.BUY, quantity, 1);
        String params = Endpoints.open(open, settings.positions()).params();
        Wire.Result.Replied reply = send("POST", Endpoints.ORDER + "/test", "?" + signer.signed(stamped(params)));
        if (reply.status() == 400) {
            Json refusal = json(reply);
            return Optional.of(refusal.integer("code") + " " + refusal.text("msg"));
        }
        body(reply);
        return Optional.empty();
    }

    private Wire.Result.Replied signed(String path, Query query) throws InterruptedException {
        return send("GET", path, "?" + signer.signed(stamped(query.toString())));
    }

    private String stamped(String params) throws InterruptedException {
        long serverTime = body(send("GET", "/fapi/v1/time", "")).integer("serverTime");
        String stamp = "recvWindow=" + settings.exitWindow().toMillis() + "&timestamp=" + serverTime;
        return params.isEmpty() ? stamp : params + "&" + stamp;
    }

    private Wire.Result.Replied send(String method, String path, String query) throws InterruptedException {
        CompletableFuture<Wire.Result> answer = new CompletableFuture<>();
        URI uri = URI.create(settings.endpoints().rest() + path + query);
        wire.send(new Wire.Request(method, uri, Map.of("X-MBX-APIKEY", settings.apiKey()), TIMEOUT), answer::complete);
        try {
            return switch (answer.get()) {
                case Wire.Result.Replied replied -> replied;
                case Wire.Result.Failed(var _, String cause) ->
                    throw new Unanswered(
                            "the exchange at " + settings.endpoints().rest() + " does not answer: " + cause);
            };
        } catch (ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Json body(Wire.Result.Replied reply) {
        if (reply.status() != 200) {
            throw new Unanswered("the exchange answered " + reply.status() + ": " + reply.body());
        }
        return json(reply);
    }

    private static Json json(Wire.Result.Replied reply) {
        try {
            return Json.parse(reply.body());
        } catch (Malformed e) {
            throw new Unanswered("the exchange answered something unreadable: " + e.getMessage());
        }
    }

    @Override
    public void close() {
        wire.close();
    }
}
