package quantum.simulator.server;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.BooleanSupplier;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import quantum.simulator.SimulatorOptions;

/** The face on sockets, in real time. */
final class SocketExchange implements Exchange {

    private final SimulatorServer server =
            SimulatorServer.start(SimulatorOptions.defaults().withPort(0));
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    @Override
    public Answer send(String method, String path, String query, String body, @Nullable String apiKey) {
        var target = URI.create(server.baseUrl() + path + (query.isEmpty() ? "" : "?" + query));
        var request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(10))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (apiKey != null) request.header("X-MBX-APIKEY", apiKey);
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            var headers = new HashMap<String, String>();
            response.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
            return new Answer(response.statusCode(), response.body(), Answer.lowerCase(headers));
        } catch (IOException lost) {
            return Answer.LOST;
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    private URI streams(String path, String query) {
        return URI.create(server.baseUrl().replace("http:", "ws:") + path + (query.isEmpty() ? "" : "?" + query));
    }

    @Override
    public int refusal(String path, String query) {
        try {
            client.newWebSocketBuilder()
                    .buildAsync(streams(path, query), new WebSocket.Listener() {})
                    .join();
            throw new AssertionError("let in to " + path);
        } catch (CompletionException refused) {
            if (refused.getCause() instanceof WebSocketHandshakeException handshake) {
                return handshake.getResponse().statusCode();
            }
            throw refused;
        }
    }

    @Override
    public Frames open(String path, String query) {
        var uri = streams(path, query);
        var socket = new WebSocket[1];
        var frames = new Frames() {
            @Override
            void send(String text) {
                // What is written to a connection that has just ended is heard by nobody.
                socket[0].sendText(text, true).exceptionally(_ -> socket[0]).join();
            }
        };
        socket[0] = client.newWebSocketBuilder()
                .buildAsync(uri, new WebSocket.Listener() {
                    private final StringBuilder partial = new StringBuilder();

                    @Override
                    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
                        partial.append(data);
                        if (last) {
                            frames.receive(partial.toString());
                            partial.setLength(0);
                        }
                        from.request(1);
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onPing(WebSocket from, ByteBuffer message) {
                        frames.countPing();
                        from.request(1);
                        return null;
                    }

                    @Override
                    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
                        frames.end();
                        return null;
                    }

                    @Override
                    public void onError(WebSocket from, Throwable cause) {
                        frames.end();
                    }
                })
                .join();
        return frames;
    }

    @Override
    public void await(BooleanSupplier condition) {
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(5))
                .until(condition::getAsBoolean);
    }

    @Override
    public void pass(long millis) {
        Awaitility.await().pollDelay(Duration.ofMillis(millis)).until(() -> true);
    }

    @Override
    public long millis() {
        return System.currentTimeMillis();
    }

    @Override
    public void close() {
        client.shutdownNow();
        server.close();
    }
}
