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

/** Whether the exits that a producer wishes of the watch can be carried out; what is a default is not judged. */
public final class ExitTerms {

    private ExitTerms() {}

    /** What is wrong with them, as if the position were opened at the mark; null if nothing is. */
    static Sense.@Nullable Unsound wrong(Levels levels, Direction direction, Price mark, ExitDefaults defaults) {
        Price given = levels.target();
        BigDecimal pct = levels.targetPct() == null ? defaults.targetPct() : levels.targetPct();
        Price target = given == null ? ExitPlan.gained(mark, pct, direction) : given;
        Sense.Unsound breakEven = breakEven(levels.software().breakEvenPct(), direction, mark, target, defaults);
        return breakEven != null ? breakEven : ladder(levels.software().ladder(), direction, mark, target);
    }

    private static Sense.@Nullable Unsound breakEven(
            @Nullable BigDecimal from, Direction direction, Price mark, Price target, ExitDefaults defaults) {
        if (from == null || from.signum() == 0) {
            return null;
        }
        BigDecimal fees = defaults.breakEven().feesPct();
        if (from.compareTo(fees) <= 0) {
            return new Sense.Unsound(
                    Refusal.BREAK_EVEN_INVALID,
                    "break_even_pct " + from.toPlainString() + " must be above the fees of " + fees.toPlainString()
                            + " %");
        }
        return direction.gains(target, ExitPlan.gained(mark, from, direction))
                ? new Sense.Unsound(
                        Refusal.BREAK_EVEN_INVALID,
                        "break_even_pct " + from.toPlainString() + " lies beyond the target " + target)
                : null;
    }

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
