package quantum.trader.command;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import quantum.trader.settings.Settings;
import tools.jackson.databind.JsonNode;

/** A service that runs somewhere on this machine, asked over its own interfaces. */
final class RunningTrader {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final String base;

    RunningTrader(Settings settings) {
        this.base = "http://" + settings.http().bind() + ":" + settings.http().port();
    }

    /** What it answers to a path, whatever the status. */
    JsonNode get(String path) throws InterruptedException {
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build()) {
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(base + path))
                            .timeout(TIMEOUT)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            return Json.read(response.body());
        } catch (IOException e) {
            throw new NotProven(
                    "no service answers on " + base + ". Start it with ./quantum run, or set http.port to its port.");
        }
    }
}
