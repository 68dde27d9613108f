package quantum.trader.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import quantum.trader.venue.SimulatedBooks;
import quantum.trader.venue.Venue;
import tools.jackson.databind.JsonNode;

/** What a producer or an auditor reads from a simulated exchange, over HTTP like anybody else. */
final class Simulated implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String baseUrl;
    private final Venue venue;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Simulated(String baseUrl, Venue venue) {
        this.baseUrl = baseUrl;
        this.venue = venue;
    }

    SimulatedBooks books() {
        return venue.books(get("/sim/ledger"));
    }

    /** Last prices by symbol. */
    Map<String, BigDecimal> prices() {
        return venue.lastPrices(get(venue.pricesPath()));
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
