package quantum.intent;

import java.math.BigDecimal;
import quantum.market.Quantity;

/** How much an intent wants to open. */
public sealed interface Size {

    /** Worth in the quote asset before leverage: quantity times price. */
    record Notional(BigDecimal usd) implements Size {}

    /** Units of the base asset. */
    record Units(Quantity quantity) implements Size {}
}
