package quantum.trader.ledger;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory of one instance, locked by the operating system for as long as the process lives: two writers of one
 * account have doubled every close before (INC-I78).
 */
final class DataDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(DataDirectory.class);
    private static final List<String> FILES = List.of("ledger.db", "ledger.db-wal", "ledger.db-shm", "exchange.json");

    private final LockFile lock;
    private final String id;

    private DataDirectory(LockFile lock, String id) {
        this.lock = lock;
        this.id = id;
    }

    static Path lockIn(Path directory) {
        return directory.resolve("ledger.lock");
    }

    static DataDirectory own(Path directory) {
        try {
            OwnFiles.makeDirectory(directory);
            boolean open = OwnFiles.closeDirectory(directory);
            LockFile lock = LockFile.take(lockIn(directory));
            try {
                if (open) {
                    log.warn("others may enter the data directory {}; make it 0700", directory);
                }
                OwnFiles.makeFile(directory.resolve(FILES.getFirst()));
                for (String name : FILES) {
                    if (Files.exists(directory.resolve(name))) {
                        OwnFiles.makeFile(directory.resolve(name));
                    }
                }
                return new DataDirectory(lock, id(directory.resolve("owner.id")));
            } catch (IOException e) {
                lock.close();
                throw e;
            }
        } catch (LockFile.Taken e) {
            throw new LedgerException.Owned(e.owner());
        } catch (IOException e) {
            throw new LedgerException("the data directory " + directory + " cannot be used: make it writable", e);
        }
    }

    private static String id(Path file) throws IOException {
        OwnFiles.makeFile(file);
        String id = Files.readString(file).strip();
        if (id.isEmpty()) {
            id = UUID.randomUUID().toString();
            Files.write(file, id.getBytes(StandardCharsets.UTF_8));
        }
        return id;
    }

    /** Names this directory, and whoever has it, among others. */
    String id() {
        return id;
    }

    /** Whoever has the directory locked, if anybody has. */
    static Optional<String> owner(Path directory) {
        if (!Files.exists(lockIn(directory))) {
            // Who only looks makes nothing: another instance could take a lock that was made here.
            return Optional.empty();
        }
        try {
            OwnFiles.makeDirectory(directory);
            return LockFile.owner(lockIn(directory));
        } catch (IOException e) {
            throw new LedgerException("the data directory " + directory + " cannot be used: make it writable", e);
        }
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new LedgerException("the lock of the data directory could not be released", e);
        }
    }
}
