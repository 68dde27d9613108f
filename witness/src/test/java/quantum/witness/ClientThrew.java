package quantum.witness;

/** Indicates that a call of a stranger's client ended with an exception of its own. */
final class ClientThrew extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String kind;

    ClientThrew(String kind, String message) {
        super(message);
        this.kind = kind;
    }

    /** The name of its class. */
    String kind() {
        return kind;
    }
}
