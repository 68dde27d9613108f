package quantum.simulator;

/** How the engine is to treat an order that a fault was set for. */
public enum Treatment {
    NORMAL,
    NEVER_FILLS,
    PARTIAL_THEN_EXPIRE
}
