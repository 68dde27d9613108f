package quantum.json;

/** Indicates that an exchange's text lacks a needed field or carries it in a form that says nothing. */
public final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Malformed(String message) {
        super(message);
    }
}
