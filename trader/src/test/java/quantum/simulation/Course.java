package quantum.simulation;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What of a seed takes place: all of it, or only the steps and strikes that a shrunk case kept. Every strike is drawn by
 * its own kind and number, so that leaving one out does not change whether another happens.
 */
record Course(
        long seed, @Nullable Set<Integer> steps, @Nullable Set<String> strikes) {

    static Course of(long seed) {
        return new Course(seed, null, null);
    }

    boolean takes(int step) {
        return steps == null || steps.contains(step);
    }

    boolean takes(String strike) {
        return strikes == null || strikes.contains(strike);
    }

    /** A number from the seed and where it is used, spread over all of its bits (the finalizer of SplitMix64). */
    static long draw(long seed, long where, long count) {
        long z = seed * 0x9E3779B97F4A7C15L + where * 0xD1B54A32D192ED03L + count * 0x8CB92BA72F3D8DD7L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
