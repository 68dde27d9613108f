package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.binance.ScriptedDesk.ORDER;
import static quantum.binance.ScriptedDesk.REST;
import static quantum.binance.ScriptedDesk.param;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.decision.Event;
import quantum.venue.VenueEvent.Halt;
import quantum.venue.VenueEvent.OpensHalted;

/** The statuses of binance-usdm 8.2: what desk and session do about each, seen on the wire. */
final class StatusActionsTest {

    private static final String HELD = "ETHUSDT";
    private static final String OTHER = "BTCUSDT";
    private static final String ASK = "GET /fapi/v1/order";

    private ScriptedDesk rig;

    @BeforeEach
    void hold() {
        rig = ScriptedDesk.ready();
        rig.open("held", HELD);
        rig.script.sent.clear();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {\"code\":-1000,\"msg\":\"Unknown error, please check your request or try again later.\"}",
                "503 | Unknown error, please check your request or try again later.",
                "503 | {\"msg\":\"Unknown error, please check your request or try again later.\"}",
                "503 | <html><h1>503 Service Unavailable.</h1></html>",
                "503 | ''",
                "500 | {\"code\":-1000,\"msg\":\"Request occur unknown error.\"}",
                "500 | {\"code\":-7777,\"msg\":\"never heard of\"}",
                "502 | <html>bad gateway</html>",
                "504 | ''",
                "408 | {\"code\":-1007,\"msg\":\"Timeout waiting for response from backend server.\"}",
                "400 | <html>odd</html>",
                "451 | Unavailable For Legal Reasons",
                "307 | ''",
                "200 | ''",
                "200 | OK",
                "200 | {\"orderId\":1}",
                "200 | {\"orderId\":9007199254740993,\"symbol\":\"BTCUSDT\",\"status\":\"NEW\""
            })
    void anOrderThatMayExistIsAskedAboutAndNeverSentAgain(int status, String body) {
        rig.answering(ORDER, 1, status, body);
        rig.open("a", OTHER);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.sent(ORDER)).isEqualTo(1);
        assertThat(rig.sent(ASK)).isGreaterThanOrEqualTo(5);
        assertThat(rig.report("a")).isEmpty();
        assertThat(rig.alerts("unconfirmed:")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "503 | {\"code\":-1000,\"msg\":\"Service Unavailable.\"}",
                "503 | Service Unavailable.",
                "503 | {\"msg\":\"Service Unavailable.\"}",
                "503 | {\"code\":-1008,\"msg\":\"Request throttled by system-level protection.\"}"
            })
    void whatIsProvenUndoneIsRefusedForOpensAndSentAgainForExits(int status, String body) {
        rig.answering(ORDER, 1, status, body);
        rig.open("a", OTHER);
        assertThat(rig.report("a")).isEqualTo("EXCHANGE_REJECTED");
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.sent(ORDER)).isEqualTo(1);
        assertThat(rig.sent(ASK)).isZero();
        rig.script.sent.clear();

        rig.answering(ORDER, 3, status, body);
        rig.close("c", HELD);
        rig.pass(Duration.ofMillis(1400));
        assertThat(rig.report("c")).isEqualTo("filled");
        assertThat(rig.sent(ORDER)).isEqualTo(4);
        assertThat(rig.script.sent.stream()
                        .map(http -> param(http, "newClientOrderId"))
                        .filter(id -> !id.isEmpty())
                        .distinct())
                .hasSize(1);
    }

    @Test
    void anExitIsRepeatedAfter200And400And800MillisAndThenLeftToTheDesk() {
        rig.answering(ORDER, 4, 503, "Service Unavailable.");
        rig.command(new Event.Command.Flatten(null));
        assertThat(rig.sent(ORDER)).isEqualTo(1);
        rig.pass(Duration.ofMillis(210));
        assertThat(rig.sent(ORDER)).isEqualTo(2);
        rig.pass(Duration.ofMillis(410));
        assertThat(rig.sent(ORDER)).isEqualTo(3);
        rig.pass(Duration.ofMillis(790));
        assertThat(rig.sent(ORDER)).isEqualTo(4);
        // Refused for good; the desk closes again under another id a second later.
        rig.pass(Duration.ofMillis(1100));
        assertThat(rig.sent(ORDER)).isEqualTo(5);
        assertThat(rig.script.sent.stream()
                        .map(http -> param(http, "newClientOrderId"))
                        .filter(id -> !id.isEmpty())
                        .distinct())
                .hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({"true, 1", "false, 2"})
    void anExchangeThatBrokeOffInsideIsAskedOnceBeforeAnExitLeavesAgain(boolean wasTaken, int orders) {
        rig.answering(ORDER, 1, 503, "{\"code\":-1001,\"msg\":\"Internal error; unable to process your request.\"}");
        rig.takesBeforeItFails = wasTaken;
        rig.command(new Event.Command.Flatten(null));
        assertThat(rig.sent(ASK)).isEqualTo(1);
        assertThat(rig.sent(ORDER)).isEqualTo(orders);
        assertThat(rig.sent("GET /fapi/v1/userTrades")).as("the position ended").isPositive();
    }

    @Test
    void tooManyRequestsStopsAllButExitsUntilRetryAfter() {
        rig.retryAfter = Duration.ofSeconds(7);
        rig.answering("GET /fapi/v3/account", 1, 429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        rig.pass(Duration.ofSeconds(10));
        rig.retryAfter = null;
        assertThat(rig.alerts("halt:LIMITED:-1003")).isEqualTo(1);
        rig.script.sent.clear();

        rig.open("a", OTHER);
        assertThat(rig.report("a")).isEqualTo("EXCHANGE_LIMITS");
        rig.pass(Duration.ofMillis(500));
        assertThat(rig.script.sent).isEmpty();
        rig.close("c", HELD);
        assertThat(rig.report("c")).isEqualTo("filled");
        assertThat(rig.sent(ORDER)).isEqualTo(1);

        rig.pass(Duration.ofSeconds(8));
        assertThat(rig.sent("GET /fapi/v3/account")).as("what waited").isPositive();
        rig.open("b", OTHER);
        assertThat(rig.report("b")).isEqualTo("filled");
    }

    @Test
    void anExitThatWasItselfRefusedByALimitLeavesWhenTheLimitEnds() {
        rig.retryAfter = Duration.ofSeconds(3);
        rig.answering(ORDER, 1, 429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        rig.close("c", HELD);
        rig.pass(Duration.ofMillis(2900));
        assertThat(rig.sent(ORDER)).isEqualTo(1);
        assertThat(rig.report("c")).isEmpty();
        rig.pass(Duration.ofMillis(200));
        assertThat(rig.sent(ORDER)).isEqualTo(2);
        assertThat(rig.report("c")).isEqualTo("filled");
    }

    /** No time at all would be an endless loop of refusals, which ends in a ban and prolongs it. */
    @ParameterizedTest
    @CsvSource({"429, 1000", "418, 120000"})
    void anEndThatIsAlreadyThereIsNoEnd(int status, long leastMillis) {
        rig.retryAfter = Duration.ZERO;
        rig.answering(ORDER, 3, status, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        long before = rig.script.serverMillis();
        rig.close("c", HELD);
        assertThat(rig.sent(ORDER)).isEqualTo(1);
        while (rig.sent(ORDER) < 2) {
            rig.pass(Duration.ofMillis(100));
        }
        assertThat(rig.script.serverMillis() - before).isGreaterThanOrEqualTo(leastMillis);
    }

    /** A number that makes no sense must not stop exits for ever: the exchange's longest ban is three days. */
    @Test
    void aBanLastsThreeDaysAtMost() {
        RequestGate gate = new RequestGate(BudgetShares.DEFAULT);
        BinanceError ban = BinanceError.ofLimit(418, "no", -1003);
        assertThat(gate.stopped(ban, "no", Duration.ofSeconds(999_999_999), 0)).isNotNull();
        assertThat(gate.silence(0)).isEqualTo(Duration.ofDays(3));
        BinanceError limit = BinanceError.ofLimit(429, "no", -1003);
        assertThat(gate.stopped(limit, "no", Duration.ofSeconds(999_999_999), 0))
                .isEqualTo(new OpensHalted(Halt.LIMITED, -1003, "no", Instant.EPOCH.plus(Duration.ofDays(3))));
    }

    @Test
    void aBanSilencesEverythingAndExitsLeaveTheMomentItEnds() {
        long end = rig.script.serverMillis() + 125_000;
        rig.answeringAll(
                1, 418, "{\"code\":-1003,\"msg\":\"Way too many requests; IP(10.0.0.1) banned until " + end + ".\"}");
        rig.pass(Duration.ofSeconds(11));
        assertThat(rig.alerts("halt:BANNED:-1003")).isEqualTo(1);
        rig.script.sent.clear();

        rig.open("a", OTHER);
        assertThat(rig.report("a")).isEqualTo("EXCHANGE_LIMITS");
        rig.close("c", HELD);
        long connection = rig.script.connection(StreamName.MARKET);
        rig.script.dropped(StreamName.MARKET);
        while (rig.script.serverMillis() < end - 50) {
            rig.pass(Duration.ofMillis(20));
        }
        assertThat(rig.script.sent).isEmpty();
        assertThat(rig.script.connection(StreamName.MARKET))
                .as("no connection either")
                .isEqualTo(connection);
        assertThat(rig.report("c")).isEmpty();
        rig.pass(Duration.ofMillis(150));
        assertThat(rig.script.connection(StreamName.MARKET)).isGreaterThan(connection);
        rig.script.opened(StreamName.MARKET);
        assertThat(rig.sent(ORDER)).isEqualTo(1);
        assertThat(rig.script.sentPaths())
                .as("questions come after exits")
                .first()
                .isEqualTo(ORDER);
        assertThat(rig.report("c")).isEqualTo("filled");
        assertThat(rig.alerts("halt:BANNED:-1003")).isEqualTo(1);
        rig.pass(Duration.ofSeconds(2));
        assertThat(rig.script.sent).as("two minutes of questions were not kept").hasSizeLessThan(20);
        rig.open("b", OTHER);
        assertThat(rig.report("b")).isEqualTo("filled");
    }

    @Test
    void aWallStopsOpensForTwoMinutesAndExitsKnockOnIt() {
        rig.answering(ORDER, 2, 403, "<html>Request blocked.</html>");
        rig.open("a", OTHER);
        assertThat(rig.report("a")).isEqualTo("EXCHANGE_LIMITS");
        assertThat(rig.alerts("halt:BLOCKED:403")).isEqualTo(1);
        rig.close("c", HELD);
        assertThat(rig.report("c")).isEmpty();
        rig.pass(Duration.ofMillis(5100));
        assertThat(rig.report("c")).isEqualTo("filled");
        rig.pass(Duration.ofSeconds(60));
        rig.open("b", OTHER);
        assertThat(rig.report("b")).isEqualTo("EXCHANGE_LIMITS");
        rig.pass(Duration.ofSeconds(61));
        rig.open("d", OTHER);
        assertThat(rig.report("d")).isEqualTo("filled");
    }

    @Test
    void aKeyThatWorksNoMoreIsToldOnceThoughEveryReadingFails() {
        rig.answeringAll(40, 401, "{\"code\":-2015,\"msg\":\"Invalid API-key, IP, or permissions for action.\"}");
        rig.pass(Duration.ofSeconds(35));
        assertThat(rig.alerts("halt:CONFIGURATION:-2015")).isEqualTo(1);
        rig.open("a", OTHER);
        assertThat(rig.report("a")).isEqualTo("EXCHANGE_HALT");
        assertThat(rig.sent(ORDER)).isZero();
        // Exits are tried all the same, and go through as soon as the key works again.
        rig.command(new Event.Command.Flatten(null));
        assertThat(rig.sent(ORDER)).isPositive();
        rig.pass(Duration.ofSeconds(30));
        assertThat(rig.sent("GET /fapi/v1/userTrades")).as("the position ended").isPositive();
    }

    @Test
    void aStopThatCannotConnectIsTriedAgainUnderItsOwnId() {
        rig.pass(Duration.ofSeconds(31));
        long before = rig.sentRests("STOP_MARKET");
        rig.answering(REST, 2, 503, "Service Unavailable.");
        rig.open("a", OTHER);
        rig.pass(Duration.ofMillis(700));
        assertThat(rig.sentRests("STOP_MARKET")).isEqualTo(before + 2);
        assertThat(rig.alerts("rest-denied")).isZero();
    }
}
