package quantum.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** An HTTP server that greets every GET and treats every POST as badly as it is told to, and counts them. */
final class BreakingServer implements AutoCloseable {

    /** What happens to a connection that was used before, or to the POST that arrives on it. */
    enum Fault {
        NONE,
        CLOSE_WHILE_IDLE,
        RESET_AT_THE_FIRST_BYTE,
        CLOSE_AFTER_THE_REQUEST,
        RESET_AFTER_THE_REQUEST,
        CUT_IN_THE_HEADERS,
        CUT_IN_THE_BODY,
        STOP_IN_THE_BODY,
        ANSWER_503,
        ANSWER_408,
        ANSWER_429,
        ANSWER_307,
        NO_ANSWER
    }

    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}";

    private final ServerSocket server;
    private final Fault fault;
    private final List<String> posts = new CopyOnWriteArrayList<>();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();

    BreakingServer(Fault fault) {
        this.fault = fault;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    URI uri(String path) {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + path);
    }

    /** The request line of every POST of which at least one byte arrived. */
    List<String> posts() {
        return List.copyOf(posts);
    }

    int connections() {
        return sockets.size();
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                sockets.add(socket);
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // The test is over.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            boolean used = false;
            while (true) {
                if (used && fault == Fault.RESET_AT_THE_FIRST_BYTE) {
                    if (socket.getInputStream().read() >= 0) {
                        posts.add("?");
                    }
                    reset(socket);
                    return;
                }
                String request = head(socket.getInputStream());
                if (request.isEmpty()) {
                    return;
                }
                used = true;
                if (request.startsWith("GET")) {
                    write(socket, OK);
                    if (fault == Fault.CLOSE_WHILE_IDLE) {
                        return;
                    }
                } else {
                    posts.add(request);
                    if (!treat(socket)) {
                        return;
                    }
                }
            }
        } catch (IOException _) {
            // A broken connection is what this server is for.
        }
    }

    /** False if the connection is over. */
    private boolean treat(Socket socket) throws IOException {
        switch (fault) {
            case NONE, CLOSE_WHILE_IDLE -> write(socket, OK);
            case ANSWER_503 -> write(socket, empty("503 Service Unavailable", "Retry-After: 0\r\n"));
            case ANSWER_408 -> {
                write(socket, empty("408 Request Timeout", "Connection: close\r\n"));
                return false;
            }
            case ANSWER_429 -> write(socket, empty("429 Too Many Requests", "Retry-After: 0\r\n"));
            case ANSWER_307 -> write(socket, empty("307 Temporary Redirect", "Location: " + uri("/other") + "\r\n"));
            case CUT_IN_THE_HEADERS -> {
                write(socket, "HTTP/1.1 200 OK\r\nContent-Le");
                return false;
            }
            case CUT_IN_THE_BODY -> {
                write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"orderId\":");
                return false;
            }
            case STOP_IN_THE_BODY -> write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"orderId\":");
            case RESET_AFTER_THE_REQUEST, RESET_AT_THE_FIRST_BYTE -> {
                reset(socket);
                return false;
            }
            case CLOSE_AFTER_THE_REQUEST -> {
                return false;
            }
            case NO_ANSWER -> {}
        }
        return true;
    }

    private static String empty(String status, String headers) {
        return "HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: 0\r\n\r\n";
    }

    private static void reset(Socket socket) throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private static void write(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().flush();
    }

    /** Everything up to the empty line; empty if the client is gone. */
    private static String head(InputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                return "";
            }
            text.append((char) next);
        }
        return text.substring(0, text.indexOf("\r\n"));
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : sockets) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
