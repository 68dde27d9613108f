package quantum.http;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The WebSockets of one session, each under the number that the session gave it. */
public final class Sockets implements AutoCloseable {

    private final Wire wire;
    private final Duration connectTimeout;
    private final Map<Long, Socket> sockets = new ConcurrentHashMap<>();

    public Sockets(Wire wire, Duration connectTimeout) {
        this.wire = wire;
        this.connectTimeout = connectTimeout;
    }

    public void open(long number, String url, Socket.Listener listener) {
        sockets.put(number, wire.open(URI.create(url), connectTimeout, listener));
    }

    /** False where there is none of this number any more. */
    public boolean send(long number, String text) {
        Socket socket = sockets.get(number);
        if (socket != null) {
            socket.send(text);
        }
        return socket != null;
    }

    public void close(long number) {
        Socket socket = sockets.remove(number);
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public void close() {
        sockets.values().forEach(Socket::close);
    }
}
