package quantum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import quantum.trader.Ports;

/**
 * Types the README line by line. Changed are the ports, which others may use, the length of the demo, and the test command,
 * which is this; the real exchange cannot be expected to be there.
 */
@ResourceLock("readme")
class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("(?ms)^```(sh|python)\n(.*?)^```$");

    private final Map<String, Checkout.Run> running = new HashMap<>();
    private final Map<String, String> ports = new HashMap<>();
    private Checkout checkout = null;

    @BeforeEach
    void lay(@TempDir Path directory) throws IOException {
        checkout = Checkout.in(directory).built();
        for (String port : List.of("8007", "6380", "9100")) {
            ports.put(port, Integer.toString(Ports.free()));
        }
    }

    @AfterEach
    void end() {
        running.values().forEach(Checkout.Run::end);
    }

    private static List<String> blocks(String language) throws IOException {
        List<String> blocks = new ArrayList<>();
        var found = BLOCK.matcher(Files.readString(Path.of("..", "README.md")));
        while (found.find()) {
            if (found.group(1).equals(language)) {
                blocks.add(found.group(2));
            }
        }
        assertThat(blocks).isNotEmpty();
        return blocks;
    }

    private Checkout.Run type(String line) {
        String typed = line;
        for (Map.Entry<String, String> port : ports.entrySet()) {
            typed = typed.replace(port.getKey(), port.getValue());
        }
        return checkout.start(Map.of("QUANTUM_HTTP_PORT", port("8007"), "QUANTUM_REDIS_PORT", port("6380")), typed);
    }

    private String port(String documented) {
        return ports.getOrDefault(documented, "");
    }

    @Test
    void everyLineOfItDoesWhatItSays() throws IOException {
        int lines = 0;
        for (String block : blocks("sh")) {
            for (String line : block.lines().toList()) {
                assertThat(line).as("a line to paste").doesNotContain(" | ", " # ");
                check(line);
                lines++;
            }
        }
        assertThat(lines).isGreaterThan(15);
    }

    private void check(String line) {
        if (line.contains("paper.yaml") || line.contains("testnet.yaml")) {
            Checkout.Run run = type(line);
            assertThat(run.exitCode()).as(line + "\n" + run.output()).isIn(0, 2, 3, 4);
            assertThat(run.output()).as(line).isNotBlank().doesNotContain("\tat ", "Exception");
        } else if (line.endsWith("./quantum run")) {
            start("run", line, "BOOTSTRAP COMPLETE");
        } else if (line.startsWith("./quantum simulator")) {
            start("simulator", line, "Ctrl-C stops");
        } else {
            String typed =
                    line.equals("./quantum test") ? line + " --help" : line.replace("--for 60s", "--for 20s --port 0");
            Checkout.Run run = type(typed);
            assertThat(run.exitCode()).as(line + "\n" + run.output()).isZero();
            assertThat(run.output()).as(line).doesNotContain("\tat ", "not found");
        }
    }

    /** Ends the last one of the kind first, as the text asks. */
    private void start(String kind, String line, String ready) {
        Checkout.Run former = running.remove(kind);
        if (former != null) {
            former.end();
        }
        Checkout.Run run = type("exec env " + line);
        running.put(kind, run);
        run.awaitOutput(ready);
    }

    @Test
    void theProducerInPythonGetsItsReport() throws IOException {
        Checkout.Run library = type("python3 -c 'import redis'");
        assumeTrue(library.exitCode() == 0, "SKIPPED: python3 with the package redis is not installed");
        start("run", "./quantum run", "BOOTSTRAP COMPLETE");
        for (String block : blocks("python")) {
            Checkout.Run run = type("python3 - <<'END'\n" + block + "END");
            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output()).startsWith("filled ");
        }
    }
}
