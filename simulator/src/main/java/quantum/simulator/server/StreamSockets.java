package quantum.simulator.server;

import io.javalin.http.Context;
import io.javalin.websocket.WsConfig;
import io.javalin.websocket.WsContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.simulator.binance.BinanceFace;
import quantum.simulator.binance.FrameSink;
import quantum.simulator.binance.StreamConnection;

/** Carries stream frames between WebSocket clients and the Binance face. */
final class StreamSockets {

    private static final long PING_MINUTES = 3;
    private static final Duration WITHOUT_PONG = Duration.ofMinutes(10);
    private static final String SOCKET = "quantum.simulator.socket";

    private final Driver driver;
    private final BinanceFace face;
    private final Map<String, Socket> sockets = new ConcurrentHashMap<>();

    StreamSockets(Driver driver, BinanceFace face) {
        this.driver = driver;
        this.face = face;
    }

    void configure(WsConfig config) {
        config.onConnect(this::open);
        config.onMessage(message -> {
            var socket = sockets.get(message.sessionId());
            if (socket != null) driver.run(() -> socket.receive(message.message()));
        });
        config.onClose(this::forget);
        config.onError(this::forget);
    }

    /** Subscribes before the client learns that it is connected, so that nothing it then causes is missed. */
    void prepare(Context context) {
        var socket = new Socket();
        var query = context.queryString();
        driver.run(() -> socket.connection = face.connect(context.path(), query == null ? "" : query, socket));
        context.attribute(SOCKET, socket);
    }

    private void open(WsContext context) {
        context.session.setIdleTimeout(WITHOUT_PONG);
        context.enableAutomaticPings(PING_MINUTES, TimeUnit.MINUTES);
        Socket socket = context.attribute(SOCKET);
        if (socket == null || socket.connection == null) {
            context.closeSession(1008, "no such path");
            return;
        }
        sockets.put(context.sessionId(), socket);
        driver.run(() -> socket.attach(context));
    }

    private void forget(WsContext context) {
        var socket = sockets.remove(context.sessionId());
        if (socket != null) driver.run(socket::end);
    }

    /** One client; touched under the driver's lock alone. */
    private static final class Socket implements FrameSink {

        private final List<String> waiting = new ArrayList<>();
        private @Nullable WsContext context;
        private @Nullable StreamConnection connection;

        void attach(WsContext open) {
            context = open;
            waiting.forEach(this::send);
            waiting.clear();
        }

        void receive(String text) {
            if (connection != null) connection.receive(text);
        }

        void end() {
            if (connection != null) connection.close();
        }

        @Override
        public void send(String text) {
            if (context == null) waiting.add(text);
            else if (context.session.isOpen()) context.send(text);
        }

        @Override
        public void close() {
            if (context != null) context.closeSession();
        }
    }
}
