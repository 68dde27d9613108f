package quantum.decision;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * The wake-ups that are awaited: one a timer, the earliest asked for. A flow that is started twice, by a reconnect or
 * by two causes at once, thereby stays one flow, and does not ask the exchange twice as often for ever.
 */
public final class WakeUps {

    /** A wake-up may come this much early, because timers are rounded. */
    private static final long EARLY_NANOS = Duration.ofMillis(20).toNanos();
    /** One that is overdue by this much was lost and may be asked for again. */
    private static final long LOST_NANOS = Duration.ofSeconds(1).toNanos();

    private final Map<Timer, Long> due = new HashMap<>();

    /** True if a wake-up at that time must be asked for; false if an earlier one is on its way. */
    boolean await(Timer timer, long atNanos, long nowNanos) {
        Long awaited = due.get(timer);
        if (awaited != null && awaited - atNanos <= 0 && nowNanos - awaited < LOST_NANOS) {
            return false;
        }
        due.put(timer, atNanos);
        return true;
    }

    /** True if this wake-up is the one awaited; a later or an older one of the same timer counts for nothing. */
    public boolean arrived(Timer timer, long nowNanos) {
        Long awaited = due.get(timer);
        if (awaited == null || awaited - nowNanos > EARLY_NANOS) {
            return false;
        }
        due.remove(timer);
        return true;
    }
}
