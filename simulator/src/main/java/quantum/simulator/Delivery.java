package quantum.simulator;

/** How much of an answer reaches the client. */
public enum Delivery {
    WHOLE,
    /** Half of the announced bytes, then the connection is reset. */
    HALF,
    /** The connection is reset without a byte. */
    NONE
}
