package quantum.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page of incidents tells the truth: what it names is there, and it leaves none out. */
class IncidentsPageTest {

    private static final Path ROOT = Path.of("..");
    private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w*Test)\\.(\\w+)`");
    private static final Pattern MUTANT = Pattern.compile("`([A-Z][A-Z_]+)`");
    /** A block of annotations, then the method; the formatter leaves an empty line before each. */
    private static final Pattern TEST =
            Pattern.compile("(?s)@(?:Test|ParameterizedTest|RepeatedTest)\\b(?:(?!\\n\\n).)*?\\n    void (\\w+)\\(");

    /** What neither executes, protects, leaves nor reconciles; the page says of each where it belongs. */
    private static final Set<String> ELSEWHERE = Set.of("I05", "I09", "I18", "I46", "I49", "I54", "I77", "I86");

    private static List<String> page = List.of();
    private static Map<String, Set<String>> tests = Map.of();

    @BeforeAll
    static void read() throws IOException {
        page = Files.readAllLines(ROOT.resolve("docs/incidents.md"));
        tests = new HashMap<>();
        for (String module : List.of("core", "venues", "simulator", "trader")) {
            try (Stream<Path> sources = Files.walk(ROOT.resolve(module).resolve("src/test/java"))) {
                sources.filter(file -> file.toString().endsWith("Test.java")).forEach(IncidentsPageTest::collect);
            }
        }
    }

    private static void collect(Path source) {
        try {
            String name = String.valueOf(source.getFileName()).replace(".java", "");
            TEST.matcher(Files.readString(source))
                    .results()
                    .forEach(found ->
                            tests.computeIfAbsent(name, _ -> new TreeSet<>()).add(found.group(1)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> numbers(String kind, int last) {
        return IntStream.rangeClosed(1, last).mapToObj(i -> kind + (i < 10 ? "0" : "") + i);
    }

    /** The cells of a row whose first is this number. */
    private static List<List<String>> rows(String number) {
        return page.stream()
                .filter(line -> line.startsWith("| " + number + " |"))
                .map(line ->
                        Stream.of(line.split("\\|")).map(String::strip).skip(1).toList())
                .toList();
    }

    private static List<String> found(Pattern pattern, String text) {
        return pattern.matcher(text).results().map(MatchResult::group).toList();
    }

    @Test
    void everyTestThatIsNamedExists() {
        List<MatchResult> named =
                NAMED.matcher(String.join("\n", page)).results().toList();
        assertThat(named).hasSizeGreaterThan(150);
        assertThat(named.stream()
                        .filter(test ->
                                !tests.getOrDefault(test.group(1), Set.of()).contains(test.group(2)))
                        .map(MatchResult::group))
                .isEmpty();
    }

    @Test
    void everyIncidentIsHeldOrToldWhyNot() {
        String elsewhere = page.stream()
                .dropWhile(line -> !line.startsWith("Elsewhere:"))
                .takeWhile(line -> !line.isEmpty())
                .collect(Collectors.joining(" "));
        Stream.of(numbers("P", 14), numbers("I", 89), numbers("L", 18))
                .flatMap(all -> all)
                .forEach(number -> {
                    if (ELSEWHERE.contains(number)) {
                        assertThat(rows(number)).as(number).isEmpty();
                        assertThat(elsewhere).contains(number);
                    } else {
                        assertThat(rows(number)).as(number).singleElement().satisfies(row -> {
                            assertThat(row).hasSize(3).doesNotContain("");
                            assertThat(found(NAMED, row.getLast())).as(number).isNotEmpty();
                        });
                    }
                });
    }

    @Test
    void everyFaultOfTheSeedsHasItsTestAndItsMutant() throws IOException {
        String mutants = Files.readString(Path.of("src/test/java/quantum/simulation/Mutant.java"));
        for (int i = 1; i <= 22; i++) {
            String fault = "M" + i;
            assertThat(rows(fault)).as(fault).singleElement().satisfies(row -> {
                assertThat(found(NAMED, row.get(2))).as(fault).isNotEmpty();
                assertThat(MUTANT.matcher(row.get(3)).results())
                        .as(fault)
                        .isNotEmpty()
                        .allSatisfy(
                                name -> assertThat(mutants).contains("    " + name.group(1) + "(\"" + fault + "\", "));
            });
        }
    }
}
