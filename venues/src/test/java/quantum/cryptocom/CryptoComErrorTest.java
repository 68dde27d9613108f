package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.cryptocom.CryptoComError.Kind;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.Halt;
import quantum.venue.VenueEvent.OpensHalted;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.PairAnswered;

/** The codes of crypto-com 6, as answers to what was asked. */
final class CryptoComErrorTest {

    private static final Call.Open OPEN =
            new Call.Open(new ClientOrderId("qo-1"), Script.BTC, Side.BUY, Quantity.of("0.001"), 1);
    private static final Call.PlacePair PAIR = new Call.PlacePair(
            new ClientOrderId(Shapes.STOP),
            new ClientOrderId(Shapes.TARGET),
            Script.BTC,
            Direction.LONG,
            Quantity.of("0.001"),
            Price.of("57000"),
            Price.of("66000"));

    private static Answer<OrderUpdate> opened(int status, int code) {
        Script script = Script.ready();
        script.call(OPEN);
        script.refuse(Script.CREATE, status, code);
        return script.only(OrderAnswered.class).answer();
    }

    @ParameterizedTest
    @CsvSource({
        "42901, RATE, RATE",
        "9010001, RETRY, BUSY",
        "40102, CLOCK, OTHER",
        "40801, UNKNOWN, OTHER",
        "50001, UNKNOWN, OTHER",
        "40006, UNKNOWN, OTHER",
        "120009, UNKNOWN, OTHER",
        "204, STATE, OTHER",
        "205, STATE, OTHER",
        "40101, CONFIGURATION, CONFIGURATION",
        "40103, CONFIGURATION, CONFIGURATION",
        "40104, CONFIGURATION, CONFIGURATION",
        "140001, CONFIGURATION, CONFIGURATION",
        "202, CONFIGURATION, CONFIGURATION",
        "401, CONFIGURATION, CONFIGURATION",
        "406, CONFIGURATION, CONFIGURATION",
        "408, CONFIGURATION, CONFIGURATION",
        "409, CONFIGURATION, CONFIGURATION",
        "410, CONFIGURATION, CONFIGURATION",
        "203, CONFIGURATION, CONFIGURATION",
        "210, CONFIGURATION, CONFIGURATION",
        "407, CONFIGURATION, CONFIGURATION",
        "411, CONFIGURATION, CONFIGURATION",
        "412, CONFIGURATION, CONFIGURATION",
        "416, CONFIGURATION, CONFIGURATION",
        "40001, TERMINAL, OTHER",
        "40002, TERMINAL, OTHER",
        "40003, TERMINAL, OTHER",
        "40004, TERMINAL, OTHER",
        "40005, TERMINAL, OTHER",
        "40007, TERMINAL, OTHER",
        "208, TERMINAL, RULES",
        "209, TERMINAL, RULES",
        "206, TERMINAL, RULES",
        "309, TERMINAL, RULES",
        "213, TERMINAL, RULES",
        "308, TERMINAL, RULES",
        "218, TERMINAL, RULES",
        "219, TERMINAL, RULES",
        "220, TERMINAL, RULES",
        "221, TERMINAL, RULES",
        "229, TERMINAL, RULES",
        "230, TERMINAL, RULES",
        "226, TERMINAL, RULES",
        "227, TERMINAL, RULES",
        "228, TERMINAL, RULES",
        "415, TERMINAL, RULES",
        "314, TERMINAL, RULES",
        "318, TERMINAL, TOO_MANY_RESTING",
        "319, TERMINAL, RULES",
        "325, TERMINAL, RULES",
        "315, TERMINAL, RULES",
        "312, TERMINAL, BUSY",
        "313, TERMINAL, BUSY",
        "606, TERMINAL, BUSY",
        "207, TERMINAL, BUSY",
        "222, TERMINAL, BUSY",
        "224, TERMINAL, BUSY",
        "306, TERMINAL, MARGIN",
        "320, TERMINAL, MARGIN",
        "321, TERMINAL, MARGIN",
        "609, TERMINAL, MARGIN",
        "301, TERMINAL, MARGIN",
        "302, TERMINAL, MARGIN",
        "303, TERMINAL, MARGIN",
        "304, TERMINAL, MARGIN",
        "305, TERMINAL, MARGIN",
        "310, TERMINAL, MARGIN",
        "311, TERMINAL, MARGIN",
        "501, TERMINAL, MARGIN",
        "604, TERMINAL, MARGIN",
        "605, TERMINAL, MARGIN",
        "608, TERMINAL, RULES",
        "1110, STATE, NOTHING_TO_REDUCE",
        "201, TERMINAL, OTHER",
        "216, TERMINAL, OTHER",
        "217, TERMINAL, OTHER",
        "317, TERMINAL, OTHER",
        "613, TERMINAL, OTHER",
        "620, TERMINAL, OTHER",
        "43003, STATE, OTHER",
        "43004, STATE, OTHER",
        "43005, TERMINAL, OTHER",
        "43012, STATE, OTHER",
        "212, STATE, UNKNOWN_ORDER",
        "316, STATE, UNKNOWN_ORDER",
        "307, STATE, UNKNOWN_ORDER",
        "130008, STATE, UNKNOWN_ORDER",
        "40401, STATE, UNKNOWN_ORDER",
        "50002, TERMINAL, RULES",
        "50007, TERMINAL, LEVEL_PASSED",
        "50010, TERMINAL, OTHER",
        "223, TERMINAL, OTHER",
        "40107, TERMINAL, OTHER",
        "10004, TERMINAL, OTHER",
        "777777, UNKNOWN, OTHER"
    })
    void aCodeHasItsClassAndWhatItMeansForTheDesk(int code, Kind kind, Cause cause) {
        CryptoComError error = CryptoComError.of(code);
        assertThat(error.kind()).isEqualTo(kind);
        assertThat(error.cause()).isEqualTo(cause);
        assertThat(CryptoComError.table().containsKey(code)).isEqualTo(code != 777_777);
    }

