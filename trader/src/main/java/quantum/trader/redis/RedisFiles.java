package quantum.trader.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The embedded server's directory: binary, configuration, password, pid, port and log, for nobody else to read. */
record RedisFiles(Path directory) {

    /** In bytes: the least that Redis can be told. */
    static final String LARGEST_TEXT = "1048576";

    private static final int SECRET_BYTES = 24;

    static RedisFiles in(Path dataDirectory) throws IOException {
        Path directory = dataDirectory.toAbsolutePath().normalize().resolve("redis");
        Files.createDirectories(
                directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        return new RedisFiles(directory.toRealPath());
    }

    /** The password of this directory, made at the first start. */
    String password() throws IOException {
        Path file = directory.resolve("password");
        if (!Files.exists(file)) {
            byte[] secret = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(secret);
            writePrivate(file, HexFormat.of().formatHex(secret));
        }
        return Files.readString(file).strip();
    }

    /** The secret goes into a file: arguments are visible to every user of the machine. */
    Path writeConfiguration(int port, @Nullable String password) throws IOException {
        String text = """
                bind 127.0.0.1
                port %d
                daemonize yes
                dir %s
                pidfile %s
                logfile %s
                appendonly yes
                appendfsync always
                aof-load-truncated yes
                save ""
                maxmemory-policy noeviction
                proto-max-bulk-len %s
                """.formatted(port, quoted(directory), quoted(pidFile()), quoted(logFile()), LARGEST_TEXT);
        Path file = directory.resolve("redis.conf");
        writePrivate(file, password == null ? text : text + "requirepass " + password + "\n");
        writePrivate(directory.resolve("port"), port + (password == null ? "" : " password"));
        return file;
    }

    private static String quoted(Path path) {
        return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }

    Path pidFile() {
        return directory.resolve("redis.pid");
    }

    Path logFile() {
        return directory.resolve("redis.log");
    }

    /** The process of the last start, if it did not end in order. */
    OptionalLong pid() {
        try {
            String text = Files.exists(pidFile()) ? Files.readString(pidFile()).strip() : "";
            return text.matches("[0-9]{1,10}") ? OptionalLong.of(Long.parseLong(text)) : OptionalLong.empty();
        } catch (IOException _) {
            // It ended, and removed the file, between the two looks.
            return OptionalLong.empty();
        }
    }

    /** What the last start listened on: a port, and the word "password" if it asks for one. */
    String lastStart() throws IOException {
        Path file = directory.resolve("port");
        return Files.exists(file) ? Files.readString(file).strip() : "";
    }

    /** The last lines the server wrote, for the message of a failed start. */
    String logTail() throws IOException {
        if (!Files.exists(logFile())) {
            return "no log";
        }
        var lines = Files.readAllLines(logFile());
        return String.join(" | ", lines.subList(Math.max(0, lines.size() - 3), lines.size()));
    }

    private static void writePrivate(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, text, StandardOpenOption.WRITE);
    }
}
