package quantum.trader.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A way to a server on which answers get lost: the request reaches the server and is executed, then both connections are
 * reset.
 */
public final class ResettingProxy implements AutoCloseable {

    private static final int BUFFER = 65_536;

    private final ServerSocket door;
    private final int server;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger losses = new AtomicInteger();
    private volatile String command = "";

    public ResettingProxy(int server) {
        this.server = server;
        try {
            door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public String url() {
        return "redis://127.0.0.1:" + door.getLocalPort();
    }

    /** The answers to the next so many requests that hold this word are lost. */
    public void loseAnswers(String word, int count) {
        command = word;
        losses.set(count);
    }

    /** How many are still to be lost. */
    public int left() {
        return losses.get();
    }

    /** Every connection ends now. */
    public void resetAll() {
        open.forEach(ResettingProxy::reset);
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                join(door.accept());
            } catch (IOException _) {
                // The door was closed.
            }
        }
    }

    private void join(Socket client) {
        try {
            Socket upstream = new Socket(InetAddress.getLoopbackAddress(), server);
            open.add(client);
            open.add(upstream);
            Link link = new Link(client, upstream);
            Thread.ofVirtual().start(link::requests);
            Thread.ofVirtual().start(link::answers);
        } catch (IOException _) {
            // The server is away.
            reset(client);
        }
    }

    /** One connection and what it is joined to. */
    private final class Link {

        private final Socket client;
        private final Socket upstream;
        private volatile boolean losing;

        Link(Socket client, Socket upstream) {
            this.client = client;
            this.upstream = upstream;
        }

        void requests() {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = client.getInputStream()) {
                for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                    boolean wanted = new String(buffer, 0, n, StandardCharsets.ISO_8859_1).contains(command);
                    losing |= wanted && losses.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
                    upstream.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException _) {
                // Either side has gone.
            }
            end();
        }

        void answers() {
            byte[] buffer = new byte[BUFFER];
            try (InputStream in = upstream.getInputStream()) {
                for (int n = in.read(buffer); n >= 0 && !losing; n = in.read(buffer)) {
                    client.getOutputStream().write(buffer, 0, n);
                }
            } catch (IOException _) {
                // Either side has gone.
            }
            end();
        }

        private void end() {
            reset(client);
            reset(upstream);
            open.remove(client);
            open.remove(upstream);
        }
    }

    private static void reset(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException _) {
            // It has ended already.
        }
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        resetAll();
    }
}
