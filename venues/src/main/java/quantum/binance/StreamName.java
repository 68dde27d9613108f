package quantum.binance;

/** The WebSockets that a session keeps open; each path of the exchange serves only its own streams (binance-usdm 1.2). */
public enum StreamName {
    /** The account's own events: orders, conditional orders, positions. */
    PRIVATE,
    /** Mark prices of all symbols, once a second. */
    MARKET,
    /** Orders and their answers, where they are not sent by REST. */
    ORDERS
}
