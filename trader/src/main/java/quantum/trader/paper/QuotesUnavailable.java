package quantum.trader.paper;

/** Indicates that the exchange's public prices or rules cannot be had; nothing is invented instead. */
public final class QuotesUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String nextStep;

    QuotesUnavailable(String cause, String nextStep) {
        super(cause, null, false, false);
        this.nextStep = nextStep;
    }

    public String nextStep() {
        return nextStep;
    }
}
