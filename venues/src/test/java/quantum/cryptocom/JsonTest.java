package quantum.cryptocom;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.json.Malformed;
import quantum.order.OrderId;

/** Text from one door and numbers from another are the same figure, digit by digit. */
final class JsonTest {

    private static Json of(String value) {
        return Json.parse("{\"x\":" + value + "}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.1",
                "0.30000000000000004",
                "9007199254740993",
                "12345678901.234567891",
                "0.00000001",
                "20000.00",
                "-0.8500390890000000000000"
            })
    void aDecimalKeepsEveryDigitAsTextAndAsANumber(String digits) {
        assertThat(of("\"" + digits + "\"").decimal("x")).isEqualTo(new BigDecimal(digits));
        assertThat(of(digits).decimal("x")).isEqualTo(new BigDecimal(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775807", "5755600460443882762", "9007199254740993"})
    void anIdOf63BitsIsExactAsTextAndAsANumber(String digits) {
        assertThat(of("\"" + digits + "\"").id("x")).isEqualTo(new OrderId(digits));
        assertThat(of(digits).id("x")).isEqualTo(new OrderId(digits));
        assertThat(of(digits).integer("x")).isEqualTo(Long.parseLong(digits));
    }

    @ParameterizedTest
    @ValueSource(strings = {"9223372036854775808", "-1", "0", "\"\"", "\"abc\"", "1.5", "1e3", "null", "[]", "true"})
    void whatIsNoIdIsNone(String value) {
        assertThat(of(value).optionalId("x")).isNull();
        assertThatThrownBy(() -> of(value).id("x")).isInstanceOf(Malformed.class);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "'\"0\"', 0", "'\"40401\"', 40401", "306, 306", "-1, -1"})
    void aCodeIsANumberOrAText(String value, long code) {
        assertThat(of(value).optionalInteger("x")).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({
        "1796040000123, 2026-11-30T12:00:00.123Z",
        "1796040000123456, 2026-11-30T12:00:00.123456Z",
        "1796040000123456789, 2026-11-30T12:00:00.123456789Z"
    })
    void aTimeSaysByItsDigitsInWhichUnitItIs(String value, Instant time) {
        assertThat(of(value).optionalTime("x")).isEqualTo(time);
        assertThat(of("\"" + value + "\"").optionalTime("x")).isEqualTo(time);
        assertThat(of("12").optionalTime("x")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"NaN\"", "\"1e999999999\"", "1e400", "\"\"", "{}", "true"})
    void whatIsNoFigureOfAnExchangeIsNone(String value) {
        assertThat(of(value).optionalDecimal("x")).isNull();
    }

    @Test
    void theSameNameTwiceIsNotRead() {
        assertThatThrownBy(() -> Json.parse("{\"code\":0,\"code\":306}")).isInstanceOf(Malformed.class);
    }
}
