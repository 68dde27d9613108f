package quantum.intent;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How much of what is held a close takes: a fraction, at most so many units, or all where both are absent. A part in a
 * unit that is not read must not become all.
 */
record Part(@Nullable BigDecimal fraction, @Nullable BigDecimal quantity) {

    private static final BigDecimal HUNDRED = new BigDecimal("100");
    /** Percent of what is held, which some write where others write the fraction. */
    private static final String[] PERCENT = {"close_pct", "close_percent", "close_percentage", "exit_pct", "percentage"
    };

    private static final String[] FRACTION = {"close_fraction", "exit_fraction", "qty_fraction"};
    private static final String[] QUANTITY = {
        "quantity", "qty", "contracts", "order_contracts", "close_qty", "close_quantity", "close_size", "amount"
    };
    /** Read where their unit is told. */
    private static final String[] WITH_UNIT = {
        "quantity",
        "qty",
        "contracts",
        "order_contracts",
        "close_qty",
        "close_quantity",
        "close_size",
        "amount",
        "size",
        "order_amount",
        "order_size",
        "order_qty",
        "trade_size"
    };

    private static final Set<String> OF_POSITION = Set.of(
            "percent",
            "percentage",
            "pct",
            "perc",
            "%",
            "percentofposition",
            "positionpercent",
            "positionpercentage",
            "positionpct",
            "pctofposition",
            "%ofposition",
            "percentposition");
    private static final Set<String> OF_ONE = Set.of("fraction", "ratio", "fractionofposition");

    /** The part that is named; of all that ends, as a chart says it, a figure in another unit is no part. */
    static Part of(Fields f, boolean all) {
        BigDecimal fraction = named(f);
        List<String> units = f.present(SizeReader.UNIT);
        if (units.isEmpty()) {
            return new Part(fraction, f.positive(QUANTITY));
        }
        if (!f.has(WITH_UNIT)) {
            return new Part(fraction, null);
        }
        String unit = Spelling.of(String.valueOf(f.shown(units.getFirst())));
        boolean agree = units.stream().allMatch(name -> unit.equals(Spelling.of(String.valueOf(f.shown(name)))));
        if (SizeReader.countsUnits(f)) {
            return new Part(fraction, f.positive(WITH_UNIT));
        }
        if (fraction != null || all) {
            f.setAside(WITH_UNIT);
            f.setAside(SizeReader.UNIT);
            return new Part(fraction, null);
        }
        if (agree && OF_POSITION.contains(unit)) {
            return new Part(share(f, HUNDRED).movePointLeft(2), null);
        }
        if (agree && OF_ONE.contains(unit)) {
            return new Part(share(f, BigDecimal.ONE), null);
        }
        throw new BadField(
                units.getFirst(),
                "is '" + f.shown(units.getFirst()) + "'; how much of what is held that is, is not decided here: send"
                        + " close_fraction, or quantity in units without it",
                Refusal.FIELD_UNSUPPORTED);
    }

    private static BigDecimal share(Fields f, BigDecimal most) {
        BigDecimal share = f.positive(WITH_UNIT);
        if (share == null || share.compareTo(most) > 0) {
            throw new BadField(f.nameOf(WITH_UNIT), "must be above 0 to " + most + ", which is all that is held");
        }
        return share;
    }

    private static @Nullable BigDecimal named(Fields f) {
        BigDecimal fraction = f.positive(FRACTION);
        BigDecimal percent = f.positive(PERCENT);
        if (fraction != null && fraction.compareTo(BigDecimal.ONE) > 0) {
            throw new BadField(f.nameOf(FRACTION), "must be at most 1, which is all; 0.5 is half");
        }
        if (percent == null || fraction != null) {
            return fraction;
        }
        if (percent.compareTo(BigDecimal.ONE) <= 0 || percent.compareTo(HUNDRED) > 0) {
            throw new BadField(f.nameOf(PERCENT), "is a percentage above 1 to 100; close_fraction is 0 to 1");
        }
        return percent.movePointLeft(2);
    }
}
