package quantum.simulation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import quantum.decision.Event;
import quantum.guard.GuardName;
import quantum.market.Symbol;
import quantum.record.Entry;
import quantum.simulation.Workload.Step;

/** What the operator ordered, and what of it stands: what the process heard, and what a later one finds recorded. */
final class Orders {

    private boolean paused;
    private boolean halted;
    private long allFlattenedAt;
    private final Map<String, Long> flattenedAt = new HashMap<>();
    private final Set<String> flattened = new TreeSet<>();
    private final Set<String> latched = new HashSet<>();
    private final Set<String> cleared = new HashSet<>();

    /** The word of a step. */
    static Event.Command of(Step step) {
        return switch (step.kind()) {
            case PAUSE -> new Event.Command.Pause();
            case RESUME -> new Event.Command.Resume();
            case FLATTEN -> new Event.Command.Flatten(null);
            case FLATTEN_SYMBOL -> new Event.Command.Flatten(new Symbol(step.symbol()));
            case CLEAR_BREAKER ->
                new Event.Command.Clear(new GuardName(GuardName.Kind.BREAKER, new Symbol(step.symbol())), "looked");
            default -> throw new IllegalArgumentException("not an order: " + step);
        };
    }

    /** The word was spoken; one that allows something counts although nobody may have heard it. */
    void spoken(Step step, boolean heard, long at) {
        switch (step.kind()) {
            case PAUSE -> paused |= heard;
            case FLATTEN -> {
                halted |= heard;
                allFlattenedAt = heard ? at : allFlattenedAt;
            }
            case FLATTEN_SYMBOL -> {
                if (heard) {
                    flattened.add(step.symbol());
                    flattenedAt.put(step.symbol(), at);
                }
            }
            case RESUME -> {
                paused = false;
                halted = false;
                flattened.clear();
            }
            case CLEAR_BREAKER -> {
                latched.remove(step.symbol());
                cleared.add(step.symbol());
            }
            default -> throw new IllegalArgumentException("not an order: " + step);
        }
    }

    /** It was told that the breaker stopped a symbol; what is told late may be of before it was cleared. */
    void latched(String symbol) {
        if (!cleared.contains(symbol)) {
            latched.add(symbol);
        }
    }

    /** The process ended; words that were not durable yet ended with it. */
    void died(MemoryLedger ledger) {
        Entry.GuardRow row =
                ledger.all(Entry.GuardRow.class).stream().findFirst().orElse(null);
        Entry.StandingRow standing = row == null ? null : row.standing();
        halted &= standing != null && standing.halted();
        // A halt says more than a pause, and stands for it.
        paused &= row != null && (row.paused() || halted);
        flattened.retainAll(standing == null ? Set.of() : standing.flattened().keySet());
    }

    boolean isPaused() {
        return paused;
    }

    /** Whether the symbol was flattened, alone or with everything. */
    boolean isHalted(String symbol) {
        return halted || flattened.contains(symbol);
    }

    /** When the symbol was flattened last, by the exchange's clock. */
    long flattenedAt(String symbol) {
        return Math.max(allFlattenedAt, flattenedAt.getOrDefault(symbol, 0L));
    }

    /** Whether the breaker may have begun to count this symbol anew. */
    boolean wasCleared(String symbol) {
        return cleared.contains(symbol);
    }

    boolean isLatched(String symbol) {
        return latched.contains(symbol);
    }
}
