package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.intent.reading.Messages.message;
import static quantum.intent.reading.Messages.open;
import static quantum.intent.reading.Messages.opened;
import static quantum.intent.reading.Messages.unreadable;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.market.Side;

/** Symbols, words and times in the forms in which they are written elsewhere. */
class FormsTest {

    private static final String NOW = Messages.TIME;

    @Test
    void s05ToS14SymbolsInEveryForm() {
        for (String form : List.of(
                "BTCUSDT",
                "btcusdt",
                "BTCUSDT.P",
                "BINANCE:BTCUSDT",
                "BINANCE:BTCUSDT.P",
                "BINANCE:BTCUSDTPERP",
                "BTC/USDT:USDT",
                "BTC/USDT",
                "BTC-USDT",
                "BTC_USDT",
                "USDT_BTC",
                "BTC-USDT-SWAP",
                "btc-usdt-perp",
                "BTCUSDT-PERP")) {
            for (String field : List.of("symbol", "ticker", "pair", "instrument", "Symbol", "instId")) {
                Map<String, Object> message = open(field, form);
                if (!field.equals("symbol")) {
                    message.remove("symbol");
                }
                assertThat(opened(message).symbol().name())
                        .as(field + " " + form)
                        .isEqualTo("BTCUSDT");
            }
        }
        assertThat(opened(open("symbol", "BTCUSDT_260925")).symbol().name()).isEqualTo("BTCUSDT_260925");
        assertThat(opened(open("symbol", "1000PEPEUSDT")).symbol().name()).isEqualTo("1000PEPEUSDT");
        assertThat(opened(open("ticker", "BTCUSDT.P")).symbol().name()).isEqualTo("BTCUSDT");
        assertThat(unreadable(open("ticker", "ETHUSDT")).detail()).contains("contradicts symbol");
    }

    @Test
    void iF19_aSymbolThatIsNoneIsToldInWhichFormsItIsRead() {
        assertThat(unreadable(open("symbol", "BTC/USDT/EUR")).detail())
                .startsWith("symbol is 'BTC/USDT/EUR'")
                .contains("BTC/USDT:USDT", "BTCUSDT.P");
        assertThat(unreadable(open("symbol", "{{ticker}}")).detail()).contains("placeholder {{ticker}}");
        assertThat(unreadable(open("symbol", "BTC/USDT:BTC")).field()).isEqualTo("symbol");
        Map<String, Object> elsewhere = message("signal", "{\"symbol\":\"BTCUSDT\"}", "timestamp", NOW);
        assertThat(unreadable(elsewhere).detail())
                .startsWith("symbol is missing")
                .contains("field signal holds JSON", "payload, data or details");
    }

    @ParameterizedTest
    @CsvSource({
        "enter_long, BUY",
        "ENTER_LONG, BUY",
        "enterLong, BUY",
        "open_long, BUY",
        "long entry, BUY",
        "go-long, BUY",
        "enter_short, SELL",
        "sell_short, SELL",
        "Short, SELL",
    })
    void s08WordsThatOpen(String word, Side side) {
        assertThat(opened(open("action", word)).side()).isEqualTo(side);
        assertThat(opened(open("action", "entry", "side", word)).side()).isEqualTo(side);
    }

    @Test
    void s25AWordThatIsNoneIsToldWithThoseThatAre() {
        assertThat(unreadable(open("action", "hold")).detail())
                .startsWith("action is 'hold'")
                .contains("BUY, SELL or CLOSE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1767607200",
                "1767607200000",
                "1767607200000000",
                "1767607200000000000",
                "1767607200.0",
                "2026-01-05T10:00:00+0000",
                "2026-01-05 12:00:00+02:00",
            })
    void s21EpochInEveryUnit(String time) {
        assertThat(opened(open("timestamp", time)).origin().timestamp()).isEqualTo(Instant.parse(NOW));
        Map<String, Object> other = open("timeStamp", time);
        other.remove("timestamp");
        assertThat(opened(other).origin().timestamp()).isEqualTo(Instant.parse(NOW));
    }
}
