package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.intent.reading.Messages.message;
import static quantum.intent.reading.Messages.unreadable;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.market.Symbol;

/** An exit that can have no report is told by what can still be read of it. */
class ExitMeantTest {

    private static final Symbol BTC = new Symbol("BTCUSDT");
    private static final Symbol ETH = new Symbol("ETHUSDT");

    private static List<Symbol> exits(Object... fields) {
        return unreadable(message(fields)).exits();
    }

    @Test
    void aCloseWithoutAnIdentityThatCanBeRead() {
        assertThat(exits("symbol", "BTCUSDT", "action", "CLOSE")).containsExactly(BTC);
        assertThat(exits("symbol", "BINANCE:BTCUSDT.P", "action", "CLOSE", "intent_id", List.of("a")))
                .containsExactly(BTC);
        assertThat(exits("symbol", "BTCUSDT", "action", "CLOSE", "timestamp", "{{timenow}}"))
                .containsExactly(BTC);
    }

    @ParameterizedTest
    @CsvSource({
        "SELL, reduceOnly, true",
        "SELL, reduceOnly, perhaps",
        "BUY, closeOrder, 1",
        "SELL, reason, TP_HIT",
        "SELL, market_position, flat",
        "SELL, close_fraction, 0.5",
        "BUY, position_side, SHORT",
        "whatever, reduceOnly, true",
        "whatever, comment, exit long",
    })
    void whateverSaysOrHintsAtAnExit(String action, String name, String value) {
        assertThat(exits("symbol", "BTCUSDT", "action", action, name, value)).containsExactly(BTC);
    }

    @Test
    void aWordOfExitAmongWordsThatContradict() {
        assertThat(exits("symbol", "BTCUSDT", "action", new Twice(List.of("BUY", "CLOSE"))))
                .containsExactly(BTC);
        assertThat(exits("symbol", "BTCUSDT", "action", List.of("CLOSE"))).containsExactly(BTC);
        assertThat(exits("intent_id", "a", "symbol", new Twice(List.of("BTCUSDT", "ETHUSDT")), "action", "CLOSE"))
                .containsExactly(BTC, ETH);
        assertThat(exits("intent_id", "a", "symbol", "BTCUSDT", "ticker", "ETHUSDT", "action", "CLOSE"))
                .containsExactly(BTC, ETH);
    }

    @Test
    void whatWasMeantToOpenOrNamesNoSymbolIsNone() {
        assertThat(exits("symbol", "BTCUSDT", "action", "BUY", "position_size_usd", "100"))
                .isEmpty();
        assertThat(exits("symbol", "BTCUSDT", "action", "SELL", "reduceOnly", "false", "comment", "breakout"))
                .isEmpty();
        assertThat(exits("symbol", "BTCUSDT", "position_side", "LONG")).isEmpty();
        assertThat(exits("action", "CLOSE")).isEmpty();
        assertThat(exits("symbol", "{{ticker}}", "action", "CLOSE")).isEmpty();
        assertThat(ExitMeant.of(Map.of())).isEmpty();
    }
}
