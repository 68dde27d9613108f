package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.VenueEvent.ClockMoved;
import quantum.venue.VenueEvent.OrderAnswered;

/** The exchange's time: what is done when it is refused, moves or is not known well (reliability F14, F48, F49). */
final class SessionClockTest {

    private static final Symbol ETH = new Symbol("ETHUSDT");
    private static final ClientOrderId OPEN = ClientOrderId.open("intent-1");
    private static final ClientOrderId CLOSE = ClientOrderId.exit("epoch-1", 1);
    private static final String ORDER = "POST /fapi/v1/order";

    private final Script script = Script.ready();

    private void open() {
        script.call(new Call.Open(OPEN, ETH, Side.BUY, Quantity.of("0.010"), 3));
    }

    private void close() {
        script.call(new Call.Close(CLOSE, ETH, Side.SELL, Quantity.of("0.010")));
    }

    private Answer<?> lastAnswer() {
        return script.events(OrderAnswered.class).getLast().answer();
    }

    private long orders() {
        return script.sentPaths().stream().filter(ORDER::equals).count();
    }

    private void answerClock() {
        while (!script.waiting.isEmpty() && script.next().path().equals("/fapi/v1/time")) {
            script.usually();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1021, -5028})
    void aRefusedTimestampIsReadAgainAndTheOrderLeavesOnceMore(int code) {
        open();
        script.answer(400, "{\"code\":" + code + ",\"msg\":\"outside of the recvWindow\"}");
        answerClock();
        assertThat(orders()).isEqualTo(2);
        assertThat(script.events(ClockMoved.class)).isEmpty();
        script.answer(400, "{\"code\":" + code + ",\"msg\":\"outside of the recvWindow\"}");
        assertThat(script.waiting).isEmpty();
        assertThat(lastAnswer()).isInstanceOf(Answer.Denied.class);
    }

    @Test
    void afterAJumpOpensWaitForASecondReadingAndExitsDoNot() {
        script.moved = Duration.ofMinutes(-1);
        open();
        script.answer(400, "{\"code\":-1021,\"msg\":\"1000ms ahead of the server's time\"}");
        answerClock();
        assertThat(script.events(ClockMoved.class))
                .singleElement()
                .satisfies(each -> assertThat(each.by()).isBetween(Duration.ofSeconds(59), Duration.ofSeconds(60)));
        assertThat(lastAnswer()).isInstanceOf(Answer.Denied.class);
        assertThat(orders()).as("the open did not leave again").isEqualTo(1);
        open();
        assertThat(lastAnswer()).isInstanceOf(Answer.NotSent.class);
        close();
        assertThat(script.next().query()).contains("&timestamp=" + script.serverMillis() / 100);
        script.waiting.clear();

        script.pass(Duration.ofSeconds(1));
        answerClock();
        open();
        assertThat(orders()).as("an open, a close, an open").isEqualTo(3);
        assertThat(script.events(ClockMoved.class)).hasSize(1);
    }

    /** Law 5: neither our share of the limits nor a stop of everything but exits may hold up what an exit waits for. */
    @Test
    void theClockIsReadForARefusedExitThoughQuestionsHaveToWait() {
        script.call(new Call.ReadAccount());
        script.answer(429, "{\"code\":-1003,\"msg\":\"Too many requests.\"}");
        close();
        script.answer(400, "{\"code\":-1021,\"msg\":\"outside of the recvWindow\"}");
        answerClock();
        assertThat(orders()).isEqualTo(2);
    }

    /** Repeating it later would open by a price that is gone (seed 10379). */
    @Test
    void aRefusedOpenIsNotRepeatedWhenReadingTheClockTookLong() {
        open();
        script.answer(400, "{\"code\":-1021,\"msg\":\"outside of the recvWindow\"}");
        script.pass(Duration.ofSeconds(6));
        script.waiting.removeIf(each -> !each.path().equals("/fapi/v1/time"));
        answerClock();
        assertThat(orders()).isEqualTo(1);
        assertThat(lastAnswer()).isInstanceOf(Answer.Denied.class);
    }

    @Test
    void aMoveOfHalfASecondIsToldAndStopsNothing() {
        script.moved = Duration.ofMillis(600);
        script.pass(Duration.ofMinutes(5));
        script.waiting.removeIf(each -> !each.path().equals("/fapi/v1/time"));
        answerClock();
        assertThat(script.events(ClockMoved.class)).hasSize(1);
        open();
        assertThat(orders()).isEqualTo(1);
    }

    @Test
    void withoutAReadingForLongTheTimeIsNotKnownWellEnoughForAnOpen() {
        for (int minute = 0; minute < 33; minute++) {
            script.pass(Duration.ofMinutes(1));
            List.copyOf(script.waiting).forEach(_ -> script.refuseConnection());
        }
        open();
        assertThat(orders()).isEqualTo(1);
        script.pass(Duration.ofMinutes(1));
        open();
        assertThat(lastAnswer())
                .isInstanceOfSatisfying(
                        Answer.NotSent.class,
                        answer -> assertThat(answer.cause()).contains("ms only"));
        close();
        assertThat(orders()).isEqualTo(2);
    }
}
