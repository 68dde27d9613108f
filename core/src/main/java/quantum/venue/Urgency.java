package quantum.venue;

/** How soon what comes in must be looked at. */
public enum Urgency {
    /** What the exchange says of the account: an execution may be a position without a stop. */
    ACCOUNT,
    /** An answer to a request of ours, or the end of a connection. */
    ANSWER,
    /** Prices, of which the next one comes soon. */
    PRICE
}
