package quantum.intent.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static quantum.intent.reading.Messages.closed;
import static quantum.intent.reading.Messages.open;
import static quantum.intent.reading.Messages.refused;
import static quantum.intent.reading.Messages.unreadable;

import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.intent.Intent;
import quantum.intent.Reading;
import quantum.intent.Refusal;

/** A field that stands in one message again, with another value. */
class TwiceTest {

    private static Twice twice(String... values) {
        return new Twice(List.of(values));
    }

    @ParameterizedTest
    @CsvSource({
        "reduceOnly, true, false",
        "closeOrder, false, true",
        "type, market, close",
        "market_position, flat, long",
        "position_size_usd, 100, 1000",
        "stop_loss, 90, 80",
        "timestamp, 2026-01-05T10:00:00Z, 2026-01-05T11:00:00Z",
        "ladder, '[]', ''",
        "comment, a, b",
    })
    void j8_anOpenIsRefusedByTheNameOfTheFieldWhateverItIs(String name, String one, String other) {
        Reading.Refusable refused = refused(open("action", "SELL", name, twice(one, other)));
        assertThat(refused.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
        assertThat(refused.field()).isEqualTo(name);
        assertThat(refused.detail())
                .isEqualTo(name + " stands twice in the message, as '%s' and as '%s'; send it once", one, other);
        assertThat(refused.origin().intentId()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({"symbol, BTCUSDT, ETHUSDT", "action, BUY, SELL", "intent_id, a, b", "trace_id, a, b"})
    void j8_whatSaysWhoseEndingItIsEndsAsADeadLetter(String name, String one, String other) {
        Reading.Unreadable dead = unreadable(open(name, twice(one, other)));
        assertThat(dead.why()).isEqualTo(Refusal.FIELD_UNSUPPORTED);
        assertThat(dead.field()).isEqualTo(name);
    }

    @Test
    void j8_aCloseIsHeldBackByThatAloneWhichChangesIt() {
        Intent.Close close =
                closed(open("action", "CLOSE", "stop_loss", twice("1", "2"), "reduceOnly", twice("1", "0")));
        assertThat(close.fraction()).isEqualByComparingTo(BigDecimal.ONE);
        assertThat(close.origin().ignored()).contains("stop_loss", "reduceOnly");
        assertThat(refused(open("action", "CLOSE", "close_fraction", twice("1", "0.1")))
                        .field())
                .isEqualTo("close_fraction");
    }

    @Test
    void j8_whatIsShownOfTheValuesIsShortAndPrintable() {
        assertThat(refused(open("comment", twice("\u001b[31m", "x".repeat(5_000))))
                        .detail())
                .contains("'?[31m'")
                .hasSizeLessThan(200);
    }
}
