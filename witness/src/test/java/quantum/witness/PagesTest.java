package quantum.witness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The pages made from tables and calls; it runs last, when all calls were made. */
@Order(Integer.MAX_VALUE)
class PagesTest {

    private static final Path DOCUMENTS = Path.of("..", "docs", "venues");

    @BeforeAll
    static void afterEveryOtherTest() {
        var missing = new TreeSet<>(Stranger.TESTIMONY.contract().tests());
        missing.removeAll(Stranger.TESTIMONY.tests());
        assumeTrue(missing.isEmpty(), "SKIPPED: only part of the tests ran; these did not: " + missing);
    }

    private static void isCopied(String name, String page) throws IOException {
        var made = Path.of("target", name);
        Files.writeString(made, page);
        assertThat(DOCUMENTS.resolve(name))
                .as("copy witness/%s to docs/venues/", made)
                .hasSameTextualContentAs(made);
    }

    @Test
    void contractIsMadeFromTheTable() throws IOException {
        isCopied("binance-contract.md", new Pages(Stranger.TESTIMONY).contract());
    }

    @Test
    void witnessIsMadeFromTheCalls() throws IOException {
        isCopied("binance-witness.md", new Pages(Stranger.TESTIMONY).witness());
    }

    @Test
    void noDifferenceIsExplainedThatNobodySaw() {
        assertThat(Stranger.TESTIMONY.differences().gone()).isEmpty();
    }
}
