package quantum.simulator.server;

import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import quantum.simulator.binance.BinanceFace;
import quantum.simulator.binance.FrameSink;
import quantum.simulator.binance.StreamConnection;

/** Carries stream frames between WebSocket clients and the Binance face. */
final class StreamSockets {

    private static final long PING_MINUTES = 3;

    private final Driver driver;
    private final BinanceFace face;
    private final Map<String, StreamConnection> connections = new ConcurrentHashMap<>();

    StreamSockets(Driver driver, BinanceFace face) {
        this.driver = driver;
        this.face = face;
    }

    void configure(WsConfig socket) {
        socket.onConnect(this::open);
        socket.onMessage(message -> {
            var connection = connections.get(message.sessionId());
            if (connection == null) return;
            driver.call(() -> {
                connection.receive(message.message());
                return true;
            });
        });
        socket.onClose(this::forget);
        socket.onError(this::forget);
    }

    private void open(WsContext context) {
        context.enableAutomaticPings(PING_MINUTES, TimeUnit.MINUTES);
        var uri = context.session.getUpgradeRequest().getRequestURI();
        var query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        var opened = driver.call(() -> {
            var connection = face.connect(uri.getPath(), query, new Socket(context));
            if (connection != null) connections.put(context.sessionId(), connection);
            return connection != null;
        });
        if (!opened) context.closeSession(1008, "no such path");
    }

    private void forget(WsContext context) {
        var connection = connections.remove(context.sessionId());
        if (connection == null) return;
        driver.call(() -> {
            connection.close();
            return true;
        });
    }

    private record Socket(WsContext context) implements FrameSink {

        @Override
        public void send(String text) {
            if (context.session.isOpen()) context.send(text);
        }

        @Override
        public void close() {
            context.closeSession();
        }
    }
}
