package quantum.trader.command;

/** Indicates that a command line or a configuration cannot be meant; the message names cause and next step. */
final class UsageError extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageError(String message) {
        super(message, null, false, false);
    }
}
