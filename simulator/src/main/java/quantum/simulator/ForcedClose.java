package quantum.simulator;

/** Why the exchange itself closed a position; the client id says so (binance-usdm 5.2). */
public enum ForcedClose {
    LIQUIDATION("autoclose-"),
    ADL("adl_autoclose"),
    SETTLEMENT("settlement_autoclose-");

    private final String prefix;

    ForcedClose(String prefix) {
        this.prefix = prefix;
    }

    /** The client id of such an order: numbered, but for deleveraging. */
    String clientId(long number) {
        return this == ADL ? prefix : prefix + number;
    }
}
