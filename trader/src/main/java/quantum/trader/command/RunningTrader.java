package quantum.trader.command;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import quantum.trader.page.Operator;
import quantum.trader.page.OperatorToken;
import quantum.trader.settings.Settings;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A service that runs somewhere on this machine, asked over its own interfaces. */
final class RunningTrader {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    /** The service may need seconds to decide and to record what it took up in time; then it has answered. */
    private static final Duration ORDER_TIMEOUT = Duration.ofSeconds(15);

    private final String base;
    private final Path data;

    RunningTrader(Settings settings) {
        this.base = "http://" + settings.http().bind() + ":" + settings.http().port();
        this.data = settings.data();
    }

    @Override
    public String toString() {
        return base;
    }

    /** What it answers to a path, whatever the status. */
    JsonNode get(String path) throws InterruptedException {
        return Json.read(send(request(path)).body());
    }

    /** Whether anything listens there. */
    boolean answers() throws InterruptedException {
        try (HttpClient client = client()) {
            var _ = client.send(request("/health/live").build(), HttpResponse.BodyHandlers.discarding());
            return true;
        } catch (ConnectException _) {
            return false;
        } catch (IOException _) {
            // Whoever listens there has the ledger, most likely: it must be asked, not passed over.
            return true;
        }
    }

    /** Orders something with the operator's token; what is refused is told as it was said. */
    JsonNode post(String path, ObjectNode body) throws InterruptedException {
        HttpResponse<String> answer = send(request(path)
                .timeout(ORDER_TIMEOUT)
                .header("Authorization", "Bearer " + token())
                .header(Operator.UNTIL, Instant.now().plus(TIMEOUT).toString())
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body))));
        JsonNode said = Json.read(answer.body());
        if (answer.statusCode() == 400) {
            throw new UsageError(said.path("detail").asString());
        }
        if (answer.statusCode() != 200) {
            throw new NotProven(
                    said.path("title").asString() + ": " + said.path("detail").asString());
        }
        return said;
    }

    private String token() {
        try {
            return OperatorToken.read(data)
                    .orElseThrow(() -> new NotProven("there is no " + OperatorToken.FILE + " in " + data
                            + "; run this with the configuration of the service, as its user."));
        } catch (IOException e) {
            throw new NotProven("the operator's token in " + data + " cannot be read; run this as the service's user.");
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
    }

    private static HttpClient client() {
        return HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws InterruptedException {
        try (HttpClient client = client()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (HttpTimeoutException _) {
            throw new NotProven(
                    "the service on " + base + " runs and does not answer. An order that it has not taken up by now"
                            + " is not carried out; look at its log, and with ./quantum status at what became of it.");
        } catch (IOException e) {
            throw new NotProven(
                    "no service answers on " + base + ". Start it with ./quantum run, or set http.port to its port.");
        }
    }
}
