package quantum.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import quantum.simulator.Quote;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A simulator of our own: fills a few milliseconds after the acknowledgement, limits out of the way. */
final class Exchange implements AutoCloseable {

    static final List<String> SYMBOLS =
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT", "AVAXUSDT", "LINKUSDT", "NEARUSDT");
    private static final long NO_LIMIT = 100_000_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final SimulatorServer server;

    Exchange(Duration shortest, Duration longest) {
        this(shortest, longest, SimulatorOptions.PriceSource.WALK);
    }

    private Exchange(Duration shortest, Duration longest, SimulatorOptions.PriceSource prices) {
        server = SimulatorServer.start(SimulatorOptions.defaults()
                .withPort(0)
                .withStartBalance(BigDecimal.valueOf(1_000_000))
                .withSymbols(Set.copyOf(SYMBOLS))
                .withPriceSource(prices)
                .withFillDelay(shortest, longest));
        control(
                "POST",
                "/sim/settings",
                Json.write(Json.object()
                        .put("weightPerMinute", NO_LIMIT)
                        .put("ordersPerMinute", NO_LIMIT)
                        .put("ordersPer10Seconds", NO_LIMIT)));
    }

    /** One that has no prices but those it is told by {@link #quote}, of each symbol at least every five seconds. */
    static Exchange quoted(Duration shortest, Duration longest) {
        return new Exchange(shortest, longest, SimulatorOptions.PriceSource.OUTSIDE);
    }

    String address() {
        return server.baseUrl();
    }

    /** Lists more symbols, with the rules of the first, until there are so many; the names of those it listed. */
    List<String> list(int symbols) {
        List<String> listed = new ArrayList<>();
        for (int i = SYMBOLS.size(); i < symbols; i++) {
            String symbol = "BENCH" + i + "USDT";
            control(
                    "POST",
                    "/sim/symbol",
                    Json.write(Json.object().put("symbol", symbol).put("like", SYMBOLS.getFirst())));
            listed.add(symbol);
        }
        return listed;
    }

    /** The next marks, for the frames to come. */
    void quote(Collection<Quote> marks) {
        server.quote(marks);
    }

    /** From now on every answer and every frame leaves so much later than it is due. */
    void answerLate(Duration by) {
        fault(Json.object().put("kind", "delay").put("match", "* *").put("millis", by.toMillis()));
    }

    /** From now on no conditional order is taken: 503, certainly not executed (binance-usdm 8.2). */
    void refuseConditionals() {
        fault(Json.object()
                .put("kind", "http")
                .put("match", "POST /fapi/v1/algoOrder")
                .put("answer", "unavailable"));
    }

    private void fault(ObjectNode fault) {
        control(
                "POST",
                "/sim/fault",
                Json.write(fault.put("forMillis", Duration.ofHours(1).toMillis())));
    }

    /** Somebody else with the account's key takes off all conditional orders of a symbol. */
    void takeOff(String symbol) {
        answer(SignedRequest.of(server.baseUrl(), "DELETE", "/fapi/v1/algoOpenOrders", "symbol=" + symbol));
    }

    /** Everything the exchange knows of orders, fills and conditional orders. */
    JsonNode ledger() {
        return Json.read(control("GET", "/sim/ledger", ""));
    }

    /** Every order's and fill's time by the client's order id, every stop's by its own ids. */
    void times(BiConsumer<String, Long> orders, BiConsumer<String, Long> fills, BiConsumer<String, Long> stops) {
        JsonNode ledger = ledger();
        for (JsonNode order : ledger.path("orders")) {
            orders.accept(
                    order.path("clientOrderId").asString(),
                    order.path("createdAt").asLong());
        }
        for (JsonNode fill : ledger.path("fills")) {
            fills.accept(fill.path("clientOrderId").asString(), fill.path("at").asLong());
        }
        for (JsonNode stop : ledger.path("protections")) {
            stops.accept(stop.path("algoId").asString(), stop.path("createdAt").asLong());
        }
    }

    private String control(String method, String path, String body) {
        return answer(HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private String answer(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(
                        request.uri().getPath() + " answered " + response.statusCode() + " " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
