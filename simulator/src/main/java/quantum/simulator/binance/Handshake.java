package quantum.simulator.binance;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;

/** The answer to a request for a WebSocket connection: the connection, or a refusal with its status and body. */
public record Handshake(
        int status,
        Map<String, String> headers,
        String body,
        @Nullable ClientConnection connection) {

    static Handshake of(ClientConnection connection) {
        connection.start();
        return new Handshake(101, Map.of(), "", connection);
    }

    static Handshake refused(BinanceError error, Usage usage) {
        return new Handshake(error.status(), usage.headers(), Json.text(error.json()), null);
    }
}
