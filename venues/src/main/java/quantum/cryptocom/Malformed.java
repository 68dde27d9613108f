package quantum.cryptocom;

/** Indicates that the exchange's text lacks a needed field or carries it in a form that says nothing. */
final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }
}
