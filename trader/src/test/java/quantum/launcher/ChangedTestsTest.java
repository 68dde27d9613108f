package quantum.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code ./quantum test --changed} runs. */
class ChangedTestsTest {

    @TempDir
    Path root = Path.of("");

    @BeforeEach
    void sources() throws IOException {
        write("core/src/main/java/quantum/market/Price.java", "package quantum.market; record Price() {}");
        write("core/src/main/java/quantum/market/Tick.java", "package quantum.market; record Tick() {}");
        write(
                "core/src/main/java/quantum/desk/Desk.java",
                "package quantum.desk;\nimport quantum.market.Price;\nclass Desk { Price price; }");
        write(
                "core/src/test/java/quantum/market/PriceTest.java",
                "package quantum.market; class PriceTest { Price p; }");
        write("core/src/test/java/quantum/market/TickTest.java", "package quantum.market; class TickTest { Tick t; }");
        write("core/src/test/java/quantum/desk/DeskTest.java", "package quantum.desk; class DeskTest { Desk desk; }");
        write("trader/src/test/java/quantum/trader/TidyTest.java", "package quantum.trader; class TidyTest {}");
        write(
                "trader/src/test/java/quantum/trader/LawsTest.java",
                "package quantum.trader; class LawsTest { String page = \"docs/laws.md\"; /* Price */ }");
    }

    @Test
    void theNearestTestsOfAChangedTypeComeFirst() throws IOException {
        assertThat(chosen("core/src/main/java/quantum/market/Price.java", 100))
                .containsExactly("TidyTest", "PriceTest", "DeskTest", "SimulationTest");
    }

    @Test
    void whatTookLongestIsLeftOutWhereTheTimeIsShort() throws IOException {
        took("core", "quantum.desk.DeskTest", "40.0");
        took("core", "quantum.market.PriceTest", "2.5");
        assertThat(chosen("core/src/main/java/quantum/market/Price.java", 30))
                .containsExactly("TidyTest", "PriceTest", "SimulationTest");
    }

    @Test
    void aChangedTestAlwaysRuns() throws IOException {
        took("core", "quantum.desk.DeskTest", "400.0");
        assertThat(chosen("core/src/test/java/quantum/desk/DeskTest.java", 30)).contains("DeskTest");
    }

    @Test
    void aDocumentIsOfTheTestsThatNameIt() throws IOException {
        assertThat(chosen("docs/laws.md", 30)).containsExactly("TidyTest", "LawsTest");
    }

    @Test
    void aTypeThatIsGoneIsOfWhoReadsIt() throws IOException {
        Files.delete(root.resolve("core/src/main/java/quantum/market/Tick.java"));
        assertThat(chosen("core/src/main/java/quantum/market/Tick.java", 30)).contains("TickTest");
    }

    @Test
    void aNameWithoutADotIsNoPartOfEveryWord() throws IOException {
        assertThat(chosen("quantum", 30)).containsExactly("TidyTest");
    }

    private List<String> chosen(String changed, double budget) throws IOException {
        return ChangedTests.of(root, List.of(changed), budget);
    }

    private void took(String module, String test, String seconds) throws IOException {
        write(
                module + "/target/surefire-reports/TEST-" + test + ".xml",
                "<?xml version=\"1.0\"?>\n<testsuite xmlns:xsi=\"x\" version=\"3.0\" name=\"" + test + "\" time=\""
                        + seconds + "\" tests=\"1\">");
    }

    private void write(String path, String text) throws IOException {
        Path file = root.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
