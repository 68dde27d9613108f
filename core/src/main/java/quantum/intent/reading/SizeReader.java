package quantum.intent.reading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;
import quantum.intent.Size;
import quantum.market.Quantity;

/**
 * How much is to be opened: a worth, or units. A figure whose unit is not in its name needs a field that says it; 60
 * USD that are read as 60 units are another order.
 */
final class SizeReader {

    /** Names that say money: the worth of the position before leverage. */
    private static final String[] WORTH = {
        "position_size_usd",
        "position_usd",
        "ai_size_usd",
        "size_usd",
        "amount_usd",
        "usd_amount",
        "notional",
        "notional_usd",
        "position_size_usdt",
        "quote_order_qty"
    };
    /** Names that say units, unless a field for the unit says money (I-F6). */
    private static final String[] UNITS = {"quantity", "qty", "contracts", "order_contracts"};
    /** Worth or units, by what another field says. */
    private static final String[] EITHER = {
        "amount", "size", "order_amount", "order_size", "position_size", "order_qty", "trade_size"
    };

    /** Fields that say what a figure counts in. */
    static final String[] UNIT = {
        "qty_type",
        "quantity_type",
        "size_type",
        "amount_type",
        "currency_type",
        "order_currency_type",
        "qty_unit",
        "quantity_unit",
        "size_unit"
    };
    /** Words for money, by {@link Spelling}; a dollar coin counts as a dollar. */
    private static final Set<String> MONEY = Set.of(
            "usd", "usdt", "usdc", "quote", "quoteasset", "quotecurrency", "notional", "cash", "value", "dollar");
    /** Words for units of the contract. */
    private static final Set<String> PIECES = Set.of(
            "base",
            "baseasset",
            "basecurrency",
            "coin",
            "coins",
            "units",
            "unit",
            "contracts",
            "fixed",
            "quantity",
            "qty",
            "asset");
    /** Shares of the account, which depend on its balance of the moment. */
    private static final String[] SHARES = {
        "percent",
        "percentage",
        "pct",
        "percent_of_equity",
        "equity_pct",
        "equity_percent",
        "balance_pct",
        "balance_percent",
        "size_pct",
        "size_percent",
        "qty_pct",
        "qty_percent",
        "quantity_pct",
        "risk_pct",
        "risk_percent",
        "risk_percentage",
        "risk_per_trade"
    };
    /** Behind each refusal of a size, since a producer has to know what it may send. */
    private static final String WHAT_TO_DO = "; send position_size_usd (worth) or quantity (units)";

    private SizeReader() {}

    /**
     * Worth goes before units where both are given, as docs/streams.md orders them; what comes second has no effect
     * and is named in the report. A size is never made up: without one the open is refused.
     */
    static Size of(Fields f) {
        List<String> shares = f.present(SHARES);
        if (!shares.isEmpty()) {
            throw unsupported(shares.getFirst(), "is a share of the account; how much that is, is not decided here");
        }
        // Read in any case: a unit that nobody knows is refused even where another size is given.
        Boolean money = unit(f);
        BigDecimal usd = f.positive(WORTH);
        BigDecimal units = f.positive(UNITS);
        if (usd != null) {
            f.setAside(UNITS);
            f.setAside(EITHER);
            f.setAside("position_size_pct");
            return new Size.Notional(usd);
        }
        if (units != null) {
            f.setAside(EITHER);
            return Boolean.TRUE.equals(money) ? new Size.Notional(units) : new Size.Units(new Quantity(units));
        }
        BigDecimal either = f.positive(EITHER);
        if (either == null) {
            throw new BadField("position_size_usd", "or quantity is missing");
        }
        // 60 without a unit may be dollars or coins, and the two are far apart.
        if (money == null) {
            throw unsupported(f.nameOf(EITHER), "does not say whether it is worth or units");
        }
        return money ? new Size.Notional(either) : new Size.Units(new Quantity(either));
    }

    /** True for money, false for pieces, null where nothing is said. */
    private static @Nullable Boolean unit(Fields f) {
        Boolean money = null;
        for (String name : f.present(UNIT)) {
            String unit = Spelling.of(String.valueOf(f.text(name)));
            // A unit that is passed over reads as units: percent of equity was once bought so (I-F6).
            if (!MONEY.contains(unit) && !PIECES.contains(unit)) {
                throw unsupported(name, "is '" + f.text(name) + "', which is no unit that is known here");
            }
            if (money != null && money != MONEY.contains(unit)) {
                throw new BadField(name, "contradicts another field that says the unit");
            }
            money = MONEY.contains(unit);
        }
        return money;
    }

    /** Whether no field says that the size is money or a share. */
    static boolean countsUnits(Fields f) {
        return f.present(UNIT).stream().allMatch(name -> PIECES.contains(Spelling.of(String.valueOf(f.shown(name)))));
    }

    private static BadField unsupported(String field, String detail) {
        return new BadField(field, detail + WHAT_TO_DO, Refusal.FIELD_UNSUPPORTED);
    }
}
