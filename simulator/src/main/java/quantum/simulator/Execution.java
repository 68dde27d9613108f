package quantum.simulator;

/** What just happened to an order, as the exchange names it. */
public enum Execution {
    NEW,
    TRADE,
    CANCELED,
    EXPIRED
}
