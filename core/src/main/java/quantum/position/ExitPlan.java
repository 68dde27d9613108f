package quantum.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import quantum.intent.Levels;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;

/**
 * Where a position ends: a stop that loses, a target that wins, and a callback that trails the best price once the
 * position is in profit by its activation. Levels are on the exchange's ticks.
 */
public record ExitPlan(Price stop, Price target, BigDecimal trailingPct, BigDecimal trailingActivationPct) {

    private static final int MAX_DECIMALS = 15;

    /**
     * The plan of a new position.
     *
     * @param mark levels are never placed onto or across it by rounding
     */
    public static ExitPlan of(
            Levels levels, Direction direction, Price entry, Price mark, Instrument instrument, ExitDefaults defaults) {
        return new ExitPlan(
                stop(levels, direction, entry, mark, instrument, defaults),
                target(levels, direction, entry, mark, instrument, defaults),
                levels.trailingPct() == null ? defaults.trailingPct() : levels.trailingPct(),
                defaults.trailingActivationPct());
    }

    private static Price stop(
            Levels levels, Direction direction, Price entry, Price mark, Instrument instrument, ExitDefaults defaults) {
        BigDecimal raw = raw(levels.stop(), levels.stopPct(), defaults.stopPct(), entry, -direction.sign());
        return instrument.stopTick(raw, direction, mark);
    }

    private static Price target(
            Levels levels, Direction direction, Price entry, Price mark, Instrument instrument, ExitDefaults defaults) {
        BigDecimal raw = raw(levels.target(), levels.targetPct(), defaults.targetPct(), entry, direction.sign());
        return instrument.targetTick(raw, direction, mark);
    }

    private static BigDecimal raw(
            @Nullable Price given, @Nullable BigDecimal givenPct, BigDecimal defaultPct, Price entry, int sign) {
        if (given != null) {
            return given.value();
        }
        return distant(entry, (givenPct == null ? defaultPct : givenPct).multiply(BigDecimal.valueOf(sign)));
    }

    /** The price {@code pct} percent away from another, not on a tick, with no more decimals than a price may have. */
    static BigDecimal distant(Price from, BigDecimal pct) {
        BigDecimal exact = from.value().multiply(BigDecimal.ONE.add(pct.movePointLeft(2)));
        return exact.setScale(Math.min(exact.scale(), MAX_DECIMALS), RoundingMode.HALF_EVEN);
    }

    public ExitPlan withStop(Price moved) {
        return new ExitPlan(moved, target, trailingPct, trailingActivationPct);
    }

    public ExitPlan withTarget(Price moved) {
        return new ExitPlan(stop, moved, trailingPct, trailingActivationPct);
    }
}
