package quantum.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.guard.Limits;
import quantum.record.Entry;
import quantum.simulation.Judge.Law;

/** What every open needs, whatever the venue: no order against it, a price that is fresh, an intent that is young. */
final class Permits {

    private static final long MILLION = 1_000_000;
    /** The clocks of process and exchange agree to this. */
    static final long CLOCKS_MILLIS = 1_500;
    /** What lies between a decision and its request: the record, and leverage set and read back. */
    private static final long LEAVING_MILLIS = 8_000;

    private final World world;
    private final Orders operator;
    private final Judge judge;
    private final Limits limits;
    private final Map<String, Instant> dated = new HashMap<>();
    private long markedAt;

    Permits(World world, Orders operator, Judge judge, Limits limits) {
        this.world = world;
        this.operator = operator;
        this.judge = judge;
        this.limits = limits;
    }

    /** A producer sent an intent, dated now. */
    void sent(String intentId, Instant date) {
        dated.putIfAbsent(intentId, date);
    }

    /** A mark price reached the process. */
    void marked() {
        markedAt = world.now();
    }

    /** The desk decided to open. */
    void decided(Entry.OrderRow row) {
        String id = row.clientOrderId();
        judge.check(Law.PAUSE_KEPT, !operator.isPaused(), id + " while paused");
        judge.check(Law.HALT_KEPT, !operator.isHalted(row.symbol()), id + " while " + row.symbol() + " is halted");
        judge.check(Law.BREAKER_KEPT, !operator.isLatched(row.symbol()), id + " while the breaker has stopped it");
        judge.within(
                Law.PRICE_FRESH,
                (world.now() - markedAt) / MILLION,
                limits.priceMaxAge().toMillis() + 200,
                id + " by a price");
        Instant date = dated.get(String.valueOf(row.intentId()));
        if (date != null) {
            long age = Duration.between(date, world.instant()).toMillis();
            judge.within(Law.AGE_KEPT, age, limits.openMaxAge().toMillis() + CLOCKS_MILLIS, id + " decided");
        }
        judge.check(Law.EXITS_OPEN_NOTHING, !String.valueOf(row.intentId()).endsWith(Workload.HOSTILE), id + " opens");
    }

    /** The request of an open leaves the process; its row is what the ledger has of it. */
    void leaves(String order, Entry.@Nullable OrderRow row) {
        judge.check(Law.WRITTEN_BEFORE_SENT, row != null, order);
        Instant date = row == null ? null : dated.get(String.valueOf(row.intentId()));
        if (date != null) {
            long bound = limits.openMaxAge().toMillis();
            long age = Duration.between(date, world.instant()).toMillis();
            judge.within(Law.AGE_KEPT, age, bound + CLOCKS_MILLIS + LEAVING_MILLIS, order + " sent");
        }
    }
}
