package quantum.intent;

/** Indicates that a field is present and cannot be what it must be. */
final class BadField extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;
    private final Refusal why;

    BadField(String field, String detail) {
        this(field, detail, Refusal.SCHEMA_INVALID);
    }

    BadField(String field, String detail, Refusal why) {
        super(field + " " + detail, null, false, false);
        this.field = field;
        this.why = why;
    }

    Refusal why() {
        return why;
    }

    /** As the producer wrote it. */
    String field() {
        return field;
    }

    String detail() {
        String message = getMessage();
        return message == null ? field : message;
    }
}
