package quantum.simulator.spot;

/** Why the spot exchange refuses a request. */
public enum SpotRefusal {
    UNKNOWN_INSTRUMENT,
    NOT_TRADABLE,
    NO_MARK,
    QUANTITY_INVALID,
    PRICE_INVALID,
    TYPE_INVALID,
    REFERENCE_INVALID,
    DUPLICATE_CLIENT_ID,
    TOO_FAR,
    TOO_LARGE,
    TOO_SMALL,
    TOO_MANY,
    POOR,
    POST_ONLY_MARKET,
    UNKNOWN_ORDER,
    FINISHED,
    /** A trigger on the side of the market where it would fire at once. */
    TRIGGER_PASSED,
    /** Orders that make no list. */
    LIST_INVALID;

    /** How an advanced order that was rejected for it says so. */
    String rejection() {
        return this == POOR ? "INSUFFICIENT_ACC_BALANCE" : name();
    }
}
