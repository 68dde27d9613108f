package quantum.desk.entry;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.intent.Levels;
import quantum.intent.Refusal;
import quantum.intent.Rung;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.position.ExitDefaults;
import quantum.position.ExitPlan;

/**
 * Whether the exits that a producer wishes of the watch can be carried out; what is a default is not judged. The
 * exchange has no order for them (docs/decisions/0009) and so refuses none: what cannot work has to be refused here,
 * before there is a position.
 */
final class ExitTerms {

    private ExitTerms() {}

    /** What is wrong with them, as if the position were opened at the mark; null if nothing is. */
    static Sense.@Nullable Unsound wrong(Levels levels, Direction direction, Price mark, ExitDefaults defaults) {
        Price given = levels.target();
        BigDecimal pct = levels.targetPct() == null ? defaults.targetPct() : levels.targetPct();
        Price target = given == null ? ExitPlan.gained(mark, pct, direction) : given;
        Sense.Unsound breakEven = breakEven(levels.software().breakEvenPct(), direction, mark, target, defaults);
        return breakEven != null ? breakEven : ladder(levels.software().ladder(), direction, mark, target);
    }

    /**
     * Break-even moves the stop to the entry plus the fees of both sides, once so far in profit. Null for none is
     * nothing wrong, and zero switches it off.
     */
    private static Sense.@Nullable Unsound breakEven(
            @Nullable BigDecimal from, Direction direction, Price mark, Price target, ExitDefaults defaults) {
        if (from == null || from.signum() == 0) {
            return null;
        }
        BigDecimal fees = defaults.breakEven().feesPct();
        // At exactly the fees the stop would stand on the mark that reached it and fire at once; below them it would
        // be a loss.
        if (from.compareTo(fees) <= 0) {
            return new Sense.Unsound(
                    Refusal.BREAK_EVEN_INVALID,
                    "break_even_pct " + from.toPlainString() + " must be above the fees of " + fees.toPlainString()
                            + " %");
        }
        // On the target itself is allowed: the position then ends there, in profit.
        return direction.gains(target, ExitPlan.gained(mark, from, direction))
                ? new Sense.Unsound(
                        Refusal.BREAK_EVEN_INVALID,
                        "break_even_pct " + from.toPlainString() + " lies beyond the target " + target)
                : null;
    }

    /**
     * Of rungs that rise the last lies farthest ({@link Rung}). Beyond the target it would never be reached: all of
     * the position ends at the target, also the part that was meant for later.
     */
    private static Sense.@Nullable Unsound ladder(
            @Nullable List<Rung> ladder, Direction direction, Price mark, Price target) {
        if (ladder == null || ladder.isEmpty()) {
            return null;
        }
        Rung last = ladder.getLast();
        return direction.gains(target, ExitPlan.level(last, direction, mark, target))
                ? new Sense.Unsound(
                        Refusal.LADDER_INVALID,
                        "the rung at " + last.at().toPlainString() + " % lies beyond the target " + target)
                : null;
    }
}
