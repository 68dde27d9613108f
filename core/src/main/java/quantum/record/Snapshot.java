package quantum.record;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger gives back at start: everything that has no ending yet, and the guards. The orders are those that are
 * not over, and those of intents that have no report yet, over or not. An order may be over while its report still
 * waited for the ids of its stop: the next start publishes it (docs/decisions/0002). Closes that executed something of a
 * position that goes on are among them too, so that an execution which is told again is not booked again.
 */
public record Snapshot(
        List<Entry.IntentRow> intents,
        List<Entry.OrderRow> orders,
        List<Entry.PositionRow> positions,
        Entry.@Nullable GuardRow guards) {

    public static final Snapshot EMPTY = new Snapshot(List.of(), List.of(), List.of(), null);
}
