package quantum.trader.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.util.LibraryLoaderUtil;

/**
 * SQLite's own code, kept once in the data directory. The driver would unpack it into the temporary directory at each
 * start: a killed process left a copy there for ever, the next ones raced to take it away and told of it on the terminal,
 * and a temporary directory from which nothing may be run ended the program.
 */
final class SqliteLibrary {

    private static final Logger log = LoggerFactory.getLogger(SqliteLibrary.class);

    private static boolean kept;

    private SqliteLibrary() {}

    /** Has the driver of this process use the directory's copy; where that cannot be, the driver does as it always did. */
    @SuppressWarnings("restricted")
    static synchronized void useIn(Path directory) {
        if (kept || !OwnFiles.isOurs(directory)) {
            return;
        }
        try {
            Path file = keep(directory);
            System.load(file.toAbsolutePath().toString());
            System.setProperty("org.sqlite.lib.path", directory.toAbsolutePath().toString());
            System.setProperty("org.sqlite.lib.name", file.getFileName().toString());
            // The driver looks here for what killed processes left; none of ours leaves anything.
            System.setProperty("org.sqlite.tmpdir", directory.toAbsolutePath().toString());
            kept = true;
        } catch (IOException | UnsatisfiedLinkError e) {
            log.debug("SQLite's library is not used from {}: the driver unpacks its own", directory, e);
        }
    }

    /** Puts the library there unless it is there whole. */
    static Path keep(Path directory) throws IOException {
        String name = LibraryLoaderUtil.getNativeLibName();
        byte[] wanted = carried(name);
        Path file = directory.resolve(name);
        boolean isWhole = Files.isRegularFile(file) && Arrays.equals(Files.readAllBytes(file), wanted);
        return isWhole ? file : OwnFiles.replace(directory, name, wanted, OwnFiles.FILE);
    }

    private static byte[] carried(String name) throws IOException {
        String resource = LibraryLoaderUtil.getNativeLibResourcePath() + "/" + name;
        try (InputStream in = SqliteLibrary.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IOException("the driver carries no " + resource);
            }
            return in.readAllBytes();
        }
    }
}
