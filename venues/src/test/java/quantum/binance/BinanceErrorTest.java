package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.binance.BinanceError.Kind;
import quantum.binance.BinanceInput.Replied;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;

/** The codes of binance-usdm 9 and the statuses of 8.2, as answers to an order. */
final class BinanceErrorTest {

    private static final String CODES =
            "-1000..-1001 -1002 -1003 -1004 -1005 -1006 -1007 -1008 -1010 -1011 -1013..-1016"
                    + " -1020..-1023 -1099 -1100..-1106 -1108..-1112 -1114..-1122 -1125 -1127 -1128 -1130 -1136 -2008"
                    + " -2010..-2028 -4000..-4007 -4013..-4016 -4023 -4024 -4028 -4032 -4045..-4048 -4050 -4051 -4055"
                    + " -4059..-4062 -4067 -4068 -4082 -4083 -4087 -4088 -4109 -4116..-4118 -4120 -4130 -4131 -4135"
                    + " -4137..-4142 -4161 -4164 -4165 -4167..-4172 -4183 -4184 -4192 -4202..-4211 -4400..-4403 -4531"
                    + " -5021 -5022 -5024..-5029 -5037..-5041 -5043";

    static Stream<Integer> documented() {
        return Pattern.compile("-(\\d+)(?:\\.\\.-(\\d+))?")
                .matcher(CODES)
                .results()
                .flatMap(each -> {
                    int first = Integer.parseInt(each.group(1));
                    int last = each.group(2) == null ? first : Integer.parseInt(each.group(2));
                    return Stream.iterate(first, code -> code <= last, code -> code + 1);
                })
                .map(code -> -code);
    }

    @Test
    void listsEveryDocumentedCode() {
        assertThat(documented().toList())
                .allSatisfy(code -> assertThat(BinanceError.table()).containsKey(code));
    }

    @ParameterizedTest
    @CsvSource({
        "-1001, RETRY_SAFE, BUSY",
        "-1008, RETRY_SAFE, BUSY",
        "-1003, RATE, RATE",
        "-1015, RATE, RATE",
        "-1021, CLOCK, OTHER",
        "-5028, CLOCK, OTHER",
        "-1022, CONFIGURATION, CONFIGURATION",
        "-2014, CONFIGURATION, CONFIGURATION",
        "-2015, CONFIGURATION, CONFIGURATION",
        "-4061, CONFIGURATION, CONFIGURATION",
        "-4120, CONFIGURATION, CONFIGURATION",
        "-4400, CONFIGURATION, CONFIGURATION",
        "-2018, TERMINAL, MARGIN",
        "-2019, TERMINAL, MARGIN",
        "-2021, TERMINAL, LEVEL_PASSED",
        "-4142, TERMINAL, LEVEL_PASSED",
        "-2022, QUERY_FIRST, NOTHING_TO_REDUCE",
        "-4130, QUERY_FIRST, ALREADY_RESTING",
        "-2011, QUERY_FIRST, UNKNOWN_ORDER",
        "-2013, QUERY_FIRST, UNKNOWN_ORDER",
        "-4028, TERMINAL, LEVERAGE",
        "-4047, TERMINAL, LEVERAGE",
        "-4048, TERMINAL, LEVERAGE",
        "-4161, TERMINAL, LEVERAGE",
        "-4046, DONE, OTHER",
        "-1111, TERMINAL, RULES",
        "-4005, TERMINAL, RULES",
        "-4164, TERMINAL, RULES",
        "-4131, TERMINAL, RULES",
        "-9999, TERMINAL, OTHER"
    })
    void knowsWhatACodeMeans(int code, Kind kind, Cause cause) {
        assertThat(BinanceError.of(code).kind()).isEqualTo(kind);
        assertThat(BinanceError.of(code).cause()).isEqualTo(cause);
    }

