package quantum.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.intent.Levels;
import quantum.intent.Rung;
import quantum.intent.SoftwareExits;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;

/**
 * Where a position ends: a stop that loses, a target that wins, and what the watch does meanwhile. Levels are on the
 * exchange's ticks.
 *
 * @param trailed whether the stop stands where trailing brought it
 */
public record ExitPlan(Price stop, Price target, WatchRules watch, boolean trailed) {

    private static final int MAX_DECIMALS = 15;

    /**
     * The plan of a new position.
     *
     * @param mark levels are never placed onto or across it by rounding
     */
    public static ExitPlan of(
            Levels levels, Direction direction, Price entry, Price mark, Instrument instrument, ExitDefaults defaults) {
        Price stop = instrument.stopTick(
                raw(levels.stop(), levels.stopPct(), defaults.stopPct(), entry, -direction.sign()), direction, mark);
        Price target = instrument.targetTick(
                raw(levels.target(), levels.targetPct(), defaults.targetPct(), entry, direction.sign()),
                direction,
                mark);
        SoftwareExits wish = levels.software();
        BigDecimal breakEvenPct = wish.breakEvenPct();
        Duration maxTime = wish.maxTime();
        List<Rung> ladder = wish.ladder();
        WatchRules watch = new WatchRules(
                levels.trailingPct() == null ? defaults.trailingPct() : levels.trailingPct(),
                defaults.trailingActivationPct(),
                breakEvenPct == null
                        ? defaults.breakEven()
                        : new BreakEven(breakEvenPct, defaults.breakEven().feesPct()),
                maxTime == null ? defaults.maxTime() : maxTime,
                (ladder == null ? defaults.ladder() : ladder)
                        .stream()
                                .map(rung -> new WatchRules.Step(
                                        instrument.targetTick(
                                                level(rung, direction, entry, target)
                                                        .value(),
                                                direction,
                                                mark),
                                        rung.fraction()))
                                .toList());
        return new ExitPlan(stop, target, watch, false);
    }

    /** Where a rung lies, not on a tick. */
    public static Price level(Rung rung, Direction direction, Price entry, Price target) {
        return switch (rung.measure()) {
            case OF_ENTRY -> gained(entry, rung.at(), direction);
            case OF_WAY ->
                new Price(bounded(entry.value()
                        .add(target.value()
                                .subtract(entry.value())
                                .multiply(rung.at().movePointLeft(2)))));
        };
    }

    private static BigDecimal raw(
            @Nullable Price given, @Nullable BigDecimal givenPct, BigDecimal defaultPct, Price entry, int sign) {
        if (given != null) {
            return given.value();
        }
        return distant(entry, (givenPct == null ? defaultPct : givenPct).multiply(BigDecimal.valueOf(sign)));
    }

    /** The price {@code pct} percent away from another, not on a tick, with no more decimals than a price may have. */
    private static BigDecimal distant(Price from, BigDecimal pct) {
        return bounded(from.value().multiply(BigDecimal.ONE.add(pct.movePointLeft(2))));
    }

    private static BigDecimal bounded(BigDecimal exact) {
        return exact.setScale(Math.min(exact.scale(), MAX_DECIMALS), RoundingMode.HALF_EVEN);
    }

    /** The price at which a position from another price is in profit by so many percent; in loss where negative. */
    public static Price gained(Price from, BigDecimal pct, Direction direction) {
        return new Price(distant(from, direction.sign() > 0 ? pct : pct.negate()));
    }

    public ExitPlan withStop(Price moved) {
        return new ExitPlan(moved, target, watch, false);
    }

    public ExitPlan withTarget(Price moved) {
        return new ExitPlan(stop, moved, watch, trailed);
    }

    /** The same, with a stop that trailing brought where it stands. */
    public ExitPlan asTrailed() {
        return new ExitPlan(stop, target, watch, true);
    }
}
