package quantum.http;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * HTTP/1.1 and WebSockets over kept connections. A request leaves once: no redirect is followed and nothing but a GET
 * is ever repeated by the client. The launcher raises {@code jdk.httpclient.keepalive.timeout} above its 30 s
 * and leaves {@code jdk.httpclient.enableAllMethodRetry} off.
 */
public final class Wire implements AutoCloseable {

    /** Every symbol with its rules is 2 MB; what is parsed takes several times its length, and the heap is 160 MB. */
    private static final long MAX_BODY = 8L << 20;

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final HttpClient client;
    private volatile boolean closed;

    /** One request; the URI and the body are sent as they are. */
    public record Request(String method, URI uri, Map<String, String> headers, String body, Duration timeout) {

        /** With an empty body. */
        public Request(String method, URI uri, Map<String, String> headers, Duration timeout) {
            this(method, uri, headers, "", timeout);
        }

        private BodyPublisher publisher() {
            return body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body, StandardCharsets.UTF_8);
        }
    }

    /** What became of a request. */
    public sealed interface Result {
        /** A whole reply arrived, whatever its status. */
        record Replied(int status, HttpHeaders headers, String body) implements Result {}

        /** No whole reply; {@code unsent} only where no byte of the request can have left. */
        record Failed(boolean unsent, String cause) implements Result {}
    }

    public Wire(Duration connectTimeout) {
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(connectTimeout)
                .build();
    }

    /** Sends without blocking; the result is delivered exactly once, on a thread of the client. */
    public void send(Request request, Consumer<Result> result) {
        if (closed) {
            result.accept(new Result.Failed(true, "the connection is closed"));
            return;
        }
        HttpRequest.Builder builder = HttpRequest.newBuilder(request.uri())
                .method(request.method(), request.publisher())
                .timeout(request.timeout());
        request.headers().forEach(builder::header);
        CompletableFuture<HttpResponse<String>> exchange = client.sendAsync(
                builder.build(), BodyHandlers.limiting(BodyHandlers.ofString(StandardCharsets.UTF_8), MAX_BODY));
        // The client's own timeout ends with the headers; a body that stops half way needs this one.
        CompletableFuture<?> _ = exchange.copy()
                .orTimeout(request.timeout().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((response, failure) -> {
                    if (failure != null) {
                        exchange.cancel(true);
                    }
                    result.accept(result(response, failure));
                });
    }

    /** Opens a WebSocket without blocking; what it does is told to the listener. */
    public Socket open(URI uri, Duration timeout, Socket.Listener listener) {
        return open(uri, timeout, HEARTBEAT, listener);
    }

    Socket open(URI uri, Duration timeout, Duration heartbeat, Socket.Listener listener) {
        Socket socket = new Socket(heartbeat, listener);
        if (closed) {
            socket.fail("the connection is closed");
        } else {
            socket.connect(client.newWebSocketBuilder().connectTimeout(timeout), uri);
        }
        return socket;
    }

    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }

    private static Result result(@Nullable HttpResponse<String> response, @Nullable Throwable failure) {
        if (response != null) {
            return new Result.Replied(response.statusCode(), response.headers(), response.body());
        }
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return new Result.Failed(isUnsent(cause), describe(cause));
    }

    /** Only what fails before there is a connection proves that nothing left. */
    private static boolean isUnsent(@Nullable Throwable cause) {
        return cause instanceof ConnectException
                || cause instanceof HttpConnectTimeoutException
                || cause instanceof UnresolvedAddressException;
    }

    static String describe(@Nullable Throwable cause) {
        return switch (cause) {
            case null -> "no reply";
            case TimeoutException _ -> "no whole reply in time";
            case ConnectException _ -> "nobody accepts a connection there";
            case IOException e when e.getMessage() != null -> e.getClass().getSimpleName() + ": " + e.getMessage();
            default -> cause.getClass().getSimpleName();
        };
    }
}
