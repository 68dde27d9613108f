package quantum.trader.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.ledger.OutboxRow;

class EventsTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:38:00Z");

    private Stage stage;
    private final List<AutoCloseable> clients = new ArrayList<>();

    @BeforeEach
    void start(@TempDir Path directory) {
        stage = new Stage(directory, AT);
    }

    @AfterEach
    void stop() throws Exception {
        for (AutoCloseable client : clients) {
            client.close();
        }
        stage.close();
    }

    /** The lines of one client, as they come. */
    private List<String> listen(String... headers) throws IOException, InterruptedException {
        HttpClient client = HttpClient.newHttpClient();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(stage.uri("/api/v1/events")).header("Accept", "text/event-stream");
        if (headers.length > 0) {
            request.headers(headers);
        }
        HttpResponse<Stream<String>> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread.ofVirtual().start(() -> {
            try (Stream<String> body = answer.body()) {
                body.forEach(lines::add);
            } catch (UncheckedIOException _) {
                // A cut connection ends the lines as a closed one does.
            }
            lines.add("over");
        });
        clients.add(client::shutdownNow);
        return lines;
    }

    private static OutboxRow closed(int number) {
        return new OutboxRow(
                number, "closed:e" + number, "trade.closed", "i", AT, "{\"symbol\":\"BTCUSDT\"}", true, number + "-0");
    }

    @Test
    void theStateComesAtOnceAndAgainWhenItChanges() throws Exception {
        List<String> lines = listen();
        await().until(() -> lines.contains("event: state") && lines.contains("event: beat"));
        assertThat(lines.get(0)).startsWith("retry: ");

        stage.view = stage.scene.moved("97001.5");
        await().until(() -> lines.stream().anyMatch(line -> line.contains("\"mark\":97001.5")));
        String state = lines.stream()
                .filter(line -> line.contains("97001.5"))
                .findFirst()
                .orElseThrow();
        assertThat(Json.tree(state.substring("data: ".length()))
                        .get("endings")
                        .get(1)
                        .get("meaning")
                        .asString())
                .contains("cools down");
    }

    @Test
    void aNoticeComesAsItIsPublishedWithItsStreamId() throws Exception {
        List<String> lines = listen();
        await().until(() -> lines.contains("event: state"));
        stage.server.published(closed(1));
        await().until(() -> lines.contains("event: closed"));
        assertThat(lines)
                .contains("id: 1-0", "data: {\"symbol\":\"BTCUSDT\",\"event_id\":\"closed:e1\",\"stream_id\":\"1-0\"}");
    }

    @Test
    void aClientThatComesBackGetsWhatItMissed() throws Exception {
        for (int number = 1; number <= 3; number++) {
            stage.server.published(closed(number));
        }
        List<String> lines = listen("Last-Event-ID", "1-0");
        await().until(() -> lines.contains("event: state"));
        assertThat(lines).contains("id: 2-0", "id: 3-0").doesNotContain("id: 1-0", "event: reset");
    }

    @Test
    void aClientWhoseLastNoticeIsForgottenLoadsEverythingAgain() throws Exception {
        List<String> lines = listen("Last-Event-ID", "77-0");
        await().until(() -> lines.contains("event: state"));
        assertThat(lines).contains("event: reset");
    }

    @Test
    void oneClientTooManyIsRefused() throws Exception {
        for (int i = 0; i < 32; i++) {
            listen();
        }
        HttpResponse<String> refused = stage.get("/api/v1/events");
        assertThat(refused.statusCode()).isEqualTo(503);
        assertThat(refused.body()).contains("TOO_MANY_CLIENTS");
    }

    @Test
    void aClientThatReadsNothingHoldsUpNobodyAndIsDropped() throws Exception {
        try (Socket deaf = new Socket()) {
            deaf.setReceiveBufferSize(4096);
            deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stage.server.port()));
            deaf.getOutputStream()
                    .write("GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            BufferedReader head =
                    new BufferedReader(new InputStreamReader(deaf.getInputStream(), StandardCharsets.UTF_8));
            assertThat(head.readLine()).startsWith("HTTP/1.1 200");

            String much = "{\"text\":\"" + "x".repeat(60_000) + "\"}";
            long before = System.nanoTime();
            for (int number = 1; number <= 600; number++) {
                stage.server.published(new OutboxRow(number, "a" + number, "alert", "", AT, much, true, number + "-0"));
            }
            assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(10));

            List<String> other = listen();
            await().until(() -> other.contains("event: state"));
            await().atMost(Duration.ofSeconds(20)).until(() -> isCut(deaf));
        }
    }

    /** A cut connection refuses what is written to it, soon or late. */
    private static boolean isCut(Socket socket) {
        try {
            OutputStream out = socket.getOutputStream();
            out.write('\n');
            out.flush();
            return false;
        } catch (IOException _) {
            return true;
        }
    }

    @Test
    void closingTheServerEndsEveryStream() throws Exception {
        List<String> lines = listen();
        await().until(() -> lines.contains("event: state"));
        long before = System.nanoTime();
        stage.server.close();
        assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
        await().until(() -> lines.contains("over"));
    }
}
