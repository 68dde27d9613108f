package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.binance.ScriptedDesk.param;

import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.Call;
import quantum.venue.VenueEvent.OrderAnswered;

/** Closes that the book cannot take as they are (binance-usdm 9, -4131 and -5025). */
final class SessionClosesTest {

    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final ClientOrderId ID = new ClientOrderId("qo-1");
    private static final String THIN =
            "{\"code\":-4131,\"msg\":\"The counterparty's best price does not meet the filter.\"}";

    private Script script;

    @BeforeEach
    void start() {
        script = Script.ready();
        script.frame(StreamName.MARKET, "[{\"e\":\"markPriceUpdate\",\"E\":1,\"s\":\"ETHUSDT\",\"p\":\"2000\"}]");
        script.events.clear();
    }

    @ParameterizedTest
    @CsvSource({"SELL, 1910, 1930, 1960", "BUY, 2090, 2070, 2040"})
    void goOnStepByStepWithinTheBandUnderOneId(Side side, String first, String second, String third) {
        script.call(new Call.Close(ID, ETH, side, Quantity.of("2")));
        script.answer(400, THIN);
        for (String price : List.of(first, second, third)) {
            assertThat(script.waiting).hasSize(1);
            assertThat(param(script.next(), "type")).isEqualTo("LIMIT");
            assertThat(param(script.next(), "timeInForce")).isEqualTo("IOC");
            assertThat(param(script.next(), "side")).isEqualTo(side.name());
            assertThat(param(script.next(), "quantity")).isEqualTo("2");
            assertThat(param(script.next(), "price")).isEqualTo(price);
            assertThat(param(script.next(), "newClientOrderId")).isEqualTo("qo-1");
            assertThat(script.events).isEmpty();
            script.answer(400, "{\"code\":-4024,\"msg\":\"Limit price can't be lower than this.\"}");
        }
        assertThat(script.waiting).isEmpty();
        assertThat(answered())
                .isEqualTo(new Answer.Denied<>(-4024, "Limit price can't be lower than this.", Cause.RULES));
    }

    @Test
    void areAnsweredOnceByTheStepThatIsTaken() {
        script.call(new Call.Close(ID, ETH, Side.SELL, Quantity.of("2")));
        script.answer(400, "{\"code\":-5025,\"msg\":\"Only limit order is supported.\"}");
        script.answer(
                200,
                "{\"orderId\":77,\"symbol\":\"ETHUSDT\",\"status\":\"NEW\",\"clientOrderId\":\"qo-1\","
                        + "\"side\":\"SELL\",\"executedQty\":\"0\",\"updateTime\":1700000000000}");
        assertThat(answered()).isInstanceOf(Answer.Accepted.class);
        assertThat(script.waiting).isEmpty();
    }

    @Test
    void areAskedAboutWhereTheAnswerToAStepIsLost() {
        script.call(new Call.Close(ID, ETH, Side.SELL, Quantity.of("2")));
        script.answer(400, THIN);
        script.lose("reset");
        assertThat(answered()).isEqualTo(new Answer.NoAnswer<>("reset"));
        assertThat(script.waiting).isEmpty();
    }

    @Test
    void areRefusedWhereNoMarkTellsAPrice() {
        Script blind = Script.ready();
        blind.call(new Call.Close(ID, ETH, Side.SELL, Quantity.of("2")));
        blind.answer(400, THIN);
        assertThat(blind.waiting).isEmpty();
        assertThat(blind.events(OrderAnswered.class))
                .singleElement()
                .satisfies(each -> assertThat(each.answer()).isInstanceOf(Answer.Denied.class));
    }

    @Test
    void anOpenIsNeverTurnedIntoALimitOrder() {
        script.call(new Call.Open(ID, ETH, Side.BUY, Quantity.of("2"), 3));
        script.answer(400, THIN);
        assertThat(script.waiting).isEmpty();
        assertThat(answered()).isInstanceOf(Answer.Denied.class);
    }

    @Test
    void leaveAtOnceThoughEveryShareIsUsed() {
        for (int i = 0; i < 500; i++) {
            script.call(new Call.Open(new ClientOrderId("qo-" + (i + 2)), ETH, Side.BUY, Quantity.of("1"), 3));
        }
        int opens = script.waiting.size();
        assertThat(opens).isEqualTo(33);
        assertThat(script.events(OrderAnswered.class))
                .hasSize(467)
                .allSatisfy(each -> assertThat(each.answer())
                        .isInstanceOfSatisfying(
                                Answer.Denied.class,
                                denied -> assertThat(denied.cause()).isEqualTo(Cause.RATE)));
        script.call(new Call.Close(ID, ETH, Side.SELL, Quantity.of("2")));
        assertThat(script.waiting).hasSize(opens + 1);
        assertThat(param(script.waiting.getLast(), "newClientOrderId")).isEqualTo("qo-1");
    }

    @Test
    void areAskedAboutAtOnceWhereTheExchangeBrokeOffThoughQuestionsHaveToWait() {
        script.call(new Call.ReadAccount());
        script.answer(429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        script.call(new Call.Close(ID, ETH, Side.SELL, Quantity.of("2")));
        script.answer(503, "{\"code\":-1001,\"msg\":\"Internal error; unable to process your request.\"}");
        assertThat(script.sentPaths()).last().isEqualTo("GET /fapi/v1/order");
        script.answer(400, "{\"code\":-2013,\"msg\":\"Order does not exist.\"}");
        assertThat(script.sentPaths()).last().isEqualTo("POST /fapi/v1/order");
    }

    private Answer<?> answered() {
        List<OrderAnswered> answers = script.events(OrderAnswered.class);
        assertThat(answers).hasSize(1);
        return answers.getFirst().answer();
    }
}
