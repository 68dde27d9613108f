package quantum.simulator.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.simulator.Json;

/**
 * How often a method may be called; a burst goes over one connection, so that it lies within the window. The larger
 * limits are counted on virtual time in {@link DirectFaceTest}.
 */
class CallLimitsTest extends CryptoComContract {

    @BeforeEach
    void count() {
        settings("{'spotLimits':true}");
    }

    /** The codes of so many calls in one burst. */
    private long refusedOf(int calls, String method, String params) {
        var frames = user();
        for (int i = 0; i < calls; i++) {
            var request = Json.object().put("id", 1_000_000 + i).put("method", method);
            request.set("params", tree(params.replace("%s", "c" + i)));
            frames.send(Json.text(request));
        }
        await(() -> IntStream.range(0, calls)
                .allMatch(i -> !frames.replies(1_000_000 + i).isEmpty()));
        return frames.all().stream()
                .filter(frame -> frame.path("code").asInt(0) == 42901)
                .count();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            private/get-open-orders    | {}                   | 3
            private/user-balance       | {}                   | 3
            private/get-trades         | {}                   | 1
            private/get-order-history  | {}                   | 1
            private/advanced/cancel-all-orders | {'type':'ALL'} | 3
            """)
    void callsBeyondTheLimitAreRefused(String method, String params, int limit) {
        assertThat(refusedOf(limit, method, params)).as("as many as allowed").isZero();
        control("reset", "");
        int twice = 2 * limit;
        assertThat(refusedOf(twice, method, params)).as("twice as many").isBetween(1L, (long) limit);
    }

    @Test
    void refusalComesWithStatusAndCode() {
        var first = post("private/get-trades", "{}");
        var second = post("private/get-trades", "{}");
        assertThat(first.code()).isZero();
        assertThat(second.status() + " " + second.code()).isEqualTo("429 42901");
        assertThat(post("private/get-order-history", "{}").code())
                .as("each method counts for itself")
                .isZero();
        await(() -> post("private/get-trades", "{}").code() == 0);
    }

    @ParameterizedTest
    @ValueSource(strings = {"private/get-trades", "private/get-order-history"})
    void anotherCustomerIsCountedApart(String method) {
        control("account", "{'apiKey':'second','secret':'simsecret'}");
        assertThat(post(method, "{}").code()).isZero();
        var request = signed(method, Json.object());
        request.put("api_key", "second");
        request.put(
                "sig",
                signature.of(
                        method,
                        request.path("id").asString(),
                        "second",
                        Json.object(),
                        request.path("nonce").asString()));
        assertThat(send("POST", "/exchange/v1/" + method, Json.text(request)).code())
                .isZero();
    }
}
