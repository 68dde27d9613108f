package quantum.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargeAnswerTest {

    private static final int CHUNK = 1 << 16;
    private static final int CHUNKS = 31 * 16;

    /** Its length said before, or not. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void p3_9_anAnswerOfThirtyOneMegabytesIsNeverHeld(boolean told) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                Wire wire = new Wire(Duration.ofSeconds(5))) {
            Thread.ofVirtual().start(() -> answer(server, told));
            CompletableFuture<Wire.Result> result = new CompletableFuture<>();
            URI uri = URI.create("http://127.0.0.1:" + server.getLocalPort() + "/fapi/v1/exchangeInfo");
            wire.send(new Wire.Request("GET", uri, Map.of(), Duration.ofSeconds(30)), result::complete);

            assertThat(result.join())
                    .isInstanceOfSatisfying(
                            Wire.Result.Failed.class,
                            failed -> assertThat(failed.unsent()).isFalse());
        }
    }

    private static void answer(ServerSocket server, boolean told) {
        try (Socket socket = server.accept()) {
            OutputStream out = socket.getOutputStream();
            String length = told ? "Content-Length: " + (long) CHUNK * CHUNKS : "Transfer-Encoding: chunked";
            out.write(("HTTP/1.1 200 OK\r\n" + length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            byte[] chunk = new byte[CHUNK];
            Arrays.fill(chunk, (byte) ' ');
            for (int i = 0; i < CHUNKS; i++) {
                if (!told) {
                    out.write((Integer.toHexString(CHUNK) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                }
                out.write(chunk);
                if (!told) {
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                }
            }
            out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException _) {
            // Nobody listens any more, as is right.
        }
    }
}
