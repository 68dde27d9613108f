package quantum.binance;

/** Indicates that the exchange's text lacks a needed field or carries it in another type. */
final class Malformed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Malformed(String message) {
        super(message);
    }
}
