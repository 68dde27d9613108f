package quantum.simulator;

/** How the engine is to treat an order that a fault was set for. */
public enum Treatment {
    NORMAL,
    NEVER_FILLS,
    PARTIAL_THEN_EXPIRE,
    /** Of a conditional order alone: its real order is refused (binance-usdm 4.5). */
    REJECTED_AT_TRIGGER,
    /** Of a conditional order alone: it is FINISHED with nothing executed (binance-usdm 4.5). */
    UNFILLED_AT_TRIGGER
}
