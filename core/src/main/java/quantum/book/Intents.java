package quantum.book;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;

/** The intents of this process by their ids, and how the latest ones ended. */
public final class Intents {

    /** Beyond so many the eldest that have ended leave. */
    private static final int REMEMBERED = 20_000;

    private static final int REMEMBERED_ENDINGS = 50;
    /** More than endings, because a refusal is what somebody asks about later (O-26). */
    private static final int REMEMBERED_REFUSALS = 100;

    private final Map<String, LiveIntent> intents = new LinkedHashMap<>();
    private final Deque<Entry.IntentRow> endings = new ArrayDeque<>();
    /** Endings without an order, kept apart: they are few among many fills, and each is asked about. */
    private final Deque<Entry.IntentRow> refusals = new ArrayDeque<>();

    Intents() {}

    /** Null where memory has none: the ledger may know it all the same (M13). */
    @Nullable
    public LiveIntent of(@Nullable String id) {
        return id == null ? null : intents.get(id);
    }

    /** Bounded by letting go of the eldest that has ended; one that has not stays. */
    public void remember(LiveIntent intent) {
        intents.put(intent.id(), intent);
        if (intents.size() > REMEMBERED) {
            // The ledger remembers the ended ones for ever; memory only spares the look-up.
            var eldest = intents.values().iterator();
            while (eldest.hasNext()) {
                if (eldest.next().isEnded()) {
                    eldest.remove();
                    return;
                }
            }
        }
    }

    /** Those without an ending; at start those that an earlier life left so. */
    public List<LiveIntent> open() {
        return intents.values().stream().filter(i -> !i.isEnded()).toList();
    }

    /** Its row as it ended, for the page and the interfaces. */
    public void ended(LiveIntent intent) {
        Entry.IntentRow row = intent.toRow();
        keep(row, endings, REMEMBERED_ENDINGS);
        if (row.reason() != null) {
            keep(row, refusals, REMEMBERED_REFUSALS);
        }
    }

    private static void keep(Entry.IntentRow row, Deque<Entry.IntentRow> latest, int most) {
        latest.addFirst(row);
        if (latest.size() > most) {
            latest.removeLast();
        }
    }

    /** The latest that ended, the last one first. */
    public List<Entry.IntentRow> endings() {
        return List.copyOf(endings);
    }

    /** The latest that ended with a reason, the last one first. */
    public List<Entry.IntentRow> refusals() {
        return List.copyOf(refusals);
    }
}
