package quantum.decision;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Which log lines and alerts were told before: the same failure every second buries everything else, so it is told at once, then
 * once a minute with how often it came meanwhile.
 */
public final class Repeats {

    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int REMEMBERED = 500;

    /** When a cause was last told, and how often it came since. */
    private record Told(long atNanos, int since) {}

    private final Map<String, Told> byCause = new LinkedHashMap<>();

    /** How often it came since it was last told, this time with it; 0 while it is to be left out. */
    int times(String cause, long nowNanos) {
        Told told = byCause.remove(cause);
        int times = told == null ? 1 : told.since() + 1;
        boolean tells = told == null || nowNanos - told.atNanos() >= AGAIN_NANOS;
        byCause.put(cause, tells || told == null ? new Told(nowNanos, 0) : new Told(told.atNanos(), times));
        if (byCause.size() > REMEMBERED) {
            byCause.remove(byCause.keySet().iterator().next());
        }
        return tells ? times : 0;
    }
}
