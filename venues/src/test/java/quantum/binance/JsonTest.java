package quantum.binance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.json.Malformed;

/** Figures come out digit by digit as they went in: no binary floating point lies on their way. */
final class JsonTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "0.30000000000000004",
                "0.100000000000000006",
                "1.005",
                "9007199254740993",
                "12345678901234567890",
                "12345678901.234567891",
                "0.00000001",
                "100.10"
            })
    void aDecimalKeepsEveryDigitAsTextAndAsANumber(String digits) {
        assertThat(Json.parse("{\"p\":\"" + digits + "\"}").decimal("p")).isEqualTo(new BigDecimal(digits));
        assertThat(Json.parse("{\"p\":" + digits + "}").decimal("p")).isEqualTo(new BigDecimal(digits));
    }

    @Test
    void anExponentIsTheSameNumber() {
        assertThat(Json.parse("{\"p\":1E-8}").decimal("p")).isEqualByComparingTo("0.00000001");
        assertThat(Json.parse("{\"p\":1.5e3}").decimal("p")).isEqualByComparingTo("1500");
    }

    @Test
    void aFrameThatIsWrittenAgainKeepsItsDigits() {
        String order = "{\"orderId\":8389765739703625592,\"executedQty\":\"0.10\",\"ratio\":0.10000000000000000555}";
        Json reply = Json.parse("{\"id\":1,\"status\":200,\"result\":" + order + "}");
        assertThat(reply.member("result").node().toString()).isEqualTo(order);
    }

    @Test
    void anIntegerBeyondALongIsRefusedAndNotRounded() {
        assertThat(Json.parse("{\"n\":9223372036854775807}").integer("n")).isEqualTo(Long.MAX_VALUE);
        for (String value : new String[] {"9223372036854775808", "1.0", "1e3", "\"7\"", "true"}) {
            assertThatThrownBy(() -> Json.parse("{\"n\":" + value + "}").integer("n"))
                    .as(value)
                    .isInstanceOf(Malformed.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity", "\"NaN\"", "\"0x10\"", "\"1,5\"", "\"\"", "1e999999999"})
    void whatIsNoFiniteDecimalIsRefused(String value) {
        assertThatThrownBy(() -> Json.parse("{\"p\":" + value + "}").decimal("p"))
                .isInstanceOf(Malformed.class);
    }
}
