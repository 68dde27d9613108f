package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.venue.Urgency;

/** However many prices wait, an execution is looked at before them: it may be a position without a stop (law 4). */
class UrgencyTest {

    private final BinanceSession session = new BinanceSession(BinanceSettings.simulator("http://127.0.0.1:1"));

    @ParameterizedTest
    @CsvSource({"PRIVATE, ACCOUNT", "ORDERS, ANSWER", "MARKET, PRICE"})
    void aFrameIsAsUrgentAsItsStream(StreamName stream, Urgency urgency) {
        assertThat(session.urgency(new BinanceInput.FrameReceived(stream, 1, "{}")))
                .isEqualTo(urgency);
    }

    @Test
    void whatIsNoFrameIsAnAnswerOfWhicheverStream() {
        List<BinanceInput> inputs = List.of(
                new BinanceInput.Replied(1, 200, "{}"),
                new BinanceInput.Failed(1, false, "reset"),
                new BinanceInput.StreamOpened(StreamName.MARKET, 1),
                new BinanceInput.StreamClosed(StreamName.PRIVATE, 1, "end"),
                new BinanceInput.Woken(1));
        assertThat(inputs)
                .allSatisfy(input -> assertThat(session.urgency(input)).isEqualTo(Urgency.ANSWER));
    }
}
