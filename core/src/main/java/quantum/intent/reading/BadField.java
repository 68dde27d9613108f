package quantum.intent.reading;

import quantum.intent.Refusal;

/**
 * Indicates that a field is present and cannot be what it must be. {@link IntentReader} makes a report or a dead
 * letter of it; it never leaves the package.
 */
final class BadField extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final String field;
    private final Refusal why;

    /** The detail is read behind the name of the field. */
    BadField(String field, String detail) {
        this(field, detail, Refusal.SCHEMA_INVALID);
    }

    BadField(String field, String detail, Refusal why) {
        // Without a stack trace: of a producer that changed its form nearly everything is refused (INC-I47: 75 of
        // 76), and where a field was read in here says nothing to it.
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

    /** The field and what is wrong with it, as the report shows them. */
    String detail() {
        String message = getMessage();
        return message == null ? field : message;
    }
}
