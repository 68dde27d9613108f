package quantum.simulator.binance;

/** What a request must prove before it is looked at (binance-usdm 2.1). */
enum Security {
    NONE,
    KEY,
    SIGNED
}
