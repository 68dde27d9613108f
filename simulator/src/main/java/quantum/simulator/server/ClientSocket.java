package quantum.simulator.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.StatusCode;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Connection;
import quantum.simulator.FrameSink;

/** One client's socket; what it carries is touched under the driver's lock alone. Sending never waits. */
public final class ClientSocket implements Session.Listener.AutoDemanding, FrameSink {

    private final Driver driver;
    private final List<Consumer<Session>> waiting = new ArrayList<>();
    private @Nullable Session session;
    private @Nullable Connection connection;

    ClientSocket(Driver driver) {
        this.driver = driver;
    }

    void carry(Connection accepted) {
        connection = accepted;
    }

    @Override
    public void onWebSocketOpen(Session open) {
        // The exchange's own rule about pongs decides how long a silent client stays.
        open.setIdleTimeout(Duration.ZERO);
        driver.run(() -> {
            session = open;
            waiting.forEach(frame -> frame.accept(open));
            waiting.clear();
        });
    }

    @Override
    public void onWebSocketText(String message) {
        driver.run(() -> {
            if (connection != null) connection.receive(message);
        });
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
        var text = StandardCharsets.UTF_8.decode(payload).toString();
        driver.run(() -> {
            if (connection != null) connection.receiveBinary(text);
        });
        callback.succeed();
    }

    @Override
    public void onWebSocketPong(ByteBuffer payload) {
        var text = StandardCharsets.UTF_8.decode(payload).toString();
        driver.run(() -> {
            if (connection != null) connection.pong(text);
        });
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
        end();
        callback.succeed();
    }

    @Override
    public void onWebSocketError(Throwable cause) {
        end();
    }

    private void end() {
        driver.run(() -> {
            if (connection != null) connection.close();
        });
    }

    private void pass(Consumer<Session> frame) {
        var open = session;
        if (open == null) waiting.add(frame);
        else if (open.isOpen()) frame.accept(open);
    }

    @Override
    public void send(String text) {
        pass(open -> open.sendText(text, Callback.NOOP));
    }

    @Override
    public void ping(String payload) {
        pass(open -> open.sendPing(ByteBuffer.wrap(payload.getBytes(StandardCharsets.UTF_8)), Callback.NOOP));
    }

    @Override
    public void close() {
        pass(open -> open.close(StatusCode.NORMAL, "", Callback.NOOP));
    }
}
