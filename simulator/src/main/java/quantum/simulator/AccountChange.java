package quantum.simulator;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Why and how money or positions of an account changed. The symbol is given for funding alone; moved is what changed the
 * wallet of the first asset apart from profit and commission.
 */
public record AccountChange(
        Reason reason, @Nullable String symbol, BigDecimal moved, List<String> assets, List<Position> positions) {

    public AccountChange {
        assets = List.copyOf(assets);
        positions = List.copyOf(positions);
    }

    /** The causes as the exchange names them (binance-usdm 5.3, field m). */
    public enum Reason {
        ORDER,
        FUNDING_FEE,
        INSURANCE_CLEAR,
        DEPOSIT,
        MARGIN_TRANSFER,
        WITHDRAW
    }

    /** By a trade, which changes what its margin is in and what its fee was paid in. */
    static AccountChange byOrder(Position position, String asset, String feeAsset) {
        var assets = feeAsset.equals(asset) ? List.of(asset) : List.of(asset, feeAsset);
        return new AccountChange(Reason.ORDER, null, BigDecimal.ZERO, assets, List.of(position));
    }
}
