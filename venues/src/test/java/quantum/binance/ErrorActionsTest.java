package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.binance.ScriptedDesk.ORDER;
import static quantum.binance.ScriptedDesk.REST;
import static quantum.binance.ScriptedDesk.param;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import quantum.binance.BinanceError.Kind;
import quantum.binance.BinanceRequest.Http;
import quantum.decision.Event;

/** The table of binance-usdm 9: code, class, and what desk and session together do about it, seen on the wire. */
final class ErrorActionsTest {

    /** What is done. Exits go on in all of them. */
    enum Action {
        /** The open is refused and not sent again. */
        REJECTS,
        /** So, and its intent is told as refused by limits. */
        REJECTS_BY_LIMIT,
        /** So, and its intent is told as one of leverage. */
        REJECTS_BY_LEVERAGE,
        /** So, and a person is told that the code is not known. */
        TELLS,
        /** So, and a person is told that our request was wrong. */
        TELLS_A_MISTAKE,
        /** Opens cool down. */
        COOLS_DOWN,
        /** Opens stop until a person resumes. */
        HALTS,
        /** Opens stop for ten minutes. */
        RESTRICTS,
        /** Opens wait for the next window. */
        WAITS,
        /** The exchange's rules are read again. */
        RELOADS,
        /** The symbol takes no opens until the rules are read again. */
        DISABLES,
        /** The order is asked about and never sent again. */
        ASKS,
        /** The clock is read and the same order leaves once more. */
        RESYNCS,
        /** What was to be set is so: the open goes on. */
        GOES_ON,
        /** The close leaves again under its own id, at once. */
        SENDS_AGAIN,
        /** It is asked about once, then leaves again under its own id. */
        ASKS_AND_SENDS_AGAIN,
        /** Positions and resting orders are read. */
        READS_ALL,
        /** So, and a close with an id of its own follows. */
        CLOSES_AGAIN,
        /** The close goes on at a price within the band, under its own id. */
        STEPS,
        /** The position is closed at market. */
        CLOSES,
        /** The resting orders are read; what rests at the place is taken over, else the stop is placed again. */
        LOOKS,
        /** So, with an alarm: the position has no stop. */
        SWEEPS,
        /** The stop leaves again under its own id. */
        PLACES_AGAIN,
        /** The questions go on; one such answer proves nothing. */
        KEEPS_ASKING,
        /** A new listen key is asked for. */
        RENEWS_KEY
    }

    private static final String TABLE = """
            RETRY_SAFE    | SENDS_AGAIN            | -1008
            RETRY_SAFE    | ASKS_AND_SENDS_AGAIN   | -1001
            RETRY_SAFE    | PLACES_AGAIN           | -2012
            QUERY_FIRST   | ASKS                   | -1000 -1006 -1007 -4000 -4083 -4116 -4117
            QUERY_FIRST   | KEEPS_ASKING           | -2011 -2013
            QUERY_FIRST   | READS_ALL              | -2022 -2024
            QUERY_FIRST   | LOOKS                  | -4130
            CLOCK         | RESYNCS                | -1021 -5028
            RATE          | WAITS                  | -1003 -1015
            DONE          | GOES_ON                | -4046 -4059 -4171 -5027
            CONFIGURATION | HALTS                  | -1002 -1004 -1005 -1011 -1016 -1020 -1022 -1099 -2008 -2014 -2015
            CONFIGURATION | HALTS                  | -2017 -2023 -4060 -4061 -4062 -4088 -4109 -4120 -4167 -4168 -4169
            CONFIGURATION | HALTS                  | -4170 -4172 -4402 -4403
            CONFIGURATION | RESTRICTS              | -4087 -4192 -4400 -4401
            TERMINAL      | COOLS_DOWN             | -2018 -2019 -4050 -4051
            TERMINAL      | REJECTS_BY_LIMIT       | -2025
            TERMINAL      | REJECTS_BY_LEVERAGE    | -2027 -2028 -4028 -4047 -4048 -4161 -4202 -4203 -4204 -4205 -4206
            TERMINAL      | REJECTS_BY_LEVERAGE    | -4207 -4208 -4209
            TERMINAL      | SWEEPS                 | -4045
            TERMINAL      | CLOSES                 | -2021 -4142
            TERMINAL      | RELOADS                | -1013 -1111 -4001 -4002 -4003 -4004 -4005 -4013 -4014 -4023 -4164
            TERMINAL      | DISABLES               | -1121 -1122 -2016 -4140 -4141
            TERMINAL      | STEPS                  | -4131 -5025
            TERMINAL      | CLOSES_AGAIN           | -4118
            TERMINAL      | RENEWS_KEY             | -1125
            TERMINAL      | TELLS_A_MISTAKE        | -1100 -1101 -1102 -1103 -1104 -1105 -1106
            TERMINAL      | TELLS                  | -9999
            TERMINAL      | REJECTS                | -1010 -1014 -1023 -1108 -1109 -1110 -1112 -1114 -1115 -1116 -1117
            TERMINAL      | REJECTS                | -1118 -1119 -1120 -1127 -1128 -1130 -1136 -2010 -2020 -2026 -4006
            TERMINAL      | REJECTS                | -4007 -4015 -4016 -4024 -4032 -4055 -4067 -4068 -4082 -4135 -4137
            TERMINAL      | REJECTS                | -4138 -4139 -4165 -4183 -4184 -4210 -4211 -4411 -4531 -5021 -5022 -5024
            TERMINAL      | REJECTS                | -5026 -5029 -5037 -5038 -5039 -5040 -5041 -5043
            """;

