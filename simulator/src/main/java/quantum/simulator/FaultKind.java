package quantum.simulator;

/** What a fault does. */
public enum FaultKind {
    /** Answers without executing. */
    HTTP,
    /** Executes, then answers something else. */
    HTTP_AFTER,
    /** Cuts the connection without executing. */
    LOST_BEFORE,
    /** Executes, then cuts the connection. */
    LOST_AFTER,
    /** Executes, then waits with the answer. */
    DELAY,
    /** The order is accepted and stays as it is. */
    NEVER_FILLS,
    /** Half of the order fills and the rest expires. */
    PARTIAL_THEN_EXPIRE,
    /** User stream frames are swallowed for a while. */
    SILENCE
}
