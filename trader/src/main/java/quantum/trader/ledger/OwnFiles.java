package quantum.trader.ledger;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Directories and files that nobody else may read, whoever makes them first: ledger, locks, token and Redis. */
public final class OwnFiles {

    static final String FILE = "rw-------";
    static final String DIRECTORY = "rwx------";
    /** Of a file that is run. */
    public static final String PROGRAM = "rwx------";
    /** What says that a directory is one of ours and may be closed to others. */
    private static final String MARK = "ledger.lock";

    private OwnFiles() {}

    /** Makes a directory, and those above it, unless it is there. */
    public static void makeDirectory(Path directory) throws IOException {
        Path parent = directory.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        if (!Files.isDirectory(directory)) {
            try {
                Optional<FileAttribute<Set<PosixFilePermission>>> own = permissions(directory, DIRECTORY);
                if (own.isPresent()) {
                    Files.createDirectory(directory, own.get());
                } else {
                    Files.createDirectory(directory);
                }
            } catch (FileAlreadyExistsException e) {
                if (!Files.isDirectory(directory)) {
                    throw e;
                }
            }
        }
    }

    /** Makes an empty file of our own unless it is there, and closes one that is there to others. */
    public static void makeFile(Path file) throws IOException {
        if (!Files.exists(file)) {
            try {
                Optional<FileAttribute<Set<PosixFilePermission>>> own = permissions(file, FILE);
                if (own.isPresent()) {
                    Files.createFile(file, own.get());
                } else {
                    Files.createFile(file);
                }
            } catch (FileAlreadyExistsException _) {
                // Somebody was faster.
            }
        }
        close(file, FILE);
    }

    /** Puts a file in place of whatever is there; nobody, whenever the process ends, ever sees a part of it under its name. */
    public static Path replace(Path directory, String name, byte[] content, String permissions) throws IOException {
        Path fresh = Files.createTempFile(directory, name, ".part");
        try {
            Files.write(fresh, content);
            PosixFileAttributeView view = view(fresh);
            if (view != null) {
                view.setPermissions(PosixFilePermissions.fromString(permissions));
            }
            return Files.move(
                    fresh,
                    directory.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Closes a data directory to others if it is empty or was used as one; true if others can still enter it. */
    public static boolean closeDirectory(Path directory) throws IOException {
        boolean ours = isOurs(directory);
        if (!ours) {
            try (Stream<Path> found = Files.list(directory)) {
                ours = found.findFirst().isEmpty();
            }
        }
        if (ours) {
            close(directory, DIRECTORY);
        }
        return isOpen(directory);
    }

    /** Whether a service has used the directory as its own. */
    static boolean isOurs(Path directory) {
        return Files.exists(directory.resolve(MARK));
    }

    private static void close(Path path, String permissions) throws IOException {
        PosixFileAttributeView view = view(path);
        if (view != null && isOpen(path)) {
            try {
                view.setPermissions(PosixFilePermissions.fromString(permissions));
            } catch (IOException e) {
                // Somebody else's, who let us use it: it stays as he made it, and whoever asks is told so.
                if (!Files.isWritable(path)) {
                    throw e;
                }
            }
        }
    }

    private static boolean isOpen(Path path) throws IOException {
        PosixFileAttributeView view = view(path);
        return view != null
                && view.readAttributes().permissions().stream()
                        .anyMatch(permission -> !permission.name().startsWith("OWNER"));
    }

    private static @org.jspecify.annotations.Nullable PosixFileAttributeView view(Path path) {
        return Files.getFileAttributeView(path, PosixFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
    }

    static Optional<FileAttribute<Set<PosixFilePermission>>> permissions(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? Optional.of(PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)))
                : Optional.empty();
    }
}
