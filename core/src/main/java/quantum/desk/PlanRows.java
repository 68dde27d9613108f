package quantum.desk;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.intent.Levels;
import quantum.market.Price;
import quantum.position.ExitPlan;

/** Levels and plans to rows and back. */
final class PlanRows {

    private PlanRows() {}

    static Entry.PlanRow of(Levels levels) {
        return new Entry.PlanRow(
                value(levels.stop()),
                value(levels.target()),
                levels.stopPct(),
                levels.targetPct(),
                levels.trailingPct());
    }

    static Entry.PlanRow of(ExitPlan plan) {
        return new Entry.PlanRow(plan.stop().value(), plan.target().value(), null, null, plan.trailingPct());
    }

    static Levels levels(Entry.PlanRow row) {
        return new Levels(price(row.stop()), price(row.target()), row.stopPct(), row.targetPct(), row.trailingPct());
    }

    private static @Nullable BigDecimal value(@Nullable Price price) {
        return price == null ? null : price.value();
    }

    private static @Nullable Price price(@Nullable BigDecimal value) {
        return value == null ? null : new Price(value);
    }
}
