package quantum.simulator;

/** The state of a conditional order, as the exchange names it (binance-usdm 4.5). */
public enum AlgoStatus {
    NEW,
    TRIGGERING,
    TRIGGERED,
    FINISHED,
    CANCELED,
    EXPIRED,
    REJECTED;

    public boolean open() {
        return this == NEW || this == TRIGGERING;
    }
}
