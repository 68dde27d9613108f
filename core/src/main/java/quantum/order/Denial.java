package quantum.order;

/** Why an order is not on the exchange. */
public record Denial(Kind kind, int code, String text) {

    /** The proof behind a denial. */
    public enum Kind {
        /** The exchange answered with an error code that excludes an execution. */
        DENIED,
        /** No byte of it left us. */
        NOT_SENT,
        /** The exchange proved that it never had it (INV-40). */
        ABSENT
    }

    public static Denial denied(int code, String text) {
        return new Denial(Kind.DENIED, code, text);
    }

    public static Denial notSent(String cause) {
        return new Denial(Kind.NOT_SENT, 0, cause);
    }

    public static Denial absent() {
        return new Denial(Kind.ABSENT, 0, "the exchange never had it");
    }
}
