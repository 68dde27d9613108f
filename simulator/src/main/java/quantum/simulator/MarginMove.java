package quantum.simulator;

import java.math.BigDecimal;

/** Margin that a customer moved into an isolated position, or with a negative amount out of it. */
public record MarginMove(String symbol, PositionSide side, BigDecimal amount, long at) {}
