package quantum.position;

import java.math.BigDecimal;
import java.util.Optional;
import quantum.intent.Closed.Reason;
import quantum.market.Direction;
import quantum.market.Price;

/** Judges a position's plan against prices. Mirrored for shorts; when stop and target are both passed, the stop counts. */
public final class ExitRules {

    private ExitRules() {}

    /** A level that was reached, and why it is one. */
    public record ExitSignal(Reason reason, Price level) {}

    /**
     * What the plan says after prices moved between {@code low} and {@code high}.
     *
     * @param extremes of the whole life, including these prices
     */
    public static Optional<ExitSignal> next(
            Direction direction, Price entry, ExitPlan plan, Extremes extremes, Price low, Price high) {
        Price worst = direction == Direction.LONG ? low : high;
        Price best = direction == Direction.LONG ? high : low;
        if (!direction.gains(plan.stop(), worst)) {
            return Optional.of(new ExitSignal(Reason.SL, plan.stop()));
        }
        if (!direction.gains(best, plan.target())) {
            return Optional.of(new ExitSignal(Reason.TP, plan.target()));
        }
        return trailing(direction, entry, plan, extremes)
                .filter(level -> !direction.gains(level, worst))
                .map(level -> new ExitSignal(Reason.TRAILING, level));
    }

    /** The trailing level, once the position has been in profit by the activation distance. */
    public static Optional<Price> trailing(Direction direction, Price entry, ExitPlan plan, Extremes extremes) {
        BigDecimal sign = BigDecimal.valueOf(direction.sign());
        Price activation =
                new Price(ExitPlan.distant(entry, plan.trailingActivationPct().multiply(sign)));
        Price best = extremes.best(direction);
        if (direction.gains(best, activation)) {
            return Optional.empty();
        }
        return Optional.of(new Price(
                ExitPlan.distant(best, plan.trailingPct().multiply(sign).negate())));
    }
}
