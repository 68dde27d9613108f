package quantum.trader.command;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Indicates that a command line or a configuration cannot be meant; the message names cause and next step. */
final class UsageError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageError(String message) {
        super(message, null, false, false);
    }

    /** Refuses a file that is named and not there. */
    static void requireFile(String option, @Nullable Path file) {
        if (file != null && !Files.isRegularFile(file)) {
            throw new UsageError("there is no file " + file + "; check the path after " + option);
        }
    }

    /** Refuses what is no port; 0 is a free one. */
    static void requirePort(String option, int port) {
        if (port < 0 || port > 65_535) {
            throw new UsageError(option + " " + port + " is no port. Use one from 1 to 65535, or 0 for a free one.");
        }
    }
}
