package quantum.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The time that clients are told: the real one, set apart and gaining from some moments on. What happened before the clock
 * was set keeps the time that it was told with, so that history grows old with the clock.
 */
final class ServerClock {

    private static final long MILLION = 1_000_000;

    private record Skew(long since, long offsetMillis, long ppm) {}

    private final List<Skew> skews = new ArrayList<>();

    ServerClock() {
        forget();
    }

    /** As if it had never been set. */
    void forget() {
        skews.clear();
        skews.add(new Skew(0, 0, 0));
    }

    void skew(long now, long offsetMillis, long ppm) {
        skews.add(new Skew(now, offsetMillis, ppm));
    }

    long ppm() {
        return skews.getLast().ppm;
    }

    /** Epoch milliseconds at this moment of real epoch nanoseconds. */
    long millis(long epochNanos) {
        int latest = skews.size() - 1;
        while (latest > 0 && skews.get(latest).since > epochNanos) latest--;
        var skew = skews.get(latest);
        long gained = TimeUnit.NANOSECONDS.toMillis(Math.max(0, epochNanos - skew.since)) * skew.ppm / MILLION;
        return TimeUnit.NANOSECONDS.toMillis(epochNanos) + skew.offsetMillis + gained;
    }
}
