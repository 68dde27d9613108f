package quantum.decision;

/** What a wake-up is about. The subject is a client order id, an epoch or empty. */
public record Timer(Kind kind, String subject) {

    /** The desk's reasons to be woken. */
    public enum Kind {
        /** Ask about an unfilled or unconfirmed order. */
        ASK_ORDER,
        /** The fill wait is over. */
        FILL_WAIT,
        /** The report of a filled order need not wait longer for the ids of its protection. */
        REPORT,
        /** Look at a position's protection: place again, or close by rule. */
        PROTECTION,
        /** A level was passed and the exchange should have acted. */
        LEVEL_PASSED,
        /** A position has lasted as long as it may, or its deadline is an hour nearer; the subject is its epoch. */
        DEADLINE,
        /** A close by the desk's own decision is due again; the subject is epoch and reason. */
        EXIT,
        /** What the closes of a position sell is free: they leave; the subject is its epoch. */
        CLOSE_FREED,
        /** Look whether what was ordered to be closed is, and go on. */
        FLATTEN,
        /** Look whether a position that is being reversed is proven flat; the subject is an intent. */
        REVERSAL,
        /** Ask again for a position that a reading lacked; the subject is its epoch. */
        DOUBT,
        /** Look whether what the user stream told of an amount is what is known; the subject is its place. */
        AMOUNT,
        /** Read a closed position's trades. */
        SETTLE,
        /** Read what was paid for ended positions, or tell an end without it; the subject is empty or an epoch. */
        INCOME,
        /** Compare with the exchange. */
        BOOTSTRAP,
        /** Compare with the list of resting orders. */
        RESTS,
        /** Read the account's margin. */
        ACCOUNT,
        /** Look whether the exchange is still heard. */
        CONTACT,
        /** What held opens back may be over. */
        OPENS
    }
}
