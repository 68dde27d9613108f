package quantum.simulation;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.record.Recorded;
import quantum.record.Snapshot;
import quantum.simulation.Weather.Fault;
import quantum.trader.ledger.Batch;

/** Rows and notices that become durable late, in order, or not before the crash. It outlives every process. */
final class MemoryLedger {

    private static final long BEHIND = TimeUnit.MILLISECONDS.toNanos(250);
    private static final Set<String> OVER = Set.of("Filled", "Ended", "Rejected");

    private record Waiting(Batch batch, long since) {}

    private final World world;
    private final Weather weather;
    private final Mutant mutant;
    private final Listener listener;
    private final Map<String, Entry> rows = new LinkedHashMap<>();
    private final List<Notice> outbox = new ArrayList<>();
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private @Nullable Owner process;
    private int life;
    private long downUntil;
    private boolean committing;
    private boolean behind;

    /** Whoever uses it now: told of completions and of falling behind. */
    interface Owner {
        void run(Runnable work);

        void behind(boolean behind);

        void durable(List<Notice> notices);
    }

    /** Whoever looks on: at decisions as they are made, at notices as they become durable. */
    interface Listener {
        void decided(Entry.OrderRow row);

        /** A notice is durable; when it was decided is told beside it. */
        void published(Notice notice, long decidedAt);
    }

    MemoryLedger(World world, Weather weather, Mutant mutant, Listener listener) {
        this.mutant = mutant;
        this.listener = listener;
        this.world = world;
        this.weather = weather;
    }

    void openedBy(Owner next) {
        process = next;
        life++;
        behind = false;
    }

    void append(Batch batch) {
        waiting.add(new Waiting(batch, world.now()));
        for (Recorded each : batch.records()) {
            if (each instanceof Entry.OrderRow row) {
                listener.decided(row);
            }
        }
        if (mutant.recordsLater()) {
            world.at(world.now(), () -> batch.completion().done(true));
        }
        commitLater();
        world.at(world.now() + BEHIND, this::watch);
    }

    private void watch() {
        Waiting oldest = waiting.peek();
        if (oldest != null && world.now() - oldest.since() >= BEHIND) {
            tell(true);
        }
    }

    private void tell(boolean now) {
        Owner user = process;
        if (behind != now && user != null) {
            behind = now;
            user.run(() -> user.behind(now));
        }
    }

    private void commitLater() {
        if (committing || waiting.isEmpty()) {
            return;
        }
        committing = true;
        if (weather.strikes(Fault.LEDGER_DOWN)) {
            downUntil = world.now() + TimeUnit.MILLISECONDS.toNanos(weather.between(300, 6000));
        }
        long pause = weather.strikes(Fault.LEDGER_SLOW) ? weather.between(100, 1500) : 1;
        long from = Math.max(world.now(), weather.isFair() ? 0 : downUntil);
        int current = life;
        world.at(from + TimeUnit.MILLISECONDS.toNanos(pause), () -> {
            if (current == life) {
                commit();
            }
        });
    }

    /** Everything that waited is written at once. */
    private void commit() {
        committing = false;
        List<Waiting> group = List.copyOf(waiting);
        waiting.clear();
        group.forEach(each -> write(each.batch(), each.since()));
        tell(false);
        Owner user = process;
        if (user != null) {
            user.run(() -> {
                user.durable(notices(group));
                if (!mutant.recordsLater()) {
                    group.forEach(each -> each.batch().completion().done(true));
                }
            });
        }
        commitLater();
    }

    private static List<Notice> notices(List<Waiting> group) {
        List<Notice> notices = new ArrayList<>();
        for (Waiting each : group) {
            for (Recorded recorded : each.batch().records()) {
                if (recorded instanceof Notice notice) {
                    notices.add(notice);
                }
            }
        }
        return notices;
    }

    private void write(Batch batch, long decidedAt) {
        for (Recorded each : batch.records()) {
            switch (each) {
                case Entry row -> rows.put(row.getClass().getSimpleName() + " " + row.key(), row);
                case Notice notice -> {
                    outbox.addAll(mutant.told(notice));
                    listener.published(notice, decidedAt);
                }
            }
        }
    }

    /** The process ended: of what waited, the first part perhaps reached the disk before. */
    void crashed() {
        int kept = waiting.isEmpty() ? 0 : world.below(waiting.size() + 1);
        List.copyOf(waiting).subList(0, kept).forEach(each -> write(each.batch(), each.since()));
        waiting.clear();
        committing = false;
        process = null;
        life++;
    }

    /** Durable notices, oldest first. */
    List<Notice> outbox() {
        return outbox;
    }

    Entry.@Nullable IntentRow intent(String id) {
        return mutant.earlier(known(id));
    }

    /** The row of an intent, whatever a mutant makes of it. */
    Entry.@Nullable IntentRow known(String id) {
        return (Entry.IntentRow) rows.get("IntentRow " + id);
    }

    Entry.@Nullable OrderRow order(String clientId) {
        return (Entry.OrderRow) rows.get("OrderRow " + clientId);
    }

    <E extends Entry> List<E> all(Class<E> kind) {
        return rows.values().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    /** The same as the shipped ledger gives back. */
    Snapshot load() {
        List<Entry.IntentRow> intents = all(Entry.IntentRow.class).stream()
                .filter(row -> row.terminalState() == null)
                .toList();
        Set<String> owed = new HashSet<>();
        intents.forEach(row -> owed.add(String.valueOf(row.clientOrderId())));
        List<Entry.PositionRow> positions = all(Entry.PositionRow.class).stream()
                .filter(row -> !"CLOSED".equals(row.state()))
                .toList();
        Set<String> held = new HashSet<>();
        positions.forEach(row -> held.add(row.epoch()));
        List<Entry.OrderRow> orders = all(Entry.OrderRow.class).stream()
                .filter(row -> !OVER.contains(row.state())
                        || owed.contains(row.clientOrderId())
                        || (row.fillQuantity() != null && "CLOSE".equals(row.purpose()) && held.contains(row.epoch())))
                .toList();
        Entry.GuardRow guards = all(Entry.GuardRow.class).stream().findFirst().orElse(null);
        return mutant.restored(new Snapshot(intents, orders, positions, guards));
    }
}