    private static final String OPEN = "BTCUSDT";
    private static final String HELD = "ETHUSDT";
    private static final String RULES = "GET /fapi/v1/exchangeInfo";
    private static final String POSITIONS = "GET /fapi/v3/positionRisk";
    private static final String RESTS = "GET /fapi/v1/openAlgoOrders";
    private static final String ASK = "GET /fapi/v1/order";

    private ScriptedDesk rig;

    static Stream<Arguments> rows() {
        return TABLE.lines().flatMap(line -> {
            String[] cells = line.split("\\|", -1);
            return Pattern.compile("-\\d+")
                    .matcher(cells[2])
                    .results()
                    .map(code -> Arguments.of(
                            Integer.parseInt(code.group()),
                            Kind.valueOf(cells[0].strip()),
                            Action.valueOf(cells[1].strip())));
        });
    }

    @Test
    void coversEveryCodeOfTheReferenceAndOfTheTableOnce() {
        List<Object> covered = rows().map(row -> row.get()[0]).toList();
        assertThat(covered).doesNotHaveDuplicates();
        Set<Integer> all = BinanceErrorTest.documented().collect(Collectors.toSet());
        all.addAll(BinanceError.table().keySet());
        assertThat(covered).containsAll(all);
    }

    @BeforeEach
    void hold() {
        rig = ScriptedDesk.ready();
    }

    @ParameterizedTest
    @MethodSource("rows")
    void doesWhatTheTableSays(int code, Kind kind, Action action) {
        assertThat(BinanceError.of(code).kind()).isEqualTo(kind);
        switch (action) {
            case REJECTS,
                    REJECTS_BY_LIMIT,
                    REJECTS_BY_LEVERAGE,
                    TELLS,
                    TELLS_A_MISTAKE,
                    COOLS_DOWN,
                    HALTS,
                    RESTRICTS,
                    WAITS,
                    RELOADS,
                    DISABLES,
                    ASKS,
                    RESYNCS -> refusesAnOpen(code, action);
            case GOES_ON -> refusesASetting(code);
            case SENDS_AGAIN, ASKS_AND_SENDS_AGAIN, READS_ALL, CLOSES_AGAIN, STEPS -> refusesAClose(code, action);
            case CLOSES, LOOKS, SWEEPS, PLACES_AGAIN -> refusesAStop(code, action);
            case KEEPS_ASKING -> refusesAQuestion(code);
            case RENEWS_KEY -> refusesTheListenKey(code);
        }
    }

