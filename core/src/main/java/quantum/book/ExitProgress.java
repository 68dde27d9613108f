package quantum.book;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.position.ExitPlan;
import quantum.position.ExitRules;
import quantum.position.Extremes;
import quantum.position.QuietRange;
import quantum.position.WatchRules.Step;
import quantum.record.Entry;
import quantum.venue.Call.Level;

/** What the watch knows of one position: its plan, the extremes of its prices, and how far its ladder was climbed. */
public final class ExitProgress {

    /** Where a level stood when a price passed it, and when that was. */
    public record Passed(Price at, long nanos) {}

    private final Direction direction;
    private ExitPlan plan;
    private Extremes extremes;
    private BigDecimal largest = BigDecimal.ZERO;
    private int rungs;
    /** What reached rungs still have to close, in units; paid by whichever ladder order is executed. */
    private BigDecimal owed = BigDecimal.ZERO;

    private final Map<Level, Passed> passed = new EnumMap<>(Level.class);
    /** Null where the plan's stop is the nearest level that is recorded; a restart begins with that. */
    private @Nullable Price recorded;
    // Both are computed from what stands above, and forgotten with each change of it: nearly every price is quiet.
    private @Nullable QuietRange corridor;
    private ExitRules.@Nullable Floor floor;

    /** Of a new position: its entry is the only price that it has seen. */
    public ExitProgress(Direction direction, ExitPlan plan, Price entry, BigDecimal held) {
        this.direction = direction;
        this.plan = plan;
        this.extremes = Extremes.at(entry);
        this.largest = held;
    }

    /** As it was recorded; a row without progress is of a position that had no ladder. */
    public ExitProgress(Direction direction, ExitPlan plan, Entry.PositionRow row) {
        this.direction = direction;
        this.plan = plan;
        this.extremes = new Extremes(new Price(row.high()), new Price(row.low()));
        this.largest = row.quantity();
        Entry.ProgressRow progress = row.progress();
        if (progress != null) {
            this.largest = progress.largest();
            this.rungs = progress.rungs();
            this.owed = progress.owed();
        }
    }

    /** The extremes stand in the row of the position itself. */
    public Entry.ProgressRow toRow() {
        return new Entry.ProgressRow(largest, rungs, owed, plan.trailed());
    }

    /** The most that was held. */
    public BigDecimal largest() {
        return largest;
    }

    public ExitPlan plan() {
        return plan;
    }

    /** Other levels: whatever was computed from the old ones is void. */
    public void replan(ExitPlan next) {
        plan = next;
        corridor = null;
        floor = null;
    }

    public Extremes extremes() {
        return extremes;
    }

    /** Beyond the extremes break-even may be reached and trailing moves on; within them both stay. */
    public void include(Price price) {
        Extremes wider = extremes.include(price, price);
        if (!wider.equals(extremes)) {
            extremes = wider;
            floor = null;
        }
        corridor = null;
    }

    /**
     * What is held or what it cost has changed. Rungs take their fractions of the largest quantity, also after a part
     * was closed by hand (docs/decisions/0009).
     */
    public void holds(BigDecimal quantity) {
        largest = largest.max(quantity);
        corridor = null;
        floor = null;
    }

    /** The level that the position ends at now, computed where something changed. */
    public ExitRules.Floor floor(Price entry) {
        ExitRules.Floor known = floor;
        if (known == null) {
            known = ExitRules.floor(direction, entry, plan, extremes);
            floor = known;
        }
        return known;
    }

    /** A close ended: what it left over is judged by the next price, wherever that lies. */
    public void judgeNext() {
        corridor = null;
    }

    /** True where a price, at this exchange time, changes nothing. */
    public boolean isQuietAt(Price price, Instant now) {
        return corridor != null && corridor.holds(price, now);
    }

    /** Until something changes, only prices outside of this corridor need to be judged. */
    public void rest(Price entry, @Nullable Instant deadline) {
        Step next = nextRung();
        corridor = QuietRange.of(
                direction, floor(entry).level(), plan.target(), next == null ? null : next.at(), extremes, deadline);
    }

    /** The rung that no price has reached yet. */
    @Nullable
    public Step nextRung() {
        List<Step> ladder = plan.watch().ladder();
        return rungs < ladder.size() ? ladder.get(rungs) : null;
    }

    public int rungs() {
        return rungs;
    }

    /**
     * The next rung is reached, once for ever; its part is to be closed. The price may return: the debt is in the row
     * before its order leaves.
     */
    public void climb(BigDecimal part) {
        rungs++;
        owed = owed.add(part);
        corridor = null;
    }

    /** What the rungs that were reached still have to close; not always whole steps. */
    public BigDecimal owed() {
        return owed;
    }

    /** All that is held, where a part below the smallest size means that (exits.small_part). */
    public void owe(BigDecimal quantity) {
        owed = quantity;
    }

    /** An order may close more than is owed: a rest that could not be closed alone goes along. */
    public void paid(BigDecimal quantity) {
        owed = owed.subtract(quantity).max(BigDecimal.ZERO);
    }

    /** The stop's level that the ledger knows, the plan's or a later one that the resting stop could not follow yet. */
    public Price recorded() {
        return recorded != null && direction.gains(plan.stop(), recorded) ? recorded : plan.stop();
    }

    public void record(Price level) {
        recorded = level;
    }

    /** A level was passed where it stood, and the exchange has its time to execute it; false where it was before. */
    public boolean pass(Level level, Price at, long nanos) {
        Passed before = passed.get(level);
        boolean isNew = before == null || !before.at().equals(at);
        if (isNew) {
            passed.put(level, new Passed(at, nanos));
        }
        return isNew;
    }

    /** Null where it was not passed, or was moved since and stands elsewhere now. */
    public @Nullable Passed passed(Level level) {
        return passed.get(level);
    }

    /** Should it be passed again, the wait begins anew. */
    public void forgetPassed(Level level) {
        passed.remove(level);
    }
}
