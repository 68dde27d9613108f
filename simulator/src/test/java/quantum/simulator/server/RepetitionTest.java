package quantum.simulator.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The same seed, requests and times give the same answers, frames and ledger, with both position modes, both margin
 * types, liquidations, funding and faults; also in another process, where hash orders that nobody fixed are others.
 */
class RepetitionTest {

    @Test
    void sameSeedGivesTheSameHistory() {
        var first = new SeededCustomers(5).play();
        assertThat(first).anyMatch(line -> line.contains("\"c\":\"autoclose-"));
        assertThat(first).anyMatch(line -> line.contains("\"m\":\"FUNDING_FEE\""));
        assertThat(first).anyMatch(line -> line.contains("\"ps\":\"SHORT\"") && line.contains("\"x\":\"TRADE\""));
        assertThat(first).anyMatch(line -> line.contains("\"er\":\"9\""));
        assertThat(first).anyMatch(line -> line.startsWith("0 "));
        assertThat(new SeededCustomers(5).play()).isEqualTo(first);
        assertThat(new SeededCustomers(6).play()).isNotEqualTo(first);
    }

    @Test
    void anotherProcessGivesTheSameHistory() throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), SeededCustomers.class.getName(), "5")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            assertThat(reader.lines().toList()).isEqualTo(new SeededCustomers(5).play());
        } finally {
            process.destroy();
        }
    }
}
