package quantum.simulator;

/** How long an order rests, as the exchange names it. */
public enum TimeInForce {
    GTC,
    IOC,
    FOK,
    GTX
}
