package quantum.bench;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import quantum.simulator.SimulatorOptions;
import quantum.simulator.server.SimulatorServer;
import tools.jackson.databind.JsonNode;

/** A simulator of our own: fills a few milliseconds after the acknowledgement, limits out of the way. */
final class Exchange implements AutoCloseable {

    static final List<String> SYMBOLS =
            List.of("BTCUSDT", "ETHUSDT", "SOLUSDT", "XRPUSDT", "ADAUSDT", "AVAXUSDT", "LINKUSDT", "NEARUSDT");
    private static final long NO_LIMIT = 100_000_000;

    private final HttpClient client = HttpClient.newHttpClient();
    private final SimulatorServer server;

    Exchange(Duration shortest, Duration longest) {
        server = SimulatorServer.start(SimulatorOptions.defaults()
                .withPort(0)
                .withStartBalance(BigDecimal.valueOf(1_000_000))
                .withSymbols(Set.copyOf(SYMBOLS))
                .withFillDelay(shortest, longest));
        control(
                "POST",
                "/sim/settings",
                Json.write(Json.object()
                        .put("weightPerMinute", NO_LIMIT)
                        .put("ordersPerMinute", NO_LIMIT)
                        .put("ordersPer10Seconds", NO_LIMIT)));
    }

    String address() {
        return server.baseUrl();
    }

    /** Lists more symbols, with the rules of the first, until there are so many. */
    void list(int symbols) {
        for (int i = SYMBOLS.size(); i < symbols; i++) {
            control(
                    "POST",
                    "/sim/symbol",
                    Json.write(Json.object().put("symbol", "BENCH" + i + "USDT").put("like", SYMBOLS.getFirst())));
        }
    }

    /** Every order's and fill's time by the client's order id, every stop's by its own ids. */
    void times(BiConsumer<String, Long> orders, BiConsumer<String, Long> fills, BiConsumer<String, Long> stops) {
        JsonNode ledger = Json.read(control("GET", "/sim/ledger", ""));
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
        HttpRequest request = HttpRequest.newBuilder(URI.create(server.baseUrl() + path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(path + " answered " + response.statusCode() + " " + response.body());
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
