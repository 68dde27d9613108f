package quantum.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Strangers' packages, each of one version, fetched once into {@code target/strangers} by their registries' own tools. */
final class Packages {

    private static final Path FOLDER = Path.of("target", "strangers").toAbsolutePath();
    private static final int MOST_SECONDS = 60;

    /** Where a package stands; if it could not be had, the words why. */
    record Fetched(Path folder, String refusal) {

        boolean stands() {
            return refusal.isEmpty();
        }
    }

    private Packages() {}

    static Fetched npm(String name, String version) {
        var folder = FOLDER.resolve("npm-" + name + "-" + version);
        return fetch(
                folder,
                List.of(
                        "npm",
                        "install",
                        "--prefix",
                        folder.toString(),
                        "--no-audit",
                        "--no-fund",
                        "--ignore-scripts",
                        "--fetch-retries=1",
                        "--fetch-retry-mintimeout=1000",
                        "--fetch-timeout=15000",
                        name + "@" + version));
    }

    static Fetched pypi(String name, String version) {
        var folder = FOLDER.resolve("pypi-" + name + "-" + version);
        return fetch(
                folder,
                List.of(
                        "python3",
                        "-m",
                        "pip",
                        "install",
                        "--quiet",
                        "--disable-pip-version-check",
                        "--only-binary=:all:",
                        "--retries=1",
                        "--timeout=15",
                        "--target",
                        folder.toString(),
                        name + "==" + version));
    }

    private static Fetched fetch(Path folder, List<String> command) {
        var stamp = folder.resolve("fetched");
        try {
            if (Files.exists(stamp)) return new Fetched(folder, "");
            Files.createDirectories(folder);
            var refusal = run(command, folder.resolve("fetch.log"));
            if (refusal.isEmpty()) Files.createFile(stamp);
            return new Fetched(folder, refusal);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Why it failed, or nothing. */
    private static String run(List<String> command, Path log) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
        } catch (IOException absent) {
            return command.getFirst() + " is not installed";
        }
        try {
            if (!process.waitFor(MOST_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return command.getFirst() + " did not end within " + MOST_SECONDS + " s";
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            throw new AssertionError(interrupted);
        }
        if (process.exitValue() == 0) return "";
        var words = new ArrayList<>(Files.readAllLines(log));
        words.removeIf(String::isBlank);
        return command.getFirst() + " ended with " + process.exitValue() + ": " + String.join(" / ", words);
    }
}
