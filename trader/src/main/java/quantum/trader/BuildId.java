package quantum.trader;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.security.CodeSource;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;

/**
 * Names what is running more exactly than its version, which every build of a day shares: by the commit that it was
 * built from, where that was known when it was built, else by its content.
 */
final class BuildId {

    private static final Attributes.Name COMMIT = new Attributes.Name("Quantum-Commit");
    private static final int LENGTH = 8;

    private BuildId() {}

    /** Such as {@code 0.1.0+7af11ea0c1d2} or {@code 0.1.0+content.1f0c9a2b}. */
    static String of(String version, Class<?> program) {
        CodeSource source = program.getProtectionDomain().getCodeSource();
        if (source == null) {
            return version;
        }
        try {
            Path place = Path.of(source.getLocation().toURI());
            return version + "+" + (Files.isDirectory(place) ? "content." + classes(place) : jar(place));
        } catch (IOException | UncheckedIOException | URISyntaxException _) {
            // A program that lost its files still runs for a while.
            return version;
        }
    }

    private static String jar(Path file) throws IOException {
        try (JarFile jar = new JarFile(file.toFile())) {
            String commit = jar.getManifest() == null
                    ? null
                    : jar.getManifest().getMainAttributes().getValue(COMMIT);
            if (commit != null && commit.matches("[0-9a-f]{7,40}(-changed)?")) {
                return commit;
            }
            List<String> entries = jar.stream()
                    .filter(entry -> entry.getName().startsWith("quantum/"))
                    .map((ZipEntry entry) -> entry.getName() + " " + Long.toHexString(entry.getCrc()))
                    .sorted()
                    .toList();
            return "content." + digest(entries);
        }
    }

    /** Of compiled classes beside each other: their names and sizes suffice where nobody ships them. */
    private static String classes(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return digest(files.filter(Files::isRegularFile)
                    .map(file -> directory.relativize(file) + " " + size(file))
                    .sorted()
                    .toList());
        }
    }

    private static long size(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class).size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String digest(List<String> lines) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            lines.forEach(line -> digest.update(line.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest()).substring(0, LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
