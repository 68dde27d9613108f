package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Seeded schedules; {@code -Dquantum.schedules=100000} runs more, {@code -Dquantum.seed=N} one again. */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("quantum.schedules", 5_000);
    private static final long FIRST = Long.getLong("quantum.seed", 1);

    @Test
    void nothingForbiddenHappens() {
        Tally tally = new Tally();
        // Each schedule is one thread's own; two at a time.
        LongStream.range(FIRST, FIRST + SCHEDULES)
                .parallel()
                .mapToObj(seed -> Schedule.run(Course.of(seed)))
                .forEach(tally::add);
        System.out.println(tally);
        assertThat(tally.failed().size()).as(tally.told()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 8, 13})
    void theSameSeedIsTheSameCourse(long seed) {
        assertThat(Schedule.run(Course.of(seed))).isEqualTo(Schedule.run(Course.of(seed)));
    }
}
