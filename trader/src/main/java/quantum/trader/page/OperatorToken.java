package quantum.trader.page;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What proves that somebody may change the state: a secret in a file that only the service's own user can read. */
public final class OperatorToken {

    /** Its name in the data directory. */
    public static final String FILE = "operator.token";

    private static final int BYTES = 32;
    private static final String SCHEME = "Bearer ";
    private static final Set<PosixFilePermission> OWNERS =
            EnumSet.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final byte[] secret;

    private OperatorToken(String secret) {
        this.secret = secret.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The token of a data directory; it is made at the first start.
     *
     * @throws PageUnavailable if the file cannot be used, or can be read by others
     */
    public static OperatorToken in(Path data) {
        Path file = data.resolve(FILE);
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            PosixFileAttributeView rights = Files.getFileAttributeView(file, PosixFileAttributeView.class);
            if (rights != null && !OWNERS.containsAll(rights.readAttributes().permissions())) {
                throw new PageUnavailable(file + " can be read by others than its owner; chmod 600 it", null);
            }
            return new OperatorToken(
                    read(data).orElseThrow(() -> new PageUnavailable(file + " is empty; remove it", null)));
        } catch (IOException e) {
            throw new PageUnavailable("the operator's token " + file + " cannot be used: make it readable", e);
        }
    }

    private static void create(Path file) throws IOException {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        String text = Base64.getUrlEncoder().withoutPadding().encodeToString(random) + "\n";
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        FileAttribute<?>[] rights =
                posix ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNERS)} : new FileAttribute<?>[0];
        // Created with its rights, so that no moment exists in which others can read it.
        try (var channel =
                Files.newByteChannel(file, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), rights)) {
            channel.write(StandardCharsets.UTF_8.encode(text));
        }
    }

    /** What the file holds, for a program of the same user that wants to order something. */
    public static Optional<String> read(Path data) throws IOException {
        Path file = data.resolve(FILE);
        return Files.exists(file)
                ? Optional.of(Files.readString(file).strip()).filter(text -> !text.isEmpty())
                : Optional.empty();
    }

    /** Whether the header of a request proves it; the time to say no tells nothing of the secret. */
    boolean isProvenBy(@Nullable String authorization) {
        return authorization != null
                && authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
                && MessageDigest.isEqual(
                        secret, authorization.substring(SCHEME.length()).strip().getBytes(StandardCharsets.UTF_8));
    }
}
