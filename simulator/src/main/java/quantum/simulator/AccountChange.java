package quantum.simulator;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why and how money or positions of an account changed. The symbol is given for funding alone; moved is what changed the
 * wallet apart from profit and commission, in USDT.
 */
public record AccountChange(Reason reason, @Nullable String symbol, BigDecimal moved, List<Position> positions) {

    /** The causes as the exchange names them (binance-usdm 5.3, field m). */
    public enum Reason {
        ORDER,
        FUNDING_FEE,
        INSURANCE_CLEAR,
        DEPOSIT,
        MARGIN_TRANSFER,
        WITHDRAW
    }

    static AccountChange byOrder(Position position) {
        return new AccountChange(Reason.ORDER, null, BigDecimal.ZERO, List.of(position));
    }
}
