package quantum.simulator;

/** What just happened to an order, as the exchange names it. */
public enum Execution {
    NEW,
    TRADE,
    /** A liquidation by the exchange. */
    CALCULATED,
    AMENDMENT,
    CANCELED,
    EXPIRED
}
