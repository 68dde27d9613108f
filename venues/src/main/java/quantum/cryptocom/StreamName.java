package quantum.cryptocom;

/** The two sockets; by their names a loss is published. */
public enum StreamName {
    MARKET,
    PRIVATE
}
