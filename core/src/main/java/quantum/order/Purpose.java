package quantum.order;

/** Why an order exists. Guards, holds and limits apply to OPEN alone (law 5: nothing blocks an exit). */
public enum Purpose {
    /** Adds exposure. */
    OPEN,
    /** Reduces or ends a position; carries reduce-only. */
    CLOSE,
    /** Rests on the exchange to end a position at a level. */
    PROTECT
}
