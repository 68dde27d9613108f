package quantum.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script that plays what strangers broke over sockets, with a handful of its quick rows, so that it stays true. {@code
 * trader/src/test/strangers/play.py} plays them all against the program as it is shipped.
 */
class StrangersTest {

    private static final Path PYTHON = Path.of("/usr/bin/python3");
    private static final Path SCRIPT = Path.of("src", "test", "strangers", "play.py");
    private static final List<String> ROWS = List.of("X-F4", "X-F1", "I-F1", "I-F2", "I-F3", "J-1", "O-3");

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void needsPython() {
        assumeTrue(Files.isExecutable(PYTHON), "SKIPPED: there is no " + PYTHON);
        assumeTrue(
                run(List.of("-c", "import redis")) == 0,
                "SKIPPED: " + PYTHON + " lacks the package redis (python3-redis)");
    }

    private Path output() {
        return directory.resolve("out");
    }

    private String said() {
        try {
            return Files.readString(output());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its exit code. */
    private int run(List<String> arguments) {
        List<String> line = new ArrayList<>(List.of(PYTHON.toString()));
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(output().toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            Process process = builder.start();
            try {
                assertThat(process.waitFor(3, TimeUnit.MINUTES)).as(said()).isTrue();
                return process.exitValue();
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private int play(String... arguments) {
        List<String> line = new ArrayList<>(List.of(SCRIPT.toString()));
        line.addAll(List.of(arguments));
        return run(line);
    }

    @Test
    void aHandfulOfRowsIsPlayedAndRight() {
        List<String> arguments = new ArrayList<>(List.of("--classpath", System.getProperty("java.class.path")));
        arguments.addAll(ROWS);
        int code = play(arguments.toArray(String[]::new));
        assertThat(code).as(said()).isZero();
        assertThat(said().lines()).last().isEqualTo(ROWS.size() + " rows: " + ROWS.size() + " ok, 0 failed");
    }

    @Test
    void everyRowIsPlayedOrSaysWhyNotAndAnUnknownOneIsNamed() {
        assertThat(play("--list")).as(said()).isZero();
        assertThat(said()).contains("X-F6  played", "O-12  not played").doesNotContain("NO WORD WHY");
        assertThat(play("X-F99")).isEqualTo(2);
        assertThat(said()).contains("not played here: X-F99");
    }
}
