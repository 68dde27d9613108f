package quantum.bench;

import java.util.Locale;
import org.HdrHistogram.Histogram;

/** Durations of one kind, in nanoseconds. Filled by one thread. */
final class Samples {

    private static final long HIGHEST = 60_000_000_000L;

    private final Histogram histogram = new Histogram(HIGHEST, 3);

    void add(long nanos) {
        histogram.recordValue(Math.clamp(nanos, 0, HIGHEST));
    }

    long count() {
        return histogram.getTotalCount();
    }

    /** A percentile in microseconds. */
    double micros(double percentile) {
        return histogram.getValueAtPercentile(percentile) / 1e3;
    }

    double median() {
        return micros(50);
    }

    /** "p50 / p99" in microseconds. */
    String shown() {
        return String.format(Locale.ROOT, "%,.0f / %,.0f", micros(50), micros(99));
    }
}
