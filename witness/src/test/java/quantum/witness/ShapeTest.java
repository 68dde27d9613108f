package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checker itself: what is missing, too much or of another type is named with its field. */
class ShapeTest {

    private final Shapes shapes = Shapes.read();

    private String differences(String shape, String json) {
        return String.join("; ", shapes.get(shape).differences(JsonParser.parseString(json), new TreeSet<>()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            server-time   | {"serverTime":1}                                 | ``
            server-time   | {}                                               | missing: serverTime
            server-time   | {"serverTime":1,"zone":"UTC"}                    | extra: zone
            server-time   | {"serverTime":"1"}                               | wrong type: serverTime is "1", not [INTEGER]
            server-time   | {"serverTime":1.5}                               | wrong type: serverTime is 1.5, not [INTEGER]
            server-time   | []                                               | wrong type:  is [], not [OBJECT]
            price-ticker  | {"symbol":"A","price":"1e5","time":1}            | wrong type: price is "1e5", not [DECIMAL]
            price-ticker  | {"symbol":"A","price":1,"time":1}                | wrong type: price is 1, not [DECIMAL]
            position-mode | {"dualSidePosition":"false"}                     | wrong type: dualSidePosition is "false", not [BOOLEAN]
            klines        | [[1,"1","1","1","1","1",1,"1",1,"1","1","0"]]    | ``
            klines        | [[1,"1","1","1","1","1",1,"1",1,"1","1","0",1]]  | extra: [][12]
            margin-call   | {"e":"MARGIN_CALL","E":1,"p":[{}]}               | missing: p[].s; missing: p[].ps; missing: p[].pa; missing: p[].mt; missing: p[].iw; missing: p[].mp; missing: p[].up; missing: p[].mm
            account-config-update | {"e":"A","E":1,"T":1,"ac":{"s":"B"}}     | missing: ac.l
            trading-status | {"updateTime":1,"indicators":{"B":[{"indicator":"UFR","value":1,"triggerValue":2,"plannedRecoverTime":1}]}} | missing: indicators.*[].isLocked
            """)
    void fieldIsNamed(String shape, String json, String differences) {
        assertThat(differences(shape, json)).isEqualTo(differences);
    }

    @Test
    void listIsOfTheShapesElements() {
        assertThat(differences("rate-limit[]", "[{\"rateLimitType\":\"ORDERS\",\"interval\":\"MINUTE\",\"limit\":1}]"))
                .isEqualTo("missing: [].intervalNum");
    }

    @Test
    void everyShapeNamesItsSection() {
        assertThat(shapes.all())
                .hasSizeGreaterThan(40)
                .allSatisfy((name, shape) -> assertThat(shape.fields()).as(name).isNotEmpty());
    }
}
