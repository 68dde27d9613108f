package quantum.record;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quantum.intent.Levels;
import quantum.intent.Rung;
import quantum.intent.SoftwareExits;
import quantum.market.Price;
import quantum.position.BreakEven;
import quantum.position.ExitDefaults;
import quantum.position.ExitPlan;
import quantum.position.WatchRules;

/** Levels and plans to rows and back. */
public final class PlanRows {

    private PlanRows() {}

    /**
     * Of an order: percent stay percent until its first fill gives them an entry to count from, perhaps after a
     * restart.
     */
    public static Entry.PlanRow of(Levels levels) {
        SoftwareExits wish = levels.software();
        Duration maxTime = wish.maxTime();
        List<Rung> ladder = wish.ladder();
        return new Entry.PlanRow(
                value(levels.stop()),
                value(levels.target()),
                levels.stopPct(),
                levels.targetPct(),
                levels.trailingPct(),
                wish.equals(SoftwareExits.NONE)
                        ? null
                        : new Entry.WatchRow(
                                null,
                                wish.breakEvenPct(),
                                maxTime == null ? null : maxTime.toSeconds(),
                                ladder == null
                                        ? null
                                        : ladder.stream()
                                                .map(r -> new Entry.RungRow(
                                                        r.at(), r.measure().name(), r.fraction()))
                                                .toList()));
    }

    /** Of a position: prices, which other settings after a restart do not move. */
    public static Entry.PlanRow of(ExitPlan plan) {
        WatchRules watch = plan.watch();
        return new Entry.PlanRow(
                plan.stop().value(),
                plan.target().value(),
                null,
                null,
                watch.trailingPct(),
                new Entry.WatchRow(
                        watch.trailingActivationPct(),
                        watch.breakEven().fromPct(),
                        watch.maxTime().toSeconds(),
                        watch.ladder().stream()
                                .map(step -> new Entry.RungRow(step.at().value(), null, step.fraction()))
                                .toList()));
    }

    public static Levels levels(Entry.PlanRow row) {
        return new Levels(
                price(row.stop()),
                price(row.target()),
                row.stopPct(),
                row.targetPct(),
                row.trailingPct(),
                wish(row.watch()));
    }

    /** What is null in the row was not wished, and is the setting's at the fill. */
    private static SoftwareExits wish(Entry.@Nullable WatchRow row) {
        if (row == null) {
            return SoftwareExits.NONE;
        }
        Long maxTime = row.maxTimeSeconds();
        List<Entry.RungRow> ladder = row.ladder();
        return new SoftwareExits(
                row.breakEvenPct(),
                maxTime == null ? null : Duration.ofSeconds(maxTime),
                ladder == null
                        ? null
                        : ladder.stream()
                                .map(r -> new Rung(
                                        r.at(),
                                        Rung.Measure.valueOf(
                                                Objects.requireNonNullElse(r.measure(), Rung.Measure.OF_ENTRY.name())),
                                        r.fraction()))
                                .toList());
    }

    /**
     * The plan of a position as it was recorded. A row from before the watch knew a rule gives a position without it.
     * The fees that break-even covers are in no row: they are those of the settings as they are now.
     */
    public static ExitPlan plan(Entry.PositionRow row, ExitDefaults defaults) {
        Price entry = new Price(row.entryPrice());
        Entry.PlanRow plan = row.plan();
        Entry.WatchRow watch = row.plan().watch();
        Price stop = price(plan.stop());
        Price target = price(plan.target());
        return new ExitPlan(
                stop == null ? entry : stop,
                target == null ? entry : target,
                new WatchRules(
                        Objects.requireNonNullElse(plan.trailingPct(), defaults.trailingPct()),
                        watch == null || watch.trailingActivationPct() == null
                                ? defaults.trailingActivationPct()
                                : watch.trailingActivationPct(),
                        new BreakEven(
                                watch == null || watch.breakEvenPct() == null ? BigDecimal.ZERO : watch.breakEvenPct(),
                                defaults.breakEven().feesPct()),
                        watch == null || watch.maxTimeSeconds() == null
                                ? Duration.ZERO
                                : Duration.ofSeconds(watch.maxTimeSeconds()),
                        watch == null || watch.ladder() == null
                                ? List.of()
                                : watch.ladder().stream()
                                        .map(r -> new WatchRules.Step(new Price(r.at()), r.fraction()))
                                        .toList()),
                row.progress() != null && row.progress().trailed());
    }

    private static @Nullable BigDecimal value(@Nullable Price price) {
        return price == null ? null : price.value();
    }

    private static @Nullable Price price(@Nullable BigDecimal value) {
        return value == null ? null : new Price(value);
    }
}
