package quantum.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.http.BreakingServer.Fault;
import quantum.http.Wire.Result;
import quantum.http.Wire.Result.Failed;
import quantum.http.Wire.Result.Replied;

/** An order that is repeated by a library is a second position: however a connection breaks, one copy. */
final class ExactlyOnceTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(8);
    private static final Duration SHORT_TIMEOUT = Duration.ofMillis(500);
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @ParameterizedTest
    @EnumSource(Fault.class)
    void requestsGoOutExactlyOnce(Fault fault) {
        try (BreakingServer server = new BreakingServer(fault);
                Wire wire = new Wire(TIMEOUT)) {
            assertReplied(send(wire, "GET", server.uri("/warm")), 200, "{}");
            boolean waits = fault == Fault.NO_ANSWER || fault == Fault.STOP_IN_THE_BODY;
            URI order = server.uri("/fapi/v1/order?a=%E6%B5%8B&signature=ff");
            Result result = send(wire, "POST", order, waits ? SHORT_TIMEOUT : TIMEOUT);
            // Long enough for a repetition that waits for a connection or a Retry-After of zero.
            await().during(Duration.ofMillis(300))
                    .atMost(PATIENCE)
                    .until(() -> server.posts().size() == 1);
            switch (fault) {
                case NONE, CLOSE_WHILE_IDLE -> {
                    assertReplied(result, 200, "{}");
                    assertThat(server.posts()).containsExactly("POST /fapi/v1/order?a=%E6%B5%8B&signature=ff HTTP/1.1");
                }
                case ANSWER_503 -> assertReplied(result, 503, "");
                case ANSWER_408 -> assertReplied(result, 408, "");
                case ANSWER_429 -> assertReplied(result, 429, "");
                case ANSWER_307 -> assertReplied(result, 307, "");
                case RESET_AT_THE_FIRST_BYTE,
                        CLOSE_AFTER_THE_REQUEST,
                        RESET_AFTER_THE_REQUEST,
                        CUT_IN_THE_HEADERS,
                        CUT_IN_THE_BODY,
                        STOP_IN_THE_BODY,
                        NO_ANSWER ->
                    assertThat(result)
                            .isInstanceOfSatisfying(
                                    Failed.class,
                                    failed -> assertThat(failed.unsent()).isFalse());
            }
        }
    }

    private static void assertReplied(Result result, int status, String body) {
        assertThat(result).isInstanceOfSatisfying(Replied.class, replied -> {
            assertThat(replied.status()).isEqualTo(status);
            assertThat(replied.body()).isEqualTo(body);
        });
    }

    @Test
    void reusesTheConnection() {
        try (BreakingServer server = new BreakingServer(Fault.NONE);
                Wire wire = new Wire(TIMEOUT)) {
            for (int i = 0; i < 5; i++) {
                send(wire, "POST", server.uri("/fapi/v1/order"));
            }
            assertThat(server.posts()).hasSize(5);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void provesThatNothingLeftWhereNobodyListens() {
        URI gone;
        try (BreakingServer server = new BreakingServer(Fault.NONE)) {
            gone = server.uri("/fapi/v1/order");
        }
        try (Wire wire = new Wire(TIMEOUT)) {
            assertThat(send(wire, "POST", gone))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.unsent()).isTrue());
        }
    }

    @Test
    void provesThatNothingLeftForANameThatDoesNotResolve() {
        try (Wire wire = new Wire(TIMEOUT)) {
            assertThat(send(wire, "POST", URI.create("http://no-such-host.invalid/fapi/v1/order")))
                    .isInstanceOfSatisfying(
                            Failed.class, failed -> assertThat(failed.unsent()).isTrue());
        }
    }

    @Test
    void sendsNothingAfterItWasClosed() {
        try (BreakingServer server = new BreakingServer(Fault.NONE)) {
            Wire wire = new Wire(TIMEOUT);
            wire.close();
            assertThat(send(wire, "POST", server.uri("/fapi/v1/order")))
                    .isEqualTo(new Failed(true, "the connection is closed"));
            assertThat(server.posts()).isEmpty();
        }
    }

    private static Result send(Wire wire, String method, URI uri) {
        return send(wire, method, uri, TIMEOUT);
    }

    private static Result send(Wire wire, String method, URI uri, Duration timeout) {
        List<Result> results = new CopyOnWriteArrayList<>();
        wire.send(new Wire.Request(method, uri, Map.of("X-MBX-APIKEY", "key"), timeout), results::add);
        await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(() -> !results.isEmpty());
        assertThat(results).hasSize(1);
        return results.getFirst();
    }
}
