package quantum.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SocketTest {

    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> heard = new CopyOnWriteArrayList<>();
    private final Wire wire = new Wire(Duration.ofSeconds(2));
    private ServerSocket server;

    private final Socket.Listener listener = new Socket.Listener() {
        @Override
        public void opened() {
            told.add("opened");
        }

        @Override
        public void text(String text) {
            told.add(text);
        }

        @Override
        public void closed(String cause) {
            told.add("closed: " + cause);
        }
    };

    /** What the server does after the handshake. */
    private interface Play {
        void run(DataInputStream in, OutputStream out) throws IOException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void shutDown() throws IOException {
        wire.close();
        server.close();
    }

    @Test
    void joinsPartsAnswersPingsAndTellsTheEndOnce() {
        serve((in, out) -> {
            out.write(frame(0x01, "{\"a\":"));
            out.write(frame(0x80, "1}"));
            out.write(frame(0x89, "42"));
            heard.add(read(in));
            out.write(frame(0x81, "last"));
            out.write(new byte[] {(byte) 0x88, 2, 3, (byte) 0xe8});
            read(in);
        });
        open();
        await().atMost(PATIENCE).until(() -> told.size() == 4);
        assertThat(told).containsExactly("opened", "{\"a\":1}", "last", "closed: closed by the server: 1000");
        assertThat(heard).containsExactly("42");
    }

    @Test
    void tellsAConnectionThatBreaks() {
        serve((in, out) -> {
            out.write(frame(0x81, "first"));
            heard.add(read(in));
        });
        Socket socket = open();
        await().atMost(PATIENCE).until(() -> told.contains("first"));
        socket.send("break");
        await().atMost(PATIENCE).until(() -> told.size() == 3);
        assertThat(told.getLast()).isEqualTo("closed: closed by the server: 1006");
    }

    @Test
    void tellsAHandshakeThatIsNotAnsweredInTime() {
        Socket _ = open(Duration.ofMillis(300), Duration.ofMinutes(1));
        await().atMost(PATIENCE).until(() -> !told.isEmpty());
        assertThat(told).singleElement().satisfies(each -> assertThat(each).startsWith("closed: could not be opened"));
    }

    @Test
    void findsAPeerThatIsDeadWithoutAWord() {
        CountDownLatch end = new CountDownLatch(1);
        serve((_, _) -> hold(end));
        Socket _ = open(PATIENCE, Duration.ofMillis(50));
        await().atMost(PATIENCE).until(() -> told.size() == 2);
        assertThat(told.getLast()).startsWith("closed: no sign of life");
        end.countDown();
    }

    @Test
    void keepsAQuietPeerThatAnswersPings() {
        serve((in, out) -> {
            for (int i = 0; i < 6; i++) {
                heard.add(read(in));
                out.write(frame(0x8a, ""));
            }
            out.write(frame(0x81, "still here"));
            heard.add(read(in));
        });
        Socket _ = open(PATIENCE, Duration.ofMillis(200));
        await().atMost(PATIENCE).until(() -> told.contains("still here"));
        assertThat(told).startsWith("opened", "still here");
    }

    @Test
    void tellsAServerThatIsNotThere() throws IOException {
        server.close();
        open();
        await().atMost(PATIENCE).until(() -> !told.isEmpty());
        assertThat(told).singleElement().satisfies(each -> assertThat(each).startsWith("closed: could not be opened"));
    }

    @Test
    void sendsOneAfterTheOtherWhoeverSends() {
        int texts = 200;
        serve((in, out) -> {
            out.write(frame(0x81, "go"));
            for (int i = 0; i < texts; i++) {
                heard.add(read(in));
            }
        });
        Socket socket = open();
        await().atMost(PATIENCE).until(() -> told.contains("go"));
        IntStream.range(0, texts).forEach(i -> Thread.ofVirtual().start(() -> socket.send("text " + i)));
        await().atMost(PATIENCE).until(() -> heard.size() == texts);
        assertThat(heard)
                .containsExactlyInAnyOrderElementsOf(
                        IntStream.range(0, texts).mapToObj(i -> "text " + i).toList());
    }

    @Test
    void tellsNothingMoreThanTheEndAfterItWasClosed() {
        CountDownLatch closing = new CountDownLatch(1);
        serve((in, out) -> {
            out.write(frame(0x81, "first"));
            read(in);
            out.write(frame(0x81, "late"));
            closing.countDown();
        });
        Socket socket = open();
        await().atMost(PATIENCE).until(() -> told.contains("first"));
        socket.close();
        await().atMost(PATIENCE).until(() -> told.getLast().startsWith("closed"));
        await().atMost(PATIENCE).until(() -> closing.getCount() == 0);
        assertThat(told.stream().filter(each -> each.startsWith("closed"))).hasSize(1);
    }

    private Socket open() {
        return open(PATIENCE, Duration.ofMinutes(1));
    }

    private Socket open(Duration timeout, Duration heartbeat) {
        return wire.open(
                URI.create("ws://127.0.0.1:" + server.getLocalPort() + "/market/ws/!markPrice@arr@1s"),
                timeout,
                heartbeat,
                listener);
    }

    private static void hold(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void serve(Play play) {
        Thread.ofVirtual().start(() -> {
            try (var socket = server.accept()) {
                DataInputStream in = new DataInputStream(socket.getInputStream());
                String key = "";
                for (String line = line(in); !line.isEmpty(); line = line(in)) {
                    if (line.toLowerCase(Locale.ROOT).startsWith("sec-websocket-key:")) {
                        key = line.substring(line.indexOf(':') + 1).strip();
                    }
                }
                OutputStream out = socket.getOutputStream();
                out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                                + "Sec-WebSocket-Accept: " + accept(key) + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
                play.run(in, out);
            } catch (IOException _) {
                // The client is gone.
            }
        });
    }

    private static String line(DataInputStream in) throws IOException {
        StringBuilder text = new StringBuilder();
        while (true) {
            int next = in.readUnsignedByte();
            if (next == '\n') {
                return text.toString().strip();
            }
            text.append((char) next);
        }
    }

    private static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] frame(int first, String text) {
        byte[] payload = text.getBytes(StandardCharsets.UTF_8);
        byte[] frame = new byte[payload.length + 2];
        frame[0] = (byte) first;
        frame[1] = (byte) payload.length;
        System.arraycopy(payload, 0, frame, 2, payload.length);
        return frame;
    }

    /** The text of one short masked frame. */
    private static String read(DataInputStream in) throws IOException {
        in.readUnsignedByte();
        int length = in.readUnsignedByte() & 0x7f;
        byte[] mask = in.readNBytes(4);
        byte[] payload = in.readNBytes(length);
        for (int i = 0; i < payload.length; i++) {
            payload[i] ^= mask[i % 4];
        }
        return new String(payload, StandardCharsets.UTF_8);
    }
}
