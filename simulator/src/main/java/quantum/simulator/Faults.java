package quantum.simulator;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The disturbances still to come, in the order in which they were set; one at most meets a request. */
public final class Faults {

    private final List<Fault> pending = new ArrayList<>();
    private long silentUntil = Long.MIN_VALUE;

    public void add(Fault fault) {
        pending.add(fault);
    }

    public List<Fault> pending() {
        return List.copyOf(pending);
    }

    public void clear() {
        pending.clear();
        silentUntil = Long.MIN_VALUE;
    }

    /** Takes the first fault that meets this request, counting it down. */
    public @Nullable Fault take(String method, String path, @Nullable String symbol) {
        for (int i = 0; i < pending.size(); i++) {
            var fault = pending.get(i);
            if (!fault.meets(method, path, symbol)) continue;
            if (fault.count() > 1) pending.set(i, fault.counted());
            else pending.remove(i);
            return fault;
        }
        return null;
    }

    /** Swallows user stream frames until this moment. */
    public void silenceUntil(long epochNanos) {
        silentUntil = epochNanos;
    }

    public boolean silent(long now) {
        return now < silentUntil;
    }
}
