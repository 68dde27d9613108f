package quantum.trader.command;

/** Indicates that something was refused or could not be proven; exit code 6. */
final class NotProven extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotProven(String message) {
        super(message, null, false, false);
    }
}