    private void refusesAnOpen(int code, Action action) {
        rig.open("held", HELD);
        long before = rig.sent(ORDER);
        rig.refusing(ORDER, 1, code);
        rig.open("a", OPEN);
        assertThat(rig.sent(ORDER)).isEqualTo(before + (action == Action.RESYNCS ? 2 : 1));
        assertThat(rig.report("a"))
                .isEqualTo(
                        switch (action) {
                            case REJECTS_BY_LIMIT, WAITS -> "EXCHANGE_LIMITS";
                            case REJECTS_BY_LEVERAGE -> "LEVERAGE_MISMATCH";
                            case COOLS_DOWN -> "EXCHANGE_MARGIN";
                            case RESYNCS -> "filled";
                            case ASKS -> "";
                            default -> "EXCHANGE_REJECTED";
                        });
        nextOpens(code, action);
    }

    /** What the next opens meet; before them, an exit leaves as if nothing had happened. */
    private void nextOpens(int code, Action action) {
        long before = rig.sent(ORDER);
        rig.close("exit", HELD);
        assertThat(rig.report("exit")).isEqualTo("filled");
        assertThat(rig.sent(ORDER)).isEqualTo(before + 1);
        switch (action) {
            case HALTS -> {
                rig.open("b", OPEN);
                assertThat(rig.report("b")).isEqualTo("EXCHANGE_HALT");
                assertThat(rig.alerts("halt:CONFIGURATION:" + code)).isEqualTo(1);
                rig.command(new Event.Command.Resume());
                opensAfter(Duration.ofSeconds(31));
            }
            case RESTRICTS -> {
                rig.open("b", OPEN);
                assertThat(rig.report("b")).isEqualTo("EXCHANGE_HALT");
                assertThat(rig.alerts("halt:RESTRICTED:" + code)).isEqualTo(1);
                opensAfter(Duration.ofSeconds(601));
            }
            case WAITS -> {
                rig.open("b", OPEN);
                assertThat(rig.report("b")).isEqualTo("EXCHANGE_LIMITS");
                assertThat(rig.alerts("halt:LIMITED:" + code)).isEqualTo(1);
                opensAfter(Duration.ofSeconds(61));
            }
            case COOLS_DOWN -> {
                rig.pass(Duration.ofSeconds(31));
                rig.open("b", OPEN);
                assertThat(rig.report("b")).startsWith("COOLDOWN");
            }
            case DISABLES -> {
                rig.open("b", OPEN);
                assertThat(rig.report("b")).isEqualTo("SYMBOL_NOT_TRADING");
                assertThat(rig.sent(RULES)).isZero();
                opensAfter(Duration.ofSeconds(61));
                assertThat(rig.sent(RULES)).isEqualTo(1);
            }
            case RELOADS -> {
                opensAfter(Duration.ofSeconds(31));
                assertThat(rig.sent(RULES)).isEqualTo(1);
            }
            case TELLS -> {
                assertThat(rig.alerts("unread:code " + code)).isEqualTo(1);
                opensAfter(Duration.ofSeconds(31));
            }
            case TELLS_A_MISTAKE -> {
                assertThat(rig.alerts("mistake:" + code)).isEqualTo(1);
                assertThat(rig.alerts("unread")).isZero();
                opensAfter(Duration.ofSeconds(31));
            }
            case ASKS -> {
                assertThat(rig.sent(ASK)).isPositive();
                rig.pass(Duration.ofSeconds(2));
                assertThat(rig.sent(ORDER)).isEqualTo(before + 1);
            }
            case RESYNCS -> assertThat(rig.sent("GET /fapi/v1/time")).isEqualTo(3);
            default -> opensAfter(Duration.ofSeconds(31));
        }
    }

    private void opensAfter(Duration pause) {
        rig.pass(pause);
        rig.open("later", OPEN);
        assertThat(rig.report("later")).isEqualTo("filled");
    }

    private void refusesASetting(int code) {
        rig.script.frame(
                StreamName.PRIVATE,
                "{\"e\":\"ACCOUNT_CONFIG_UPDATE\",\"E\":1,\"T\":1,\"ac\":{\"s\":\"BTCUSDT\",\"l\":9}}");
        rig.script.sent.clear();
        rig.refusing("POST /fapi/v1/leverage", 1, code);
        rig.open("a", OPEN);
        assertThat(rig.sent("POST /fapi/v1/leverage")).isEqualTo(1);
        assertThat(rig.report("a")).isEqualTo("filled");
    }

