package quantum.trader.ledger;

import org.jspecify.annotations.Nullable;

/** Indicates that the ledger cannot be opened or read. The message says what to do next. */
public class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Indicates that another process has the ledger; exit code 5. */
    public static final class Owned extends LedgerException {
        private static final long serialVersionUID = 1L;

        private final String owner;

        Owned(String owner) {
            super(
                    "the ledger is owned by another instance (" + owner
                            + "); stop it, or choose another data directory",
                    null);
            this.owner = owner;
        }

        String owner() {
            return owner;
        }
    }
}
