package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent.OrderAnswered;

/** Margin type and leverage are read before they are written, and read back after every refusal (X-F12). */
final class SessionSetUpTest {

    private static final Call.Open OPEN =
            new Call.Open(new ClientOrderId("qo-1"), new Symbol("BTCUSDT"), Side.BUY, Quantity.of("0.010"), 5);

    private Script script;

    @BeforeEach
    void start() {
        script = Script.ready();
    }

    @ParameterizedTest
    @ValueSource(ints = {-4067, -4046, -4059, -1000, -4168})
    void xF12_aRefusalOfTheMarginTypeThatLeavesTheAccountAsWishedIsNoObstacle(int code) {
        script.call(OPEN);
        findFlat();
        assertThat(script.next().path()).isEqualTo("/fapi/v1/marginType");
        script.answer(400, "{\"code\":" + code + ",\"msg\":\"no\"}");
        if (script.next().path().endsWith("symbolConfig")) {
            isSetUpAs("ISOLATED", 20);
        }
        assertThat(script.next().path()).as("only what differs is written").isEqualTo("/fapi/v1/leverage");
        script.usually();
        isSetUpAs("ISOLATED", 5);
        assertThat(script.next().path()).isEqualTo("/fapi/v1/order");
    }

    @Test
    void xF12_aRefusalOfTheLeverageThatLeavesTheAccountAsWishedIsNoObstacle() {
        script.call(OPEN);
        findFlat();
        script.usually();
        script.answer(400, "{\"code\":-4161,\"msg\":\"no\"}");
        isSetUpAs("ISOLATED", 5);
        assertThat(script.next().path()).isEqualTo("/fapi/v1/order");
    }

    @Test
    void xF12_whatIsNotKnownIsReadBeforeAnythingIsWritten() {
        script.call(OPEN);
        findFlat();
        script.answer(400, "{\"code\":-4067,\"msg\":\"no\"}");
        isSetUpAs("CROSSED", 20);
        assertThat(denied().code()).isEqualTo(-4067);
        script.sent.clear();
        script.call(OPEN);
        isSetUpAs("ISOLATED", 5);
        assertThat(script.sentPaths()).containsExactly("GET /fapi/v1/symbolConfig", "POST /fapi/v1/order");
    }

    @Test
    void xF12_whatIsHeldOrRestsIsNoObstacleToAnAccountThatIsAsWished() {
        script.call(OPEN);
        script.answer(200, "[{\"symbol\":\"BTCUSDT\",\"positionSide\":\"BOTH\",\"positionAmt\":\"-0.5\"}]");
        isSetUpAs("ISOLATED", 5);
        assertThat(script.next().path()).isEqualTo("/fapi/v1/order");
    }

    /** Nothing is held and no order rests: the leverage may be touched. */
    private void findFlat() {
        assertThat(script.next().query()).startsWith("symbol=");
        script.usually();
        assertThat(script.next().path()).isEqualTo("/fapi/v1/openOrders");
        script.usually();
    }

    private void isSetUpAs(String margin, int leverage) {
        assertThat(script.next().method() + " " + script.next().path()).isEqualTo("GET /fapi/v1/symbolConfig");
        script.answer(
                200, "[{\"symbol\":\"BTCUSDT\",\"marginType\":\"" + margin + "\",\"leverage\":" + leverage + "}]");
    }

    private Answer.Denied<?> denied() {
        OrderAnswered answered = script.events(OrderAnswered.class).getLast();
        assertThat(answered.answer()).isInstanceOf(Answer.Denied.class);
        return (Answer.Denied<?>) answered.answer();
    }
}
