package quantum.trader;

import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The classes of this test run, loaded and linked once for every process that the tests start: a start of the service then
 * takes about half the time of the processor. The JVM archives classes of jars alone, so each directory of the class path
 * is packed first. Made by the first process that asks, read by all.
 */
final class StartArchive {

    private static final Path DIRECTORY = Path.of("target", "start-archive").toAbsolutePath();
    private static final Path ARCHIVE = DIRECTORY.resolve("classes.aot");
    private static final Path MADE = DIRECTORY.resolve("made");
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private static @Nullable StartArchive here;

    private final String classPath;

    private StartArchive(String classPath) {
        this.classPath = classPath;
    }

    /** That of this test run. */
    static synchronized StartArchive here() {
        if (here == null) {
            here = made();
        }
        return here;
    }

    /** What this run's classes are packed into. */
    String classPath() {
        return classPath;
    }

    List<String> options() {
        return Files.exists(ARCHIVE) ? List.of("-XX:AOTCache=" + ARCHIVE) : List.of();
    }

    private static StartArchive made() {
        List<Path> entries = Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .toList();
        try {
            Files.createDirectories(DIRECTORY);
            try (FileChannel lock = FileChannel.open(
                            DIRECTORY.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var _ = lock.lock()) {
                String stamp = stamp(entries);
                StartArchive archive = new StartArchive(packedPath(entries));
                if (!Files.exists(MADE) || !Files.readString(MADE).equals(stamp)) {
                    Files.deleteIfExists(MADE);
                    Files.deleteIfExists(ARCHIVE);
                    pack(entries);
                    archive.train();
                    Files.writeString(MADE, stamp);
                }
                return archive;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The class path and when the newest file of its directories was written. */
    private static String stamp(List<Path> entries) throws IOException {
        long newest = 0;
        for (Path directory : directories(entries)) {
            for (Path file : filesOf(directory)) {
                newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
            }
        }
        return newest + " " + entries;
    }

    private static List<Path> directories(List<Path> entries) {
        return entries.stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> filesOf(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile)
                    .sorted(Comparator.naturalOrder())
                    .toList();
        }
    }

    private static String packedPath(List<Path> entries) {
        List<Path> directories = directories(entries);
        List<String> packed = new ArrayList<>();
        for (Path entry : entries) {
            int number = directories.indexOf(entry);
            packed.add(number < 0 ? entry.toString() : jar(number).toString());
        }
        return String.join(File.pathSeparator, packed);
    }

    private static Path jar(int number) {
        return DIRECTORY.resolve(number + ".jar");
    }

    private static void pack(List<Path> entries) throws IOException {
        List<Path> directories = directories(entries);
        for (int i = 0; i < directories.size(); i++) {
            Path directory = directories.get(i);
            try (OutputStream file = Files.newOutputStream(jar(i));
                    ZipOutputStream zip = new ZipOutputStream(file)) {
                zip.setLevel(1);
                for (Path content : filesOf(directory)) {
                    zip.putNextEntry(new ZipEntry(
                            directory.relativize(content).toString().replace(File.separatorChar, '/')));
                    Files.copy(content, zip);
                }
            }
        }
    }

    /** The JVM writes the archive when the service that it has watched ends. */
    private void train() {
        Path data = DIRECTORY.resolve("data");
        Command service = Command.startWith(
                List.of("-XX:AOTCacheOutput=" + ARCHIVE),
                classPath,
                DIRECTORY.resolve("output"),
                Map.of("QUANTUM_DATA", data.toString(), "QUANTUM_HTTP_PORT", "0", "QUANTUM_REDIS_PORT", "0"),
                "run");
        try {
            await().atMost(LONGEST)
                    .until(() -> service.output().contains("Startup self-test PASSED") || !service.isAlive());
        } finally {
            service.terminate();
            service.exitCode((int) LONGEST.toSeconds());
        }
    }
}