    @ParameterizedTest
    @ValueSource(ints = {40801, 50001, 40006, 120_009, 204, 205, 43012, 212, 777_777})
    void whatMayHaveBeenAcceptedIsAskedAboutAndNeverCalledRefused(int code) {
        assertThat(opened(400, code)).isInstanceOf(Answer.NoAnswer.class);
    }

    @ParameterizedTest
    @CsvSource({
        "306, MARGIN",
        "415, RULES",
        "50007, LEVEL_PASSED",
        "42901, RATE",
        "9010001, BUSY",
        "40101, CONFIGURATION"
    })
    void aPlainRefusalCountsThoughItComesWithStatus500Or200(int code, Cause cause) {
        for (int status : List.of(200, 400, 500)) {
            assertThat(opened(status, code)).isEqualTo(new Answer.Denied<OrderUpdate>(code, "REFUSED", cause));
        }
    }

    @ParameterizedTest
    @CsvSource({"500", "502", "503", "504", "408", "404", "200"})
    void anAnswerWithoutACodeProvesNothing(int status) {
        Script script = Script.ready();
        script.call(OPEN);
        script.reply(Script.CREATE, status, "<html>gateway</html>");
        assertThat(script.only(OrderAnswered.class).answer()).isInstanceOf(Answer.NoAnswer.class);
    }

    @Test
    void aCodeAsTextIsTheSameCode() {
        Script script = Script.ready();
        script.call(OPEN);
        script.reply(
                Script.CREATE,
                500,
                "{\"id\":\"1\",\"code\":\"306\",\"message\":\"INSUFFICIENT_AVAILABLE_BALANCE\","
                        + "\"result\":{\"client_oid\":\"qo-1\",\"order_id\":\"6142909898247428343\"}}");
        assertThat(script.only(OrderAnswered.class).answer())
                .isEqualTo(new Answer.Denied<OrderUpdate>(306, "INSUFFICIENT_AVAILABLE_BALANCE", Cause.MARGIN));
    }

    /** ORIGIN saw it with 400, 500 and 200: the way in to all protection is closed. */
    @ParameterizedTest
    @ValueSource(ints = {200, 400, 500})
    void apiDisabledOnProtectionStopsOpensUntilAPersonActs(int status) {
        Script script = Script.ready();
        script.call(PAIR);
        script.refuse(Script.CREATE_OCO, status, 140_001);
        assertThat(script.only(PairAnswered.class).answer())
                .isEqualTo(new Answer.Denied<VenueEvent.Pair>(140_001, "REFUSED", Cause.CONFIGURATION));
        OpensHalted halted = script.only(OpensHalted.class);
        assertThat(halted.halt()).isEqualTo(Halt.CONFIGURATION);
        assertThat(halted.code()).isEqualTo(140_001);
        assertThat(halted.until()).isNull();
    }

    @Test
    void apiDisabledOnAnOrderIsThatOrdersAffair() {
        Script script = Script.ready();
        script.call(OPEN);
        script.refuse(Script.CREATE, 400, 140_001);
        assertThat(script.events(OpensHalted.class)).isEmpty();
        assertThat(script.only(OrderAnswered.class).answer())
                .isEqualTo(new Answer.Denied<OrderUpdate>(140_001, "REFUSED", Cause.CONFIGURATION));
    }

    @Test
    void aRefusedKeyStopsOpens() {
        Script script = Script.ready();
        script.call(OPEN);
        script.refuse(Script.CREATE, 401, 40101);
        assertThat(script.only(OpensHalted.class).halt()).isEqualTo(Halt.CONFIGURATION);
    }

    @Test
    void aMistakeOfOursIsPublishedOnceForEachCode() {
        Script script = Script.ready();
        for (int i = 0; i < 3; i++) {
            script.call(OPEN);
            script.refuse(Script.CREATE, 400, 40004);
        }
        assertThat(script.only(VenueEvent.RequestRefused.class).code()).isEqualTo(40004);
    }

    @Test
    void aCodeThatIsListedNowhereIsPublishedOnce() {
        Script script = Script.ready();
        for (int i = 0; i < 3; i++) {
            script.call(OPEN);
            script.refuse(Script.CREATE, 400, 777_777);
        }
        assertThat(script.only(VenueEvent.Unread.class).kind()).isEqualTo("code 777777");
    }

    @Test
    void anOrderAgainstTheRulesReadsTheRulesAgainAtMostEveryTenSeconds() {
        Script script = Script.ready();
        script.pass(Duration.ofSeconds(11));
        for (int i = 0; i < 3; i++) {
            script.call(OPEN);
            script.refuse(Script.CREATE, 400, 213);
        }
        script.settle();
        assertThat(script.sentMethods().stream().filter(Script.INSTRUMENTS::equals))
                .hasSize(1);
        assertThat(script.events(VenueEvent.InstrumentsRead.class)).hasSize(1);
    }

    @Test
    void maintenanceLetsExitsAloneForAWhile() {
        Script script = Script.ready();
        script.call(OPEN);
        script.refuse(Script.CREATE, 500, 9_010_001);
        assertThat(script.only(OpensHalted.class).halt()).isEqualTo(Halt.RESTRICTED);
        assertThat(script.only(OpensHalted.class).until()).isNotNull();
    }
}
