package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.reliability.Results;

/**
 * Seeded schedules: {@code -Dquantum.schedules=100000} runs more, {@code -Dquantum.seed=N -Dquantum.schedules=1
 * -Dquantum.told=true} tells the whole course of one. What fails is shrunk and kept in the corpus.
 */
@Tag("schedules")
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("quantum.schedules", 5_000);
    private static final long FIRST = Long.getLong("quantum.seed", 1);
    private static final int ENOUGH_TO_COUNT = 2_000;
    private static final int MOST_KEPT = 3;

    @Test
    void nothingForbiddenHappens() {
        long began = System.nanoTime();
        Tally tally = new Tally();
        // Each schedule is one thread's own; two at a time.
        LongStream.range(FIRST, FIRST + SCHEDULES)
                .parallel()
                .mapToObj(seed -> Schedule.run(Course.of(seed)))
                .forEach(tally::add);
        Results.add("simulation", tally.figures(FIRST, System.nanoTime() - began));
        System.out.println(tally.line());
        StringBuilder words = new StringBuilder(tally.told());
        tally.failed().stream().limit(MOST_KEPT).forEach(failed -> {
            Path kept = Corpus.keep("found-" + failed.course().seed(), failed, Mutant.NONE);
            words.append("\nkept as ").append(kept);
        });
        assertThat(tally.failed().size()).as(words.toString()).isZero();
        assertThat(tally.eventsEach()).isGreaterThanOrEqualTo(300);
        assertThat(tally.faultsEach()).isGreaterThanOrEqualTo(15);
        if (SCHEDULES >= ENOUGH_TO_COUNT) {
            assertThat(tally.rare(Weather.Fault.OF_COINS, Workload.Kind.OF_COINS))
                    .as("what a run of this size must meet at least 20 times")
                    .isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 8, 13})
    void theSameSeedIsTheSameCourse(long seed) {
        assertThat(Schedule.run(Course.of(seed))).isEqualTo(Schedule.run(Course.of(seed)));
    }
}
