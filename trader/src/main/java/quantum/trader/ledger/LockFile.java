package quantum.trader.ledger;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file that one process has, by the operating system's word, for as long as it lives; it names the process. It is never
 * deleted: whoever opened it before would then have another one than whoever comes after.
 */
final class LockFile implements AutoCloseable {

    /** Closing any channel of a file lets go what this process has of it, so that one in hand is not opened again. */
    private static final Set<Path> IN_HAND = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;

    private LockFile(Path file, FileChannel channel, FileLock lock) {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
    }

    /** Who has it, where somebody has. */
    static final class Taken extends Exception {
        private static final long serialVersionUID = 1L;

        private final String owner;

        Taken(String owner) {
            super(owner, null, false, false);
            this.owner = owner;
        }

        String owner() {
            return owner;
        }
    }

    /** Takes it for this process, in a directory that there is. */
    static LockFile take(Path path) throws IOException, Taken {
        Path file = path.toAbsolutePath().normalize();
        String self = "pid " + ProcessHandle.current().pid();
        if (!IN_HAND.add(file)) {
            throw new Taken(self);
        }
        FileChannel channel = null;
        try {
            channel = FileChannel.open(
                    file,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                    OwnFiles.permissions(file, OwnFiles.FILE)
                            .map(own -> new FileAttribute<?>[] {own})
                            .orElse(new FileAttribute<?>[0]));
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw new Taken(owner(channel));
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(self.getBytes(StandardCharsets.UTF_8)), 0);
            return new LockFile(file, channel, lock);
        } catch (IOException | Taken e) {
            close(channel);
            IN_HAND.remove(file);
            throw e;
        }
    }

    /** Who has it now, if anybody has. */
    static Optional<String> owner(Path path) throws IOException {
        try (LockFile _ = take(path)) {
            return Optional.empty();
        } catch (Taken e) {
            return Optional.of(e.owner());
        }
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer text = ByteBuffer.allocate(64);
        int read = channel.read(text, 0);
        return read <= 0 ? "pid unknown" : new String(text.array(), 0, read, StandardCharsets.UTF_8).strip();
    }

    private static void close(@Nullable FileChannel channel) throws IOException {
        if (channel != null) {
            channel.close();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            lock.release();
            channel.close();
        } finally {
            IN_HAND.remove(file);
        }
    }
}
