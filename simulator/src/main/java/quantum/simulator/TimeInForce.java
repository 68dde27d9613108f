package quantum.simulator;

/** How long an order rests, as the exchange names it. */
public enum TimeInForce {
    GTC,
    IOC,
    FOK,
    GTX,
    /** Good till a date of the client's choice. */
    GTD;

    /** True when what is not filled at once stays in the book. */
    boolean rests() {
        return this == GTC || this == GTX || this == GTD;
    }
}
