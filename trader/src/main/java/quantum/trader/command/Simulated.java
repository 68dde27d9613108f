package quantum.trader.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** What a producer or an auditor reads from a simulated exchange, over HTTP like anybody else. */
final class Simulated implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String baseUrl;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Simulated(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    JsonNode ledger() {
        return get("/sim/ledger");
    }

    /** Last prices by symbol. */
    Map<String, BigDecimal> prices() {
        Map<String, BigDecimal> prices = new HashMap<>();
        for (JsonNode row : get("/fapi/v2/ticker/price")) {
            prices.put(
                    row.path("symbol").asString(),
                    new BigDecimal(row.path("price").asString()));
        }
        return prices;
    }

    /** What a file of prices holds and how far it was played; empty without one. */
    JsonNode recording() {
        return get("/sim/price");
    }

    private JsonNode get(String path) {
        try {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(baseUrl + path))
                            .timeout(TIMEOUT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Json.read(response.body());
        } catch (IOException e) {
            throw new UncheckedIOException("the simulator does not answer " + path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
