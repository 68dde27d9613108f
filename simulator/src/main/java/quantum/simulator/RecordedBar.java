package quantum.simulator;

import java.math.BigDecimal;

/** One bar of a price file; it begins at this epoch millisecond. */
record RecordedBar(long at, BigDecimal open, BigDecimal high, BigDecimal low, BigDecimal close) {}
