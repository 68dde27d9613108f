package quantum.trader.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

/** What the words of {@code send} become, and which are refused before anything is sent. */
class SentIntentTest {

    private static SentIntent sent(String action, String symbol, @Nullable String size, @Nullable String stop) {
        return SentIntent.of(new SentIntent.Arguments(action, symbol, size, stop, null, null, null));
    }

    @Test
    void o2_aPartOfACloseIsThatPart() {
        ObjectNode half = sent("CLOSE", "ADAUSDT", "50%", null).payload();
        assertThat(half.path("close_fraction").decimalValue()).isEqualByComparingTo("0.5");
        assertThat(half.path("reduceOnly").asBoolean()).isTrue();
        assertThat(sent("close", "BTCUSDT", "0.5btc", null)
                        .payload()
                        .path("quantity")
                        .decimalValue())
                .isEqualByComparingTo("0.5");
        assertThat(sent("CLOSE", "ADAUSDT", null, null).payload().has("close_fraction"))
                .isFalse();
    }

    @Test
    void o2_whatACloseDoesNotUseIsRefused() {
        assertThatThrownBy(() -> sent("CLOSE", "BTCUSDT", null, "1%"))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining("--sl");
        assertThatThrownBy(() -> SentIntent.of(new SentIntent.Arguments("CLOSE", "BTCUSDT", null, null, null, 3, null)))
                .hasMessageContaining("--leverage");
        assertThatThrownBy(() ->
                        SentIntent.of(new SentIntent.Arguments("BUY", "BTCUSDT", "100usdt", null, null, null, "long")))
                .hasMessageContaining("--position-side");
    }

    @ParameterizedTest
    @CsvSource({
        "HOLD, BTCUSDT, 100usdt, is no action",
        "BUY, BTC/USDT/EUR, 100usdt, is no symbol",
        "BUY, BTCUSDT, 50, has no unit",
        "BUY, BTCUSDT, 50%, is no size",
        "CLOSE, BTCUSDT, 0.5, has no unit",
        "CLOSE, BTCUSDT, 150%, is no part",
        "CLOSE, BTCUSDT, 50usdt, is no part",
    })
    void o8_m13_j14_whatCannotBeMeantIsRefusedBeforeItIsSent(String action, String symbol, String size, String why) {
        assertThatThrownBy(() -> sent(action, symbol, size, null))
                .isInstanceOf(UsageError.class)
                .hasMessageContaining(why);
    }

    @Test
    void j14_aLevelNeedsItsUnitAndIsRepeatedInWords() {
        assertThatThrownBy(() -> sent("BUY", "ADAUSDT", "50usdt", "0.40")).hasMessageContaining("has no unit");
        SentIntent percent = sent("BUY", "ADAUSDT", "50usdt", "0.40%");
        assertThat(percent.payload().path("stop_loss_pct").decimalValue()).isEqualByComparingTo("0.40");
        assertThat(percent.words()).contains("worth 50 USD", "stop loss 0.40 % from the entry");
        SentIntent price = sent("BUY", "ADAUSDT", "10ada", "0.40usdt");
        assertThat(price.payload().path("stop_loss").decimalValue()).isEqualByComparingTo("0.40");
        assertThat(price.words()).contains("10 units of ADAUSDT");
    }

    @Test
    void j5_aSymbolInAnotherFormIsSentAsTheExchangeNamesIt() {
        assertThat(sent("buy", "ada/usdt", "50usdt", null)
                        .payload()
                        .path("symbol")
                        .asString())
                .isEqualTo("ADAUSDT");
    }

    @Test
    void p2_10_nothingForeignSteersATerminal() {
        assertThat(Terminal.printable("1\u001b[31m\u009b\u202eFORGED")).isEqualTo("1?[31m??FORGED");
    }
}
