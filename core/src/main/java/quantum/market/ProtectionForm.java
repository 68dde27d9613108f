package quantum.market;

/** How the stop and the target of a position rest on the exchange. */
public enum ProtectionForm {
    /** Two orders, each of which closes all of the position whatever its size; what they sell stays free for a close. */
    FOLLOWING,
    /**
     * One pair by quantity, of which each order cancels the other (OCO). It holds what it would sell, so that it is taken
     * off before anything else can close the position, and placed anew where a level or the quantity changes.
     */
    PAIR
}
