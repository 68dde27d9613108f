package quantum.simulator;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** Prices of one symbol from outside; the book is absent where only its mark is known. */
public record Quote(
        String symbol,
        BigDecimal mark,
        @Nullable BigDecimal bid,
        @Nullable BigDecimal ask) {}
