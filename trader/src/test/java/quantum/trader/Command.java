package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One process of the program. */
final class Command {

    private final Process process;
    private final Path out;

    private Command(Process process, Path out) {
        this.process = process;
        this.out = out;
    }

    static Command start(Path data, int number, Map<String, String> environment, String... arguments) {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx160m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"),
                "quantum.trader.Main"));
        line.addAll(List.of(arguments));
        Path out = data.resolve("out-" + number);
        ProcessBuilder builder =
                new ProcessBuilder(line).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeIf(name -> name.contains("TESTNET") || name.startsWith("QUANTUM_"));
        builder.environment()
                .putAll(Map.of(
                        "QUANTUM_DATA", data.resolve("data").toString(),
                        "QUANTUM_HTTP_PORT", "0",
                        "QUANTUM_REDIS_PORT", "0"));
        builder.environment().putAll(environment);
        try {
            return new Command(builder.start(), out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    String output() {
        try {
            return Files.readString(out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    void awaitOutput(String words) {
        await().atMost(Floor.PATIENCE).until(() -> output().contains(words));
    }

    int exitCode() {
        return exitCode(60);
    }

    int exitCode(int seconds) {
        try {
            assertThat(process.waitFor(seconds, TimeUnit.SECONDS))
                    .as("ends in time: " + output())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return process.exitValue();
    }

    void terminate() {
        process.destroy();
    }

    void kill() {
        if (process.isAlive()) {
            process.destroy();
            exitCode(30);
        }
    }
}
