package quantum.simulator.cryptocom;

import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** The frames that one connection received, in order, and the way to send one. */
final class Frames implements WebSocket.Listener {

    private final List<JsonNode> received = new CopyOnWriteArrayList<>();
    private final StringBuilder partial = new StringBuilder();
    private volatile int closeCode;
    private @Nullable WebSocket socket;

    void over(WebSocket opened) {
        socket = opened;
    }

    private WebSocket socket() {
        if (socket == null) throw new AssertionError("not connected");
        return socket;
    }

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        partial.append(part);
        if (last) {
            received.add(Json.parse(partial.toString()));
            partial.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public @Nullable CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        closeCode = status;
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable cause) {
        closeCode = 1_006;
    }

    /** 0 while it is open. */
    int closeCode() {
        return closeCode;
    }

    void send(String text) {
        socket().sendText(text, true).join();
    }

    void sendBinary(String text) {
        socket().sendBinary(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)), true)
                .join();
    }

    void close() {
        socket().sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    }

    List<JsonNode> all() {
        return received;
    }

    /** Those with this id. */
    List<JsonNode> replies(long id) {
        return received.stream()
                .filter(frame -> frame.path("id").asLong(0) == id)
                .toList();
    }

    /** What later frames of a subscription carried, one row a frame. */
    List<JsonNode> rows(String subscription) {
        return received.stream()
                .filter(frame -> frame.path("id").asLong(0) == -1)
                .filter(frame ->
                        frame.path("result").path("subscription").asString("").equals(subscription))
                .map(frame -> frame.path("result").path("data").path(0))
                .toList();
    }

    List<JsonNode> named(String method) {
        return received.stream()
                .filter(frame -> frame.path("method").asString("").equals(method))
                .toList();
    }
}