    @ParameterizedTest
    @MethodSource("documented")
    void turnsEveryRefusalIntoADenialOrIntoNoAnswer(int code) {
        Answer<Json> answer = answer(400, "{\"code\":" + code + ",\"msg\":\"text\"}");
        if (code == -1000
                || code == -1006
                || code == -1007
                || code == -4000
                || code == -4083
                || code == -4116
                || code == -4117) {
            assertThat(answer).isInstanceOf(Answer.NoAnswer.class);
        } else {
            assertThat(answer)
                    .isEqualTo(new Answer.Denied<>(
                            code, "text", BinanceError.of(code).cause()));
        }
    }

    static Stream<Arguments> unknown() {
        String unknown = "{\"code\":-1000,\"msg\":\"Unknown error, please check your request or try again later.\"}";
        return Stream.of(
                Arguments.of(503, unknown),
                Arguments.of(503, "{\"code\":-1007,\"msg\":\"Timeout\"}"),
                Arguments.of(503, "<html><h1>503 Service Unavailable.</h1></html>"),
                Arguments.of(500, "{\"code\":-1000,\"msg\":\"Request occur unknown error.\"}"),
                Arguments.of(500, "{\"code\":-2019,\"msg\":\"Margin is insufficient.\"}"),
                Arguments.of(502, "<html>bad gateway</html>"),
                Arguments.of(504, ""),
                Arguments.of(408, "{\"code\":-2019,\"msg\":\"x\"}"),
                Arguments.of(400, "<html>odd</html>"),
                Arguments.of(404, "not found"),
                Arguments.of(307, ""),
                Arguments.of(200, ""),
                Arguments.of(200, "OK"),
                Arguments.of(200, "{\"a\":1,\"a\":2}"),
                Arguments.of(200, "{\"a\":1} x"),
                Arguments.of(200, "{\"a\":"));
    }

    @ParameterizedTest
    @MethodSource("unknown")
    void neverCallsAnUnprovenOutcomeADenial(int status, String body) {
        assertThat(answer(status, body)).isInstanceOf(Answer.NoAnswer.class);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(503, "{\"code\":-1008,\"msg\":\"Request throttled\"}", -1008, Cause.BUSY),
                Arguments.of(503, "{\"code\":-1001,\"msg\":\"Internal error\"}", -1001, Cause.BUSY),
                Arguments.of(503, "{\"code\":-1000,\"msg\":\"Service Unavailable.\"}", -1000, Cause.BUSY),
                Arguments.of(503, "Service Unavailable.", 503, Cause.BUSY),
                Arguments.of(429, "{\"code\":-1003,\"msg\":\"Too many requests\"}", -1003, Cause.RATE),
                Arguments.of(418, "", 418, Cause.RATE),
                Arguments.of(403, "<html>blocked</html>", 403, Cause.RATE),
                Arguments.of(401, "{\"code\":-2015,\"msg\":\"Invalid API-key\"}", -2015, Cause.CONFIGURATION));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void knowsTheProofsThatNothingWasDone(int status, String body, int code, Cause cause) {
        assertThat(answer(status, body)).isInstanceOfSatisfying(Answer.Denied.class, denied -> {
            assertThat(denied.code()).isEqualTo(code);
            assertThat(denied.cause()).isEqualTo(cause);
        });
    }

    @Test
    void tellsWhatNeverLeftFromWhatWasLost() {
        assertThat(Replies.read(new BinanceInput.Failed(1, true, "refused"), json -> json, 0)
                        .answer(json -> json))
                .isEqualTo(new Answer.NotSent<Json>("refused"));
        assertThat(Replies.read(new BinanceInput.Failed(1, false, "reset"), json -> json, 0)
                        .answer(json -> json))
                .isEqualTo(new Answer.NoAnswer<Json>("reset"));
    }

    @Test
    void quotesAForeignBodyInOneShortLine() {
        Answer<Json> answer = answer(502, "<html>\n" + "x".repeat(5000) + "</html>");
        assertThat(answer).isInstanceOfSatisfying(Answer.NoAnswer.class, lost -> {
            assertThat(lost.cause()).hasSizeLessThan(250).doesNotContain("\n");
        });
    }

    private static Answer<Json> answer(int status, String body) {
        return Replies.read(new Replied(1, status, body), json -> json, 0).answer(json -> json);
    }
}
