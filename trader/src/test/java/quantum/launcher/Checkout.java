package quantum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The launcher as it lies in a checkout, with a program that has this build's classes, a source, and a PATH in which
 * there is no Maven but one that a test puts there.
 */
final class Checkout {

    static final Path JAR = Path.of("trader", "target", "quantum-trader.jar");

    private static final List<String> TOOLS = List.of(
            "bash",
            "basename",
            "cat",
            "chmod",
            "cp",
            "cut",
            "date",
            "dirname",
            "env",
            "find",
            "flock",
            "grep",
            "head",
            "id",
            "locale",
            "ls",
            "mkdir",
            "mktemp",
            "mv",
            "printf",
            "python3",
            "readlink",
            "rm",
            "sed",
            "sha256sum",
            "sha512sum",
            "sleep",
            "tail",
            "tar",
            "touch",
            "tr",
            "uname");

    private final Path directory;
    private int runs;

    private Checkout(Path directory) {
        this.directory = directory;
    }

    /** Lays it out in an empty directory. */
    static Checkout in(Path directory) throws IOException {
        Checkout checkout = new Checkout(directory);
        Files.copy(Path.of("..", "quantum"), directory.resolve("quantum"), StandardCopyOption.COPY_ATTRIBUTES);
        copy(Path.of("..", "etc"), directory.resolve("etc"));
        Files.createDirectories(directory.resolve("core/src/main"));
        Files.writeString(directory.resolve("core/src/main/Source.java"), "");
        Files.writeString(directory.resolve("pom.xml"), "");
        checkout.age(Duration.ofHours(1));
        tools();
        return checkout;
    }

    /** The tools of a machine without Maven, laid once for all tests. */
    private static synchronized Path tools() throws IOException {
        Path tools = Files.createDirectories(Path.of("target", "tools-without-maven"))
                .toAbsolutePath();
        for (String tool : TOOLS) {
            for (String folder : List.of("/usr/bin", "/bin")) {
                Path real = Path.of(folder, tool);
                if (Files.exists(real) && !Files.exists(tools.resolve(tool))) {
                    link(tools.resolve(tool), real);
                }
            }
        }
        return tools;
    }

    private static void link(Path link, Path real) throws IOException {
        try {
            Files.createSymbolicLink(link, real);
        } catch (FileAlreadyExistsException e) {
            // Another JVM of the run was faster.
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to);
        try (Stream<Path> files = Files.list(from)) {
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        }
    }

    /** With a program that is newer than its source. */
    Checkout built() throws IOException {
        Manifest manifest = new Manifest();
        Attributes main = manifest.getMainAttributes();
        main.put(Attributes.Name.MANIFEST_VERSION, "1.0");
        main.put(Attributes.Name.MAIN_CLASS, "quantum.trader.Main");
        main.put(
                Attributes.Name.CLASS_PATH,
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(each -> Path.of(each).toAbsolutePath().toUri().toString())
                        .collect(Collectors.joining(" ")));
        Files.createDirectories(directory.resolve(JAR).getParent());
        new JarOutputStream(Files.newOutputStream(directory.resolve(JAR)), manifest).close();
        return this;
    }

    /** With a source that is newer than the program. */
    Checkout pulled() throws IOException {
        age(Duration.ofHours(-1));
        return this;
    }

    private void age(Duration since) throws IOException {
        FileTime time = FileTime.from(Instant.now().minus(since));
        Files.setLastModifiedTime(directory.resolve("core/src/main/Source.java"), time);
        Files.setLastModifiedTime(directory.resolve("pom.xml"), FileTime.from(Instant.EPOCH));
    }

    /** With a Maven that runs these lines of shell instead of a build. */
    Checkout maven(String lines) throws IOException {
        Path file = Files.createDirectories(directory.resolve("bin")).resolve("mvn");
        // More words about itself than a pipe holds: whoever stops reading after the first line breaks it.
        String version = "[ \"$1\" = --version ] && echo 'Apache Maven 3.9.11' && printf '%s\\n' {1..20000} && exit\n";
        Files.writeString(file, "#!/usr/bin/env bash\n" + version + lines + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return this;
    }

    Path directory() {
        return directory;
    }

    /** Starts a line of shell in the checkout; what both its outputs print is one text. */
    Run start(Map<String, String> environment, String line) {
        Path script = directory.resolve("line-" + runs + ".sh");
        Path out = directory.resolve("line-" + runs++ + ".out");
        try {
            Map<String, String> all = new HashMap<>(Map.of(
                    "PATH", directory.resolve("bin") + ":" + tools(),
                    "HOME", directory.resolve("home").toString(),
                    "JAVA_HOME", System.getProperty("java.home")));
            all.putAll(environment);
            // The JVM of the tests may itself have no UTF-8 to pass arguments in.
            Files.writeString(script, line + "\n", StandardCharsets.UTF_8);
            ProcessBuilder builder = new ProcessBuilder(tools().resolve("bash").toString(), script.toString())
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(out.toFile());
            builder.environment().clear();
            builder.environment().putAll(all);
            return new Run(builder.start(), out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A line that was started. */
    record Run(Process process, Path out) {

        String output() {
            try {
                return Files.readString(out);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        Run awaitOutput(String words) {
            await().atMost(Duration.ofMinutes(3)).until(() -> {
                assertThat(process.isAlive() || output().contains(words))
                        .as(output())
                        .isTrue();
                return output().contains(words);
            });
            return this;
        }

        int exitCode() {
            try {
                assertThat(process.waitFor(300, TimeUnit.SECONDS))
                        .as("ends in time: " + output())
                        .isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return process.exitValue();
        }

        /** Ends the line and what it started, with time to end well. */
        void end() {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
            exitCode();
        }
    }
}
