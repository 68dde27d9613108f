package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a comment cites stands in the documents: a law, an invariant, a fault, a fact about an exchange. */
class CitationsTest {

    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of("core", "venues", "simulator", "trader", "bench", "witness");
    /** Of a family that is cited by its document's name, further numbers follow after a comma or "and". */
    private static final Pattern NUMBER = Pattern.compile("\\d+(\\.\\d+)*|P\\d+");

    private static String sources() throws IOException {
        StringBuilder all = new StringBuilder();
        for (String module : MODULES) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(module).resolve("src"))) {
                for (Path file : files.filter(f -> f.toString().endsWith(".java"))
                        .filter(f -> !f.endsWith("CitationsTest.java"))
                        .sorted()
                        .toList()) {
                    // A citation may be broken over two lines of a comment.
                    all.append(Files.readString(file).replaceAll("\\R\\s*(\\*|//)?\\s*", " "))
                            .append('\n');
                }
            }
        }
        return all.toString();
    }

    private static Set<String> firstCells(String page) throws IOException {
        return Files.readAllLines(ROOT.resolve("docs").resolve(page)).stream()
                .filter(line -> line.startsWith("| "))
                .map(line -> line.substring(2, line.indexOf(" |", 2)).strip())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @CsvSource({"\\blaw \\d+\\b", "\\bINV-\\d+\\b", "\\breliability [A-Z]\\d+\\b"})
    void lawsInvariantsAndFaultsThatAreCitedAreToldInOneTable(String citation) throws IOException {
        Set<String> cited = Pattern.compile(citation)
                .matcher(sources())
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(cited).isNotEmpty();
        assertThat(firstCells("laws.md")).containsAll(cited);
    }

    @Test
    void factsAboutTheExchangeThatAreCitedAreToldByTheirNumber() throws IOException {
        Set<String> cited = new TreeSet<>();
        Matcher citation = Pattern.compile("binance-usdm ((\\d+(\\.\\d+)*|P\\d+)((,| and) (\\d+\\.\\d+|P\\d+))*)")
                .matcher(sources());
        while (citation.find()) {
            NUMBER.matcher(citation.group(1)).results().forEach(number -> cited.add(number.group()));
        }
        assertThat(cited).isNotEmpty();
        assertThat(firstCells("venues/binance-facts.md")).containsAll(cited);
    }

    @Test
    void nothingCitesADocumentThatIsNotHere() throws IOException {
        assertThat(Pattern.compile("\\b(contract|stack|design|seed-system|reliability) \\d+(\\.\\d+)?")
                        .matcher(sources())
                        .results()
                        .map(MatchResult::group))
                .isEmpty();
    }
}
