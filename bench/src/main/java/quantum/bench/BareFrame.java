package quantum.bench;

import io.javalin.websocket.WsConnectContext;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One text frame of an order update's size from a server to the JDK's client. */
final class BareFrame implements AutoCloseable {

    private static final String TEXT = "{\"e\":\"" + "x".repeat(560) + "\"}";

    private final CompletableFuture<WsConnectContext> connected = new CompletableFuture<>();
    private final SynchronousQueue<Long> heard = new SynchronousQueue<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final BareServer server;
    private final WsConnectContext sender;

    BareFrame() {
        server = new BareServer(config -> config.routes.ws("/ws", ws -> ws.onConnect(connected::complete)));
        client.newWebSocketBuilder()
                .buildAsync(URI.create(server.address("ws") + "/ws"), new Ears())
                .join();
        sender = connected.orTimeout(5, TimeUnit.SECONDS).join();
    }

    void measure(Floors.Found found) {
        long began = System.nanoTime();
        sender.send(TEXT);
        try {
            Long at = heard.poll(5, TimeUnit.SECONDS);
            if (at == null) {
                throw new IllegalStateException("the floor's frame was not heard within 5 s");
            }
            found.frame().add(at - began);
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

    private final class Ears implements WebSocket.Listener {

        @Override
        public @Nullable CompletionStage<?> onText(WebSocket source, CharSequence part, boolean last) {
            if (last) {
                long at = System.nanoTime();
                try {
                    heard.put(at);
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            source.request(1);
            return null;
        }
    }
}
