package quantum.simulator;

/** Indicates that the exchange refused a request; nothing was changed. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Refusal reason;
    private final String detail;

    Refused(Refusal reason) {
        this(reason, "");
    }

    Refused(Refusal reason, String detail) {
        super(reason + " " + detail, null, false, false);
        this.reason = reason;
        this.detail = detail;
    }

    public Refusal reason() {
        return reason;
    }

    /** The limit that was broken, where the venue's text names it; else empty. */
    public String detail() {
        return detail;
    }
}
