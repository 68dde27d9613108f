package quantum.simulator;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/** What a conditional order sends when it fires: a quantity, or whatever the position then is. */
public record AlgoSize(
        @Nullable BigDecimal quantity, @Nullable BigDecimal limitPrice, boolean closePosition, boolean reduceOnly) {}
