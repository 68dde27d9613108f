package quantum.processes;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import quantum.trader.Command;
import quantum.trader.Floor;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** One life of the service, seen through its interfaces and its process. */
final class Instance implements AutoCloseable {

    private final Command command;
    private final String url;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    Instance(Command command, int port) {
        this.command = command;
        this.url = "http://127.0.0.1:" + port;
    }

    Command command() {
        return command;
    }

    /** Since the process was started. */
    Duration age() {
        return Duration.ofNanos(System.nanoTime() - command.startedNanos());
    }

    boolean isReady() {
        return get("/health/ready").map(r -> r.statusCode() == 200).orElse(false);
    }

    Instance awaitReady() {
        await().atMost(Floor.PATIENCE.multipliedBy(2))
                .pollInterval(Duration.ofMillis(20))
                .failFast("the service ended: " + command.output(), () -> !command.isAlive())
                .until(this::isReady);
        return this;
    }

    /** What an interface answers; absent while it does not. */
    Optional<JsonNode> json(String path) {
        return get(path)
                .filter(r -> r.statusCode() == 200)
                .map(r -> JsonMapper.shared().readTree(r.body()));
    }

    Optional<HttpResponse<String>> get(String path) {
        try {
            return Optional.of(client.send(
                    HttpRequest.newBuilder(URI.create(url + path))
                            .timeout(Duration.ofSeconds(2))
                            .build(),
                    BodyHandlers.ofString()));
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** SIGKILL. */
    void kill() {
        command.kill();
    }

    @Override
    public void close() {
        client.shutdownNow();
        if (command.isAlive()) {
            command.signal("CONT");
            command.end();
        }
    }
}
