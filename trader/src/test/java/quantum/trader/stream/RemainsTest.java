package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.intent.reading.Twice;
import quantum.market.Symbol;

/** An exit is told as lost also where its message cannot be read as a whole. */
class RemainsTest {

    private static final Symbol XRP = new Symbol("XRPUSDT");

    private static List<Symbol> exits(Map<String, String> entry) {
        return dead(IntentCodec.read(entry)).exits();
    }

    private static Reading.Unreadable dead(Reading reading) {
        assertThat(reading).isInstanceOf(Reading.Unreadable.class);
        return (Reading.Unreadable) reading;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\"}",
                "{\"intent_id\":[\"a\"],\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\"}",
                "{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\",\"timestamp\":\"{{timenow}}\"}",
                "{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\",\"quantity\":12",
                "{\"price\":NaN,\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\"}",
                "{'symbol': 'XRPUSDT', 'action': 'SELL', 'reduceOnly': True}",
                "{symbol: XRPUSDT, action: close}",
                "symbol=XRPUSDT&action=CLOSE&intent_id=a",
                "\"{\\\"symbol\\\":\\\"XRPUSDT\\\",\\\"action\\\":\\\"CLOSE\\\"}\"",
                "[{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\",\"intent_id\":\"a\"}]",
                "{\"intent_id\":\"a\",\"order\":{\"symbol\":\"XRPUSDT\",\"side\":\"SELL\",\"reduceOnly\":true}}}",
                "{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\",\"intent_id\":\"a\"} {}",
            })
    void anExitInAPayloadThatIsNoMessage(String payload) {
        assertThat(exits(Map.of("payload", payload))).containsExactly(XRP);
        assertThat(exits(Map.of("data", payload))).containsExactly(XRP);
    }

    @Test
    void anExitOfWhichAPartStandsBesideThePayload() {
        assertThat(exits(Map.of("symbol", "XRPUSDT", "payload", "{\"action\":\"CLOSE\",\"x\":NaN}")))
                .containsExactly(XRP);
        assertThat(exits(Map.of(
                        "symbol",
                        "XRPUSDT",
                        "payload",
                        "{\"intent_id\":\"a\",\"symbol\":\"ADAUSDT\",\"action\":\"CLOSE\"}")))
                .containsExactlyInAnyOrder(XRP, new Symbol("ADAUSDT"));
        assertThat(exits(Map.of("payload", "{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\"}", "data", "{}")))
                .containsExactly(XRP);
        assertThat(exits(Map.of("body", "{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\"}")))
                .containsExactly(XRP);
        assertThat(exits(Map.of("\"symbol\"", "\"XRPUSDT\"", "\"action\"", "\"CLOSE\"")))
                .containsExactly(XRP);
    }

    @Test
    void anExitInASampleOfAMessageThatIsTooLarge() {
        Map<String, String> sample =
                Map.of("payload", "{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\",\"note\":\"" + "x".repeat(900));
        Reading.Unreadable cut = dead(IntentCodec.read(new IntentMessage("1-0", sample, Map.of(), 1, 99_999, false)));
        assertThat(cut.why()).isEqualTo(Refusal.MESSAGE_TOO_LARGE);
        assertThat(cut.exits()).containsExactly(XRP);
    }

    @Test
    void anExitInOneOfTwoPayloads() {
        String close = "{\"symbol\":\"XRPUSDT\",\"action\":\"CLOSE\"}";
        Map<String, Twice> twice = Map.of("payload", new Twice(List.of("{}", close)));
        IntentMessage message = new IntentMessage("1-0", Map.of("payload", "{}"), twice, 1, 99, true);
        assertThat(dead(IntentCodec.read(message)).exits()).containsExactly(XRP);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"symbol\":\"XRPUSDT\",\"action\":\"BUY\",\"position_size_usd\":NaN}",
                "{\"symbol\":\"XRPUSDT\",\"action\":\"SELL\",\"reduceOnly\":false,\"price\":NaN}",
                "{\"action\":\"CLOSE\",\"price\":NaN}",
                "{\"symbol\":\"XRPUSDT\"",
                "",
                "{",
                "CLOSE",
                "no JSON at all: nothing"
            })
    void whatSaysNoExitIsNone(String payload) {
        assertThat(exits(Map.of("payload", payload))).isEmpty();
    }

    @Test
    void searchingCostsNoMoreThanTheLength() {
        List<String> hostile = List.of(
                "a".repeat(16_000),
                "a ".repeat(8_000),
                "a:".repeat(8_000),
                "a" + " ".repeat(16_000),
                "a\\".repeat(8_000),
                "a=\"".repeat(5_000),
                "\"a\":1,\"a\":2,".repeat(1_300),
                "\"symbol\":\"A\",\"symbol\":\"B\",".repeat(600),
                "[".repeat(16_000));
        assertTimeout(
                Duration.ofSeconds(5),
                () -> hostile.forEach(
                        text -> assertThat(exits(Map.of("payload", text))).isEmpty()));
    }
}
