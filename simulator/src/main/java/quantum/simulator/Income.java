package quantum.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One change of an account's money: negative when it was paid, zero trade where it came from none (binance-usdm 7). The
 * position it was for is known to these books alone, absent where it was for none; the exchange's list does not tell it.
 */
public record Income(
        Kind kind,
        String symbol,
        @Nullable PositionSide position,
        BigDecimal amount,
        String asset,
        long at,
        long id,
        long trade) {

    /** The kinds as the exchange names them. */
    public enum Kind {
        TRANSFER,
        REALIZED_PNL,
        FUNDING_FEE,
        COMMISSION,
        INSURANCE_CLEAR
    }

    /** Everything an account paid and received, oldest first. */
    public static List<Income> of(Account account, Prices prices) {
        var all = new ArrayList<Income>(account.transfers());
        for (var fill : account.fills()) {
            if (fill.realized().signum() != 0) {
                var asset = prices.asset(fill.order().terms().symbol());
                all.add(of(Kind.REALIZED_PNL, fill, fill.realized(), asset));
            }
            if (fill.commission().signum() != 0) {
                all.add(of(Kind.COMMISSION, fill, fill.commission().negate(), fill.commissionAsset()));
            }
        }
        all.sort(Comparator.comparingLong(Income::at));
        return all;
    }

    private static Income of(Kind kind, Fill fill, BigDecimal amount, String asset) {
        var terms = fill.order().terms();
        return new Income(kind, terms.symbol(), terms.positionSide(), amount, asset, fill.at(), fill.id(), fill.id());
    }
}