    private void refusesAClose(int code, Action action) {
        rig.open("held", HELD);
        rig.script.sent.clear();
        rig.refusing(ORDER, 1, code);
        rig.command(new Event.Command.Flatten(null));
        switch (action) {
            case READS_ALL -> {
                assertThat(rig.sent(POSITIONS)).isEqualTo(1);
                assertThat(rig.sent(RESTS)).isEqualTo(1);
            }
            case CLOSES_AGAIN -> {
                assertThat(rig.alerts("unread")).isZero();
                assertThat(rig.sent(POSITIONS)).isEqualTo(1);
            }
            case STEPS -> {
                Http step = closes().getLast();
                assertThat(param(step, "type")).isEqualTo("LIMIT");
                assertThat(param(step, "timeInForce")).isEqualTo("IOC");
                assertThat(param(step, "reduceOnly")).isEqualTo("true");
                // The band reaches 5 % below the mark of 3000; the first step goes nine tenths of that way.
                assertThat(param(step, "price")).isEqualTo("2865");
                assertSameOrderTwice();
            }
            case ASKS_AND_SENDS_AGAIN -> {
                assertThat(rig.sent(ASK)).isEqualTo(1);
                assertSameOrderTwice();
            }
            default -> {
                rig.pass(Duration.ofMillis(10));
                assertSameOrderTwice();
            }
        }
    }

    private void assertSameOrderTwice() {
        assertThat(closes()).hasSize(2);
        assertThat(closes().stream()
                        .map(http -> param(http, "newClientOrderId"))
                        .distinct())
                .hasSize(1);
        assertThat(rig.alerts("unread")).isZero();
    }

    private List<Http> closes() {
        return rig.script.sent.stream()
                .filter(http -> ORDER.equals(http.method() + " " + http.path()))
                .toList();
    }

    private void refusesAStop(int code, Action action) {
        long before = rig.sentRests("STOP_MARKET");
        long lists = rig.sent(RESTS);
        long orders = rig.sent(ORDER);
        rig.refusing(REST, 1, code);
        rig.open("held", HELD);
        rig.pass(Duration.ofMillis(300));
        switch (action) {
            case CLOSES -> assertThat(rig.sent(ORDER)).isEqualTo(orders + 2);
            case PLACES_AGAIN -> assertThat(rig.sentRests("STOP_MARKET")).isEqualTo(before + 2);
            default -> {
                // Where one rests already ours is laid by quantity, and another list names what lies beside it.
                assertThat(rig.sent(RESTS)).isEqualTo(lists + (action == Action.LOOKS ? 2 : 1));
                assertThat(rig.alerts("rest-denied")).isEqualTo(action == Action.SWEEPS ? 1 : 0);
                rig.pass(Duration.ofMillis(1200));
                assertThat(rig.sentRests("STOP_MARKET")).isEqualTo(before + 2);
                assertThat(rig.sent(ORDER)).isEqualTo(orders + 1);
            }
        }
    }

    private void refusesAQuestion(int code) {
        long before = rig.sent(ORDER);
        rig.answering(ORDER, 1, 503, "<html>lost</html>");
        rig.refusing(ASK, 3, code);
        rig.open("a", OPEN);
        rig.pass(Duration.ofSeconds(3));
        assertThat(rig.sent(ASK)).isGreaterThanOrEqualTo(4);
        assertThat(rig.sent(ORDER)).isEqualTo(before + 1);
        assertThat(rig.report("a")).isEmpty();
    }

    private void refusesTheListenKey(int code) {
        rig.refusing("PUT /fapi/v1/listenKey", 1, code);
        rig.pass(Duration.ofMinutes(31));
        assertThat(rig.sent("PUT /fapi/v1/listenKey")).isEqualTo(1);
        assertThat(rig.sent("POST /fapi/v1/listenKey")).isEqualTo(1);
    }
}
