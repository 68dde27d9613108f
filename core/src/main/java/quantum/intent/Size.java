package quantum.intent;

import java.math.BigDecimal;
import quantum.market.Decimals;
import quantum.market.Quantity;

/** How much an intent wants to open. */
public sealed interface Size {

    /** Worth in the quote asset before leverage: quantity times price. Equal worths are equal: 100 and 100.0. */
    record Notional(BigDecimal usd) implements Size {
        public Notional {
            usd = Decimals.plain(usd);
        }
    }

    /** Units of the base asset. */
    record Units(Quantity quantity) implements Size {}
}
