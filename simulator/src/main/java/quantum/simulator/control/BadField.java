package quantum.simulator.control;

/** Indicates a control request that cannot be used because of one field. */
final class BadField extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final String field;

    BadField(String field, String why) {
        super(why, null, false, false);
        this.field = field;
    }

    String field() {
        return field;
    }

    String why() {
        return String.valueOf(getMessage());
    }
}
