package quantum.trader.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one instance, locked by the operating system for as long as the process lives: two writers of one
 * account have doubled every close before (INC-I78).
 */
final class DataDirectory implements AutoCloseable {

    private final FileChannel channel;
    private final FileLock lock;

    private DataDirectory(FileChannel channel, FileLock lock) {
        this.channel = channel;
        this.lock = lock;
    }

    static DataDirectory own(Path directory) {
        Path file = directory.resolve("ledger.lock");
        try {
            create(directory);
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = tryLock(channel);
            if (lock == null) {
                String owner = Files.readString(file).strip();
                channel.close();
                throw new LedgerException.Owned(owner.isEmpty() ? "pid unknown" : owner);
            }
            String owner = "pid " + ProcessHandle.current().pid();
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(owner.getBytes(StandardCharsets.UTF_8)), 0);
            return new DataDirectory(channel, lock);
        } catch (IOException e) {
            throw new LedgerException("the data directory " + directory + " cannot be used: make it writable", e);
        }
    }

    /** Whoever has the directory locked, if anybody has. */
    static Optional<String> owner(Path directory) {
        try (DataDirectory _ = own(directory)) {
            return Optional.empty();
        } catch (LedgerException.Owned e) {
            return Optional.of(e.owner());
        }
    }

    private static void create(Path directory) throws IOException {
        if (FileSystems.getDefault().supportedFileAttributeViews().contains("posix") && !Files.exists(directory)) {
            Path parent = directory.toAbsolutePath().getParent();
            if (parent != null) {
                Files.createDirectories(parent);
            }
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        } else {
            Files.createDirectories(directory);
        }
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException _) {
            return null;
        }
    }

    @Override
    public void close() {
        try {
            lock.release();
            channel.close();
        } catch (IOException e) {
            throw new LedgerException("the lock of the data directory could not be released", e);
        }
    }
}
