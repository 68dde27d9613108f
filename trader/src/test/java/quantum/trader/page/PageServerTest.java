package quantum.trader.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class PageServerTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:38:00Z");

    private Stage stage;

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void start() {
        stage = new Stage(directory, AT);
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private JsonNode json(String path) throws IOException, InterruptedException {
        return Json.tree(stage.get(path).body());
    }

    @Test
    void healthHasTheFieldsOfTheSeedsAndOurs() throws Exception {
        HttpResponse<String> answer = stage.get("/health");
        JsonNode health = Json.tree(answer.body());

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(health.get("status").asString()).isEqualTo("healthy");
        assertThat(health.get("tracked_positions").asInt()).isEqualTo(3);
        assertThat(health.get("exits_triggered").asInt()).isEqualTo(7);
        assertThat(health.get("tp_hits").asInt()).isEqualTo(3);
        assertThat(health.get("sl_hits").asInt()).isEqualTo(2);
        assertThat(health.get("trailing_hits").asInt()).isEqualTo(2);
        assertThat(health.get("last_check_time").asString()).isEqualTo("2026-11-20T12:38:00Z");
        assertThat(health.get("mode").asString()).isEqualTo("simulated");
        assertThat(health.get("state").asString()).isEqualTo("ACTIVE");
        assertThat(health.get("build").asString()).isEqualTo("0.1.0");
        assertThat(health.get("unprotected_positions").asInt()).isZero();
        assertThat(health.get("lag").asInt()).isEqualTo(3);
        assertThat(health.get("checks").get("loop").get("ok").asBoolean()).isTrue();
        assertThat(answer.body()).contains("\"price\":{\"ok\":true,\"age_seconds\":0.400,\"limit_seconds\":5.000}");
        assertThat(health.get("checks").get("message").has("age_seconds"))
                .as("what never happened has no age")
                .isFalse();
    }

    @Test
    void whatStandsStillIsUnhealthyWithTheSameBody() throws Exception {
        stage.liveness = Stage.alive(Duration.ofSeconds(11));
        HttpResponse<String> answer = stage.get("/health");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Json.tree(answer.body()).get("status").asString()).isEqualTo("unhealthy");
        assertThat(Json.tree(answer.body()).get("checks").get("loop").get("ok").asBoolean())
                .isFalse();
        assertThat(stage.get("/health/live").statusCode()).isEqualTo(503);
        assertThat(stage.get("/health/ready").statusCode()).isEqualTo(503);
    }

    @Test
    void aPositionLeftUnprotectedIsUnhealthyButTheProcessLives() throws Exception {
        stage.view = stage.scene.danger();

        assertThat(stage.get("/health").statusCode()).isEqualTo(503);
        assertThat(json("/health").get("unprotected_positions").asInt()).isEqualTo(1);
        assertThat(json("/health").get("state").asString()).isEqualTo("SAFE_MODE");
        assertThat(stage.get("/health/live").statusCode()).isEqualTo(200);
        assertThat(stage.get("/health/ready").statusCode()).isEqualTo(200);
    }

    @Test
    void beforeTheFirstViewItIsStarting() throws Exception {
        stage.view = null;

        assertThat(stage.get("/health").statusCode()).isEqualTo(503);
        assertThat(json("/health").get("state").asString()).isEqualTo("STARTING");
        assertThat(stage.get("/health/ready").statusCode()).isEqualTo(503);
        assertThat(json("/api/v1/positions").get("positions").isEmpty()).isTrue();
    }

    @Test
    void positionsCarryDecimalsAsPlainNumbers() throws Exception {
        String body = stage.get("/api/v1/positions").body();

        assertThat(body).contains("\"entry_price\":2.4190").contains("\"unrealised_usd\":-1.2956");
        JsonNode first = Json.tree(body).get("positions").get(0);
        assertThat(first.get("symbol").asString()).isEqualTo("BTCUSDT");
        assertThat(first.get("stop").get("state").asString()).isEqualTo("RESTING");
        assertThat(first.has("unprotected_seconds")).isFalse();
    }

    @Test
    void thePastComesFromTheLedger() throws Exception {
        stage.furnish();

        String trades = stage.get("/api/v1/trades").body();
        assertThat(trades)
                .as("never in scientific notation")
                .contains("\"fees_usd\":0.0000001")
                .contains("\"event_id\":\"closed:epoch-1\"");
        assertThat(json("/api/v1/alerts?limit=1").get("alerts")).hasSize(1);
        assertThat(json("/api/v1/orders").get("orders").get(0).get("fill_price").decimalValue())
                .isEqualByComparingTo("96412.0");
        assertThat(json("/api/v1/intents").get("intents")).hasSize(6);
    }

    @Test
    void oneIntentTellsItsStory() throws Exception {
        stage.furnish();
        JsonNode story = json("/api/v1/intents/i-btc");

        assertThat(story.get("intent").get("terminal_state").asString()).isEqualTo("FILLED");
        assertThat(stage.get("/api/v1/intents/i-btc").body())
                .contains("\"stages_ms\":{\"received\":0,\"judged\":0.812,\"submitted\":1.930,\"accepted\":32.410,"
                        + "\"filled\":208.700,\"protected\":272.300,\"reported\":272.655}");
        assertThat(story.get("orders").get(0).get("client_order_id").asString()).isEqualTo("q-i-btc-o");
        assertThat(story.get("story")).hasSizeGreaterThanOrEqualTo(2);
        assertThat(story.get("story").get(0).get("body").get("intentId").asString())
                .isEqualTo("i-btc");

        JsonNode refused = json("/api/v1/intents/i-eth").get("intent");
        assertThat(refused.get("reason").asString()).isEqualTo("COOLDOWN_SYMBOL");
        assertThat(refused.get("meaning").asString()).contains("cools down");
        assertThat(refused.get("detail").asString()).isEqualTo("allowed again at " + stage.scene.at.plusSeconds(252));
    }

    @Test
    void guardsTellUntilWhen() throws Exception {
        JsonNode guards = json("/api/v1/guards").get("guards");

        assertThat(guards.get("opens_last_minute").asInt()).isEqualTo(1);
        assertThat(guards.get("symbol_cooldowns").get("ETHUSDT").asString()).isEqualTo("2026-11-20T12:42:12Z");
        assertThat(guards.has("safe_mode_until")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /nothing, 404, NOT_FOUND",
        "GET, /assets/../PageServer.class, 404, NOT_FOUND",
        "GET, /assets/PageServer.class, 404, NOT_FOUND",
        "GET, /api/v1/intents/nobody, 404, NOT_FOUND",
        "GET, /api/v1/orders?limit=0, 400, LIMIT_INVALID",
        "GET, /api/v1/orders?limit=501, 400, LIMIT_INVALID",
        "GET, /api/v1/orders?limit=ten, 400, LIMIT_INVALID",
        "POST, /api/v1/positions, 405, METHOD_NOT_ALLOWED",
        "DELETE, /health, 405, METHOD_NOT_ALLOWED",
    })
    void errorsAreProblems(String method, String path, int status, String reason) throws Exception {
        HttpResponse<String> answer = stage.send(method, path);

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        JsonNode problem = Json.tree(answer.body());
        assertThat(problem.get("reason_code").asString()).isEqualTo(reason);
        assertThat(problem.get("status").asInt()).isEqualTo(status);
        assertThat(problem.get("title").asString()).isNotBlank();
        assertThat(problem.get("detail").asString()).isNotBlank();
    }

    @Test
    void aLedgerThatCannotBeReadIsAProblemAndTheRestGoesOn() throws Exception {
        stage.ledgerIsGone = true;
        HttpResponse<String> answer = stage.get("/api/v1/trades");

        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(Json.tree(answer.body()).get("reason_code").asString()).isEqualTo("STORE_UNAVAILABLE");
        assertThat(stage.get("/api/v1/positions").statusCode()).isEqualTo(200);
        assertThat(stage.get("/health/live").statusCode()).isEqualTo(200);
    }

    @Test
    void metricsAreServedAsText() throws Exception {
        HttpResponse<String> answer = stage.get("/metrics");

        assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain; version=0.0.4");
        assertThat(answer.body()).contains("quantum_build_info{").contains("# HELP quantum_intents_total ");
    }

    @Test
    void b12_aPathThatIsNoTextIsRefusedInTheFormOfEveryError() throws Exception {
        for (String path : List.of("/explain/%ff", "/api/v1/intents/%00", "/api/v1/intents/%2F..")) {
            HttpResponse<String> answer = stage.get(path);
            assertThat(answer.headers().firstValue("Content-Type")).as(path).hasValue("application/problem+json");
            assertThat(Json.tree(answer.body()).get("status").asInt()).isEqualTo(answer.statusCode());
            assertThat(answer.statusCode()).isBetween(400, 404);
        }
    }

    @Test
    void thePageAndItsFilesAreServedWithAStrictPolicy() throws Exception {
        HttpResponse<String> page = stage.get("/");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
                .contains("default-src 'none'", "script-src 'self' 'sha256-")
                .doesNotContain("unsafe");
        assertThat(page.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        for (String name : Assets.OURS) {
            HttpResponse<String> file = stage.get("/assets/" + name);
            assertThat(file.statusCode()).as(name).isEqualTo(200);
            assertThat(file.body().lines().count()).as(name).isLessThan(250);
        }
        for (String path : Assets.LIBRARIES.keySet()) {
            assertThat(stage.get(path).headers().firstValue("Content-Type").orElse(""))
                    .as(path)
                    .startsWith("text/javascript");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "localhost, 200",
        "localhost:8007, 200",
        "[::1]:9000, 200",
        "LOCALHOST, 200",
        "evil.example, 403",
        "127.0.0.1.evil.example, 403",
        "localhost.evil.example:8007, 403",
        "10.0.0.7, 403",
    })
    void onlyNamesOfThisMachineAreAnswered(String host, int status) throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), stage.server.port())) {
            socket.getOutputStream()
                    .write(("GET /health/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 " + status);
            assertThat(answer.contains("HOST_NOT_ALLOWED")).isEqualTo(status == 403);
        }
    }

    /** Whoever connects to the page and says nothing takes no file descriptor from the orders. */
    @Test
    void connectionsBeyondTheMostGetThroughOnceThoseThatSayNothingAreDropped() throws Exception {
        List<Socket> silent = new ArrayList<>();
        try (Socket last = new Socket()) {
            for (int i = 0; i < 260; i++) {
                silent.add(new Socket(InetAddress.getLoopbackAddress(), stage.server.port()));
            }
            last.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), stage.server.port()));
            last.setSoTimeout(300);
            last.getOutputStream()
                    .write("GET /health/live HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            InputStream answer = last.getInputStream();
            assertThatThrownBy(answer::read).isInstanceOf(SocketTimeoutException.class);
            last.setSoTimeout(30_000);
            assertThat(new String(answer.readAllBytes(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 200");
        } finally {
            for (Socket each : silent) {
                each.close();
            }
        }
    }

    @Test
    void aPortInUseIsToldWithTheNextStep() {
        int taken = stage.server.port();
        assertThatThrownBy(() -> PageServer.start(
                        new PageOptions("127.0.0.1", taken, "simulated", "binance", "BTCUSDT", "x", directory),
                        stage,
                        stage))
                .isInstanceOf(PageUnavailable.class)
                .hasMessageContaining("port " + taken)
                .hasMessageContaining("in use")
                .hasMessageContaining("http.port");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", "192.0.2.1"})
    void whatOtherMachinesCanReachIsNotServed(String bind) {
        assertThatThrownBy(() -> PageServer.start(
                        new PageOptions(bind, 0, "simulated", "binance", "BTCUSDT", "x", directory), stage, stage))
                .isInstanceOf(PageUnavailable.class)
                .hasMessageContaining("127.0.0.1");
    }
}
