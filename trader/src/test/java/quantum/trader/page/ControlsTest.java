package quantum.trader.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.decision.Event;
import quantum.guard.GuardName;
import quantum.market.Symbol;

/** What changes the state needs the operator's token, and says what is wrong in the form of RFC 9457. */
class ControlsTest {

    private static final Instant AT = Instant.parse("2026-11-20T12:38:00Z");

    @TempDir
    Path directory = Path.of("");

    private Stage stage;
    private String token = "";

    @BeforeEach
    void start() throws Exception {
        stage = new Stage(directory, AT);
        token = "Bearer " + OperatorToken.read(directory).orElseThrow();
    }

    @AfterEach
    void stop() {
        stage.close();
    }

    private HttpResponse<String> order(String verb, String body) throws Exception {
        return stage.post(Controls.ROOT + verb, body, token);
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(Json.tree(answer.body()).get("reason_code").asString()).isEqualTo(code);
    }

    /** Its caller was told that nobody answered: what lay in a queue meanwhile closes nothing. */
    @Test
    void anOrderIsNotCarriedOutAfterTheTimeThatItNames() throws Exception {
        String all = "{\"all\":true}";
        String past = Instant.now().minusSeconds(1).toString();
        assertProblem(stage.postUntil(Controls.ROOT + "flatten", all, token, past), 408, "ORDER_TOO_LATE");
        assertProblem(stage.postUntil(Controls.ROOT + "flatten", all, token, "soon"), 400, "UNTIL_INVALID");
        assertThat(stage.orders).isEmpty();
        String future = Instant.now().plusSeconds(30).toString();
        assertThat(stage.postUntil(Controls.ROOT + "flatten", all, token, future)
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void theTokenIsMadeAtTheFirstStartForItsOwnerAlone() throws Exception {
        Path file = directory.resolve(OperatorToken.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(token).hasSizeGreaterThan(40);
        OperatorToken again = OperatorToken.in(directory);
        assertThat(again.isProvenBy(token)).isTrue();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
        assertThatThrownBy(() -> OperatorToken.in(directory))
                .isInstanceOf(PageUnavailable.class)
                .hasMessageContaining("chmod 600");
    }

    @ParameterizedTest
    @CsvSource({"pause", "resume", "flatten", "safety"})
    void nothingIsOrderedWithoutTheToken(String verb) throws Exception {
        HttpResponse<String> missing = stage.post(Controls.ROOT + verb, "", "");
        assertProblem(missing, 401, "TOKEN_MISSING");
        assertThat(missing.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
        assertProblem(stage.post(Controls.ROOT + verb, "", token + "x"), 401, "TOKEN_WRONG");
        assertProblem(stage.post(Controls.ROOT + verb, "", "Basic abc"), 401, "TOKEN_WRONG");
        assertThat(stage.orders).isEmpty();
    }

    @Test
    void ordersReachTheDeskAndAreAnsweredWithProgress() throws Exception {
        assertThat(order("pause", "").statusCode()).isEqualTo(200);
        assertThat(order("resume", "{}").statusCode()).isEqualTo(200);
        HttpResponse<String> all = order("flatten", "{\"all\":true}");
        assertThat(Json.tree(all.body()).get("positions").asInt()).isEqualTo(3);
        assertThat(Json.tree(all.body()).get("recorded").asBoolean()).isTrue();
        HttpResponse<String> one = order("flatten", "{\"symbol\":\"btcusdt\"}");
        assertThat(Json.tree(one.body()).get("positions").asInt()).isEqualTo(1);
        assertThat(stage.orders)
                .containsExactly(
                        new Event.Command.Pause(),
                        new Event.Command.Resume(),
                        new Event.Command.Flatten(null),
                        new Event.Command.Flatten(new Symbol("BTCUSDT")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "flatten |                                                | 400 | TARGET_MISSING",
                "flatten | {\"symbol\":\"BTCUSDT\",\"all\":true}          | 400 | TARGET_MISSING",
                "flatten | {\"symbl\":\"BTCUSDT\"}                        | 400 | FIELD_UNKNOWN",
                "flatten | {\"Symbol\":\"BTCUSDT\"}                       | 400 | FIELD_UNKNOWN",
                "flatten | {\"symbols\":[\"BTCUSDT\"]}                    | 400 | FIELD_UNKNOWN",
                "flatten | {\"all\":true,\"dry_run\":true}              | 400 | FIELD_UNKNOWN",
                "flatten | {\"all\":false}                              | 400 | ALL_INVALID",
                "flatten | {\"all\":\"true\"}                           | 400 | ALL_INVALID",
                "flatten | {\"symbol\":null}                            | 400 | SYMBOL_INVALID",
                "flatten | {\"symbol\":5}                               | 400 | SYMBOL_INVALID",
                "flatten | {\"symbol\":{}}                              | 400 | SYMBOL_INVALID",
                "flatten | {\"symbol\":[]}                              | 400 | SYMBOL_INVALID",
                "flatten | {\"symbol\":\"BTCUSDT\",\"symbol\":\"AXSUSDT\"} | 400 | BODY_INVALID",
                "flatten?symbol=BTCUSDT | {\"all\":true}                | 400 | PARAMETER_UNKNOWN",
                "pause   | {\"symbol\":\"BTCUSDT\"}                       | 400 | FIELD_UNKNOWN",
                "pause?for=1h |                                         | 400 | PARAMETER_UNKNOWN",
                "resume  | {\"name\":\"safe_mode\"}                       | 400 | FIELD_UNKNOWN",
                "safety  | {\"guard\":\"safe_mode\",\"why\":\"because\"}  | 400 | FIELD_UNKNOWN",
                "safety  | {\"name\":[\"safe_mode\"],\"why\":\"because\"} | 400 | GUARD_UNKNOWN",
                "safety  | {\"name\":\"safe_mode\",\"why\":5}           | 400 | WHY_MISSING",
                "flatten | {\"symbol\":\"no symbol\"}                     | 400 | SYMBOL_INVALID",
                "flatten | {\"symbol\":\"\"}                              | 400 | SYMBOL_INVALID",
                "flatten | [1]                                            | 400 | BODY_INVALID",
                "flatten | {\"symbol\":                                   | 400 | BODY_INVALID",
                "safety  | {\"why\":\"because\"}                          | 400 | GUARD_UNKNOWN",
                "safety  | {\"name\":\"breaker\",\"why\":\"because\"}     | 400 | GUARD_UNKNOWN",
                "safety  | {\"name\":\"safe_mode\"}                       | 400 | WHY_MISSING",
                "safety  | {\"name\":\"safe_mode\",\"why\":\"because\"}   | 404 | GUARD_NOT_ACTIVE"
            })
    void o1_whatIsWrongIsSaidAndNothingIsOrdered(String verb, @Nullable String body, int status, String code)
            throws Exception {
        assertProblem(order(verb, body == null ? "" : body), status, code);
        assertThat(stage.orders).isEmpty();
    }

    @Test
    void o16_aSymbolThatIsNotHeldIsRefusedWithWhatIsHeldAndTheNearestName() throws Exception {
        HttpResponse<String> answer = order("flatten", "{\"symbol\":\"BTCUSTD\"}");
        assertProblem(answer, 404, "NOT_HELD");
        assertThat(Json.tree(answer.body()).get("detail").asString())
                .startsWith("BTCUSTD is not held; held: ")
                .endsWith("did you mean BTCUSDT?");
        assertThat(stage.orders).isEmpty();
    }

    @Test
    void anActiveGuardIsEndedWithItsReason() throws Exception {
        stage.view = stage.scene.danger();
        assertThat(stage.get("/api/v1/guards").body()).contains("\"name\":\"cooldown_symbol:ETHUSDT\"");
        assertThat(order("safety", "{\"name\":\"cooldown_symbol:ETHUSDT\",\"why\":\"money came in\"}")
                        .statusCode())
                .isEqualTo(200);
        assertThat(stage.orders)
                .containsExactly(new Event.Command.Clear(
                        new GuardName(GuardName.Kind.COOLDOWN_SYMBOL, new Symbol("ETHUSDT")), "money came in"));
    }

    @Test
    void aDeskThatStartsOrStandsStillIsSaidSo() throws Exception {
        stage.answers = false;
        assertProblem(order("pause", ""), 503, "LOOP_STANDS_STILL");
        stage.view = null;
        assertProblem(order("flatten", "{\"all\":true}"), 503, "STARTING");
        HttpResponse<String> read = stage.get(Controls.ROOT + "pause");
        assertProblem(read, 405, "METHOD_NOT_ALLOWED");
        assertThat(read.headers().firstValue("Allow")).hasValue("POST");
    }

    @Test
    void observeModeFlattensNothing(@TempDir Path other) throws Exception {
        try (Stage observing = new Stage(other, AT, "simulated-observe")) {
            String key = "Bearer " + OperatorToken.read(other).orElseThrow();
            assertProblem(observing.post(Controls.ROOT + "flatten", "", key), 409, "OBSERVED");
        }
    }
}
