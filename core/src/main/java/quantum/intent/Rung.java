package quantum.intent;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import quantum.market.Decimals;

/**
 * A step of a ladder: once the position is so far in profit, a fraction (above 0 to 1) of the largest quantity that it
 * ever had is closed, at most what is left.
 */
public record Rung(BigDecimal at, Measure measure, BigDecimal fraction) {

    /** What {@code at} counts in. */
    public enum Measure {
        /** Percent of the entry price. */
        OF_ENTRY,
        /** Percent of the way from the entry to the target. */
        OF_WAY
    }

    private static final int MOST = 20;
    private static final BigDecimal FARTHEST = new BigDecimal("100");

    public Rung {
        at = Decimals.plain(at);
        fraction = Decimals.plain(fraction);
    }

    public static Rung ofEntry(BigDecimal atPct, BigDecimal fraction) {
        return new Rung(atPct, Measure.OF_ENTRY, fraction);
    }

    /**
     * Reads {@code 1:0.5, 2:0.25}: percent of the entry, fraction, in the order in which a price meets them.
     *
     * @throws IllegalArgumentException with what is wrong, if it is no ladder
     */
    public static List<Rung> ladder(String text) {
        List<Rung> rungs = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            String[] figures = part.strip().split(":", -1);
            if (figures.length != 2
                    || !figures[0].strip().matches("[0-9]{1,2}(\\.[0-9]{1,9})?")
                    || !figures[1].strip().matches("[0-9](\\.[0-9]{1,9})?")) {
                throw new IllegalArgumentException("must be rungs such as 1:0.5, 2:0.25 (percent:fraction)");
            }
            rungs.add(ofEntry(new BigDecimal(figures[0].strip()), new BigDecimal(figures[1].strip())));
        }
        return ladder(rungs);
    }

    /**
     * The same rungs, if they make a ladder.
     *
     * @throws IllegalArgumentException with what is wrong, if they do not
     */
    public static List<Rung> ladder(List<Rung> rungs) {
        if (rungs.size() > MOST) {
            throw new IllegalArgumentException("must have at most " + MOST + " rungs");
        }
        BigDecimal sum = BigDecimal.ZERO;
        BigDecimal last = BigDecimal.ZERO;
        for (Rung rung : rungs) {
            if (rung.at.compareTo(last) <= 0 || rung.at.compareTo(FARTHEST) >= 0) {
                throw new IllegalArgumentException("must rise from rung to rung, above 0 and below 100 percent");
            }
            if (rung.fraction.signum() <= 0) {
                throw new IllegalArgumentException("must have fractions above 0");
            }
            last = rung.at;
            sum = sum.add(rung.fraction);
        }
        // More than all cannot be closed; less leaves a part to stop, target and time.
        if (sum.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("must have fractions of at most 1 together");
        }
        return List.copyOf(rungs);
    }
}
