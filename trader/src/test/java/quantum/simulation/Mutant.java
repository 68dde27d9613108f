package quantum.simulation;

/**
 * Bugs of the reports and of the peers, put in from outside where the shipped code meets the world, never as a switch in
 * it. A simulation that catches none of them would prove nothing (reliability 1.3).
 */
enum Mutant {
    /** The code as it ships. */
    NONE,
    /** A request whose answer is lost is sent again (P23). */
    SENDS_AGAIN,
    /** A lost answer is taken for a proof that nothing was sent (P7). */
    LOST_IS_NOT_SENT,
    /** Records count as durable before they are (M9, M11). */
    RECORDS_LATER,
    /** Whatever the exchange asks later, an intent's identity is forgotten with the process (M12, M13). */
    FORGETS_IDENTITIES,
    /** Orders without a known end are forgotten with the process (M15). */
    FORGETS_ORDERS,
    /** A message is acknowledged when it is read (M5 turned round). */
    ACKNOWLEDGES_FIRST,
    /** Placing a stop is answered as done, and is not done (M17). */
    STOPS_ARE_NOT_PLACED,
    /** A restart knows no positions of its own (INC-I01). */
    FORGETS_POSITIONS,
    /** "Not found" is told of orders that exist (M18). */
    FOUND_IS_NOT_FOUND
}
