package quantum.intent.reading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;

/**
 * How much of what is held a close takes: a fraction, at most so many units, or all where both are absent. A part in
 * a unit that is not read must not become all: percent of the position, and money, once closed everything (B-6).
 */
record Part(@Nullable BigDecimal fraction, @Nullable BigDecimal quantity) {

    private static final BigDecimal HUNDRED = new BigDecimal("100");
    /** Percent of what is held, which some write where others write the fraction. */
    private static final String[] PERCENT = {"close_pct", "close_percent", "close_percentage", "exit_pct", "percentage"
    };

    /** 0.5 is half. */
    private static final String[] FRACTION = {"close_fraction", "exit_fraction", "qty_fraction"};
    /** Units of the contract where no field says another unit. */
    private static final String[] QUANTITY = {
        "quantity", "qty", "contracts", "order_contracts", "close_qty", "close_quantity", "close_size", "amount"
    };
    /** Read where their unit is said. */
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

    /** Units that mean percent of what is held, by {@link Spelling}. */
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
    /** Units that mean a fraction of what is held. */
    private static final Set<String> OF_ONE = Set.of("fraction", "ratio", "fractionofposition");

    /** The part that is named; of all that ends, as a chart says it, a figure in another unit is no part. */
    static Part of(Fields f, boolean all) {
        BigDecimal fraction = named(f);
        List<String> units = f.present(SizeReader.UNIT);
        if (units.isEmpty()) {
            return new Part(fraction, f.positive(QUANTITY));
        }
        // A unit without a figure beside it names no part.
        if (!f.has(WITH_UNIT)) {
            return new Part(fraction, null);
        }
        String unit = Spelling.of(String.valueOf(f.shown(units.getFirst())));
        // Two fields that say different units say none.
        boolean agree = units.stream().allMatch(name -> unit.equals(Spelling.of(String.valueOf(f.shown(name)))));
        if (SizeReader.countsUnits(f)) {
            return new Part(fraction, f.positive(WITH_UNIT));
        }
        // The part is known without it: the figure is set aside and named in the report.
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
        // Money, lots or percent of equity: what they come to in units is not decided here, and all would be too
        // much.
        throw new BadField(
                units.getFirst(),
                "is '" + f.shown(units.getFirst()) + "'; how much of what is held that is, is not decided here: send"
                        + " close_fraction, or quantity in units without it",
                Refusal.FIELD_UNSUPPORTED);
    }

    /** Above 0 to {@code most}; more than is held, or nothing, is a slip and is refused by the figure's field. */
    private static BigDecimal share(Fields f, BigDecimal most) {
        BigDecimal share = f.positive(WITH_UNIT);
        if (share == null || share.compareTo(most) > 0) {
            throw new BadField(f.nameOf(WITH_UNIT), "must be above 0 to " + most + ", which is all that is held");
        }
        return share;
    }

    /**
     * What a name for parts says, as a fraction; null where none does. Percent have names of their own, and 0.5 under
     * one of those is refused: half a percent and half of it are too far apart to guess.
     */
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
