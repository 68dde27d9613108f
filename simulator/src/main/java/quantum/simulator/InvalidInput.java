package quantum.simulator;

/** Indicates that a file or a control request cannot be used; the message says where and why. */
public final class InvalidInput extends RuntimeException {

    private static final long serialVersionUID = 1;

    public InvalidInput(String message) {
        super(message);
    }
}
