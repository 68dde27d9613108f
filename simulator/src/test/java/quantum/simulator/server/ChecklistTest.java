package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The page's checklist names tests that exist and that meet both faces of the exchange (binance-usdm 12). */
class ChecklistTest {

    private static final Path PAGE = Path.of("../docs/simulator.md");
    private static final Pattern ROW = Pattern.compile("\\| (?<line>[^|]+) \\| (?<tests>`[^|]+`) \\|");
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");
    private static final int LINES = 17;

    /** One line and the tests that stand for it. */
    record Line(String words, List<String> tests) {
        @Override
        public String toString() {
            return words;
        }
    }

    static Stream<Line> lines() throws IOException {
        var page = Files.readString(PAGE);
        var rows = ROW.matcher(page.substring(page.indexOf("## Checklist")));
        return rows.results().map(row -> new Line(row.group(1), names(row.group(2))));
    }

    private static List<String> names(String cell) {
        return NAME.matcher(cell)
                .results()
                .map(found -> found.group(1) + "." + found.group(2))
                .toList();
    }

    @Test
    void everyLineIsThere() throws IOException {
        assertThat(lines()).hasSize(LINES);
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isCovered(Line line) throws ClassNotFoundException {
        assertThat(line.tests()).isNotEmpty();
        for (var name : line.tests()) {
            var type = Class.forName("quantum.simulator.server." + name.substring(0, name.indexOf('.')));
            var method = name.substring(name.indexOf('.') + 1);
            var meetsBoth = ExchangeContract.class.isAssignableFrom(type) || type == DirectConnectionsTest.class;
            assertThat(meetsBoth).as(name).isTrue();
            assertThat(Arrays.stream(type.getDeclaredMethods())
                            .filter(each -> each.getName().equals(method))
                            .filter(each -> each.isAnnotationPresent(Test.class)
                                    || each.isAnnotationPresent(ParameterizedTest.class)))
                    .as(name)
                    .hasSize(1);
        }
    }
}
