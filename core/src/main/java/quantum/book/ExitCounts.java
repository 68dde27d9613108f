package quantum.book;

import java.util.EnumMap;
import java.util.Map;
import quantum.intent.Closed.Reason;

/** How many positions ended since the process began, by why. */
public final class ExitCounts {

    private final Map<Reason, Long> counts = new EnumMap<>(Reason.class);

    ExitCounts() {}

    /** By what the trades say, so that a target that fired unheard counts as one (M-10). */
    public void count(Reason reason) {
        counts.merge(reason, 1L, Long::sum);
    }

    public long of(Reason reason) {
        return counts.getOrDefault(reason, 0L);
    }

    /** All but those that another hand ended. */
    public long ours() {
        return counts.entrySet().stream()
                .filter(count -> count.getKey() != Reason.EXTERNAL)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }
}
