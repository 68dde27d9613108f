package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import quantum.reliability.Results;

/**
 * The process ends at every boundary between it and the world, one after the other: each schedule of a few intents in fair
 * weather is run once for each of its boundaries (reliability F1). {@code -Dquantum.sweeps=N} takes more schedules.
 */
@Tag("schedules")
class SweepTest {

    private static final int SWEEPS = Integer.getInteger("quantum.sweeps", 3);
    private static final Set<Integer> STEPS = Set.of(0, 1, 2, 3, 4, 5, 6, 7);

    @Test
    void itMayEndAtAnyBoundary() {
        long began = System.nanoTime();
        Tally tally = new Tally();
        List<String> bad = new ArrayList<>();
        for (long seed = 1; seed <= SWEEPS; seed++) {
            Course course = new Course(seed, STEPS, Set.of());
            Outcome whole = Schedule.run(course);
            assertThat(whole.violations()).isEmpty();
            LongStream.rangeClosed(1, whole.counts().boundaries()).parallel().forEach(at -> {
                Outcome outcome = Schedule.run(course, at);
                tally.add(outcome);
                if (!outcome.isClean()) {
                    synchronized (bad) {
                        bad.add("seed " + course.seed() + " at boundary " + at + ": " + outcome.violations());
                    }
                }
            });
        }
        Results.add("sweep", tally.figures(1, System.nanoTime() - began));
        System.out.println("sweep: " + tally.line());
        assertThat(bad).isEmpty();
    }
}
