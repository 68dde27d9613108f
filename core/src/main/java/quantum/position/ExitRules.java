package quantum.position;

import java.math.BigDecimal;
import java.util.Optional;
import quantum.intent.Closed.Reason;
import quantum.market.Direction;
import quantum.market.Price;

/** Judges a position's plan against prices. Mirrored for shorts; when stop and target are both passed, the stop counts. */
public final class ExitRules {

    private ExitRules() {}

    /** Whose level was reached. */
    public enum Owner {
        /** The plan's stop, which rests on the exchange. */
        STOP,
        /** The plan's target, which rests on the exchange. */
        TARGET,
        /** A level that is nearer than the resting stop. */
        WATCH
    }

    /** A level that was reached, and why it is one. */
    public record ExitSignal(Owner owner, Reason reason, Price level) {}

    /** The level on the losing side of the price at which a position ends, and why it would. */
    public record Floor(Price level, Reason reason) {}

    /**
     * What the plan says after prices moved between {@code low} and {@code high}.
     *
     * @param floor of the whole life, including these prices
     */
    public static Optional<ExitSignal> next(Direction direction, ExitPlan plan, Floor floor, Price low, Price high) {
        Price worst = direction == Direction.LONG ? low : high;
        Price best = direction == Direction.LONG ? high : low;
        if (!direction.gains(plan.stop(), worst)) {
            return Optional.of(new ExitSignal(Owner.STOP, stopReason(plan), plan.stop()));
        }
        if (!direction.gains(best, plan.target())) {
            return Optional.of(new ExitSignal(Owner.TARGET, Reason.TP, plan.target()));
        }
        return direction.gains(floor.level(), worst)
                ? Optional.empty()
                : Optional.of(new ExitSignal(Owner.WATCH, floor.reason(), floor.level()));
    }

    /** Why a position ends at its plan's stop. */
    public static Reason stopReason(ExitPlan plan) {
        return plan.trailed() ? Reason.TRAILING : Reason.SL;
    }

    /** The nearest of stop, break-even and trailing level; break-even is a stop, for the contract knows no other word. */
    public static Floor floor(Direction direction, Price entry, ExitPlan plan, Extremes extremes) {
        Floor floor = new Floor(plan.stop(), stopReason(plan));
        BreakEven breakEven = plan.watch().breakEven();
        if (breakEven.isOn() && reached(direction, entry, breakEven.fromPct(), extremes)) {
            floor = nearer(direction, floor, ExitPlan.gained(entry, breakEven.feesPct(), direction), Reason.SL);
        }
        Optional<Price> trailing = trailing(direction, entry, plan, extremes);
        return trailing.isEmpty() ? floor : nearer(direction, floor, trailing.get(), Reason.TRAILING);
    }

    private static Floor nearer(Direction direction, Floor floor, Price level, Reason reason) {
        return direction.gains(floor.level(), level) ? new Floor(level, reason) : floor;
    }

    private static boolean reached(Direction direction, Price entry, BigDecimal pct, Extremes extremes) {
        return !direction.gains(extremes.best(direction), ExitPlan.gained(entry, pct, direction));
    }

    /** The trailing level, once the position has been in profit by the activation distance. */
    public static Optional<Price> trailing(Direction direction, Price entry, ExitPlan plan, Extremes extremes) {
        WatchRules watch = plan.watch();
        return reached(direction, entry, watch.trailingActivationPct(), extremes)
                ? Optional.of(ExitPlan.gained(
                        extremes.best(direction), watch.trailingPct().negate(), direction))
                : Optional.empty();
    }
}
