package quantum.simulator;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** When a conditional order fires: at a price, or behind the best price by a percentage. */
public record Trigger(
        @Nullable BigDecimal price,
        @Nullable BigDecimal activation,
        @Nullable BigDecimal callbackPercent,
        boolean byMark,
        boolean protectedPrice) {}
