package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import quantum.cryptocom.CryptoComInput.Failed;
import quantum.cryptocom.CryptoComInput.Replied;
import quantum.cryptocom.CryptoComInput.StreamClosed;
import quantum.cryptocom.CryptoComRequest.Http;
import quantum.venue.Exchange.Connection;
import quantum.venue.Moment;

/** Requests over real sockets: byte by byte as they were signed, and once. */
final class CryptoComConnectionTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private record Heard(String method, String path, String contentType, String body) {}

    private final BlockingQueue<Heard> heard = new LinkedBlockingQueue<>();
    private final BlockingQueue<CryptoComInput> inbox = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> took = new LinkedBlockingQueue<>();
    private HttpServer server;
    private Connection<CryptoComRequest> connection;
    private String answer = "{\"code\":0,\"result\":{}}";

    @BeforeEach
    void open() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::hear);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        connection = new CryptoComExchange(CryptoComSettings.simulator(url, Set.of()))
                .connect(inbox::add, (_, input) -> inbox.add(input), (_, outcome) -> took.add(outcome));
    }

    @AfterEach
    void close() {
        connection.close();
        server.stop(0);
    }

    private void hear(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.add(new Heard(
                exchange.getRequestMethod(),
                exchange.getRequestURI().toString(),
                String.valueOf(exchange.getRequestHeaders().getFirst("Content-Type")),
                body));
        if (answer.isEmpty()) {
            exchange.close();
            return;
        }
        byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private CryptoComInput next() throws InterruptedException {
        return Objects.requireNonNull(inbox.poll(10, TimeUnit.SECONDS), "nothing came back");
    }

    @Test
    void aPrivateRequestIsAPostOfTheBodyAsItWasSigned() throws InterruptedException {
        String body =
                new Signer("simkey", "simsecret").envelope(5, "private/user-balance", Params.NONE, 1_767_225_600_000L);
        connection.perform(List.of(new Http(5, "private/user-balance", "", body, TIMEOUT, false)));
        assertThat(next()).isInstanceOfSatisfying(Replied.class, replied -> {
            assertThat(replied.id()).isEqualTo(5);
            assertThat(replied.status()).isEqualTo(200);
            assertThat(replied.date()).isNotNull();
            assertThat(replied.body()).isEqualTo(answer);
        });
        assertThat(heard.poll(10, TimeUnit.SECONDS))
                .isEqualTo(new Heard("POST", "/exchange/v1/private/user-balance", "application/json", body));
        assertThat(took.poll(10, TimeUnit.SECONDS)).isEqualTo("accepted");
    }

    @Test
    void aPublicRequestIsAGetWithItsQuery() throws InterruptedException {
        connection.perform(
                List.of(new Http(6, "public/get-valuations", "instrument_name=BTC_USD", "", TIMEOUT, false)));
        assertThat(next()).isInstanceOf(Replied.class);
        assertThat(Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS)).path())
                .isEqualTo("/exchange/v1/public/get-valuations?instrument_name=BTC_USD");
    }

    @Test
    void aRefusalWithStatus200IsCountedAsDenied() throws InterruptedException {
        answer = "{\"code\":40401,\"message\":\"NOT_FOUND\"}";
        connection.perform(List.of(new Http(5, "private/get-order-detail", "", "{}", TIMEOUT, false)));
        assertThat(next()).isInstanceOf(Replied.class);
        assertThat(took.poll(10, TimeUnit.SECONDS)).isEqualTo("denied");
    }

    @Test
    void aPostWithoutAnAnswerLeftOnceAndIsNotProvenUnsent() throws InterruptedException {
        answer = "";
        connection.perform(List.of(new Http(7, "private/create-order", "", "{\"id\":7}", TIMEOUT, true)));
        assertThat(next())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.unsent()).isFalse());
        assertThat(heard).hasSize(1);
        assertThat(took.poll(10, TimeUnit.SECONDS)).isEqualTo("no_answer");
    }

    @Test
    void aPostThatNobodyAcceptsIsProvenUnsent() throws InterruptedException {
        server.stop(0);
        connection.perform(List.of(new Http(8, "private/create-order", "", "{\"id\":8}", TIMEOUT, true)));
        assertThat(next())
                .isInstanceOfSatisfying(
                        Failed.class, failed -> assertThat(failed.unsent()).isTrue());
        assertThat(took.poll(10, TimeUnit.SECONDS)).isEqualTo("not_sent");
    }

    @Test
    void afterItsEndNothingLeaves() throws InterruptedException {
        connection.close();
        connection.perform(List.of(new Http(9, "private/create-order", "", "{\"id\":9}", TIMEOUT, true)));
        assertThat(next()).isEqualTo(new Failed(9, true, "the connection is closed"));
        assertThat(heard).isEmpty();
    }

    @Test
    void aFrameForASocketThatIsGoneEndsItsConnection() throws InterruptedException {
        connection.perform(List.of(new CryptoComRequest.SendFrame(StreamName.PRIVATE, 3, "{}")));
        assertThat(next()).isEqualTo(new StreamClosed(StreamName.PRIVATE, 3, "closed before"));
    }

    @Test
    void aSocketThatDoesNotOpenIsClosed() throws InterruptedException {
        connection.perform(List.of(new CryptoComRequest.OpenStream(
                StreamName.MARKET, 4, "ws://127.0.0.1:" + server.getAddress().getPort() + "/exchange/v1/market")));
        assertThat(next())
                .isInstanceOfSatisfying(
                        StreamClosed.class,
                        closed -> assertThat(closed.connection()).isEqualTo(4));
    }

    @Test
    void aSessionBeginsWithTheListOfInstruments() {
        var session = new CryptoComExchange(CryptoComSettings.simulator("http://127.0.0.1:9100", Set.of())).session();
        assertThat(session.start(new Moment(1, Instant.EPOCH)).requests())
                .containsExactly(new Http(1, "public/get-instruments", "", "", Duration.ofSeconds(20), false));
    }

    @Test
    void timersAreTheCallers() throws InterruptedException {
        connection.perform(List.of(new CryptoComRequest.Wake(11, 5)));
        assertThat(next()).isEqualTo(new CryptoComInput.Woken(11));
    }
}
