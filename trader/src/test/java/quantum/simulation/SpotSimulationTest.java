package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Seeded schedules where coins are bought and sold: {@code -Dquantum.spot.schedules=20000} runs more, {@code
 * -Dquantum.seed=N -Dquantum.spot.schedules=1 -Dquantum.told=true} tells the whole course of one. Of what fails the steps and
 * strikes are told that it fails by.
 */
@Tag("schedules")
class SpotSimulationTest {

    private static final int SCHEDULES = Integer.getInteger("quantum.spot.schedules", 200);
    private static final long FIRST = Long.getLong("quantum.seed", 1);
    private static final int ENOUGH_TO_COUNT = 2_000;
    private static final int MOST_CUT_DOWN = 2;
    private static final Set<Integer> FEW_STEPS = Set.of(0, 1, 2, 3, 4, 5);
    private static final long SWEPT = 2;
    /** At most so many of the boundaries in the suite; {@code -Dquantum.spot.boundaries=100000} takes each. */
    private static final long BOUNDARIES = Long.getLong("quantum.spot.boundaries", 60);

    /** The steps of the other venue that this one does not know. */
    private static Set<Workload.Kind> ofOthers() {
        return EnumSet.of(
                Workload.Kind.HAND_CLOSE,
                Workload.Kind.HAND_REDUCE,
                Workload.Kind.LIQUIDATION,
                Workload.Kind.DELEVERAGING,
                Workload.Kind.FUNDING,
                Workload.Kind.OTHER_STOP,
                Workload.Kind.OTHER_TARGET,
                Workload.Kind.OTHER_TAKE,
                Workload.Kind.OTHER_ENTRY,
                Workload.Kind.UNANNOUNCED,
                Workload.Kind.OTHERS_TAKEN_OFF);
    }

    @Test
    void nothingForbiddenHappens() {
        Tally tally = new Tally();
        LongStream.range(FIRST, FIRST + SCHEDULES)
                .parallel()
                .mapToObj(seed -> SpotSchedule.run(Course.of(seed)))
                .forEach(tally::add);
        System.out.println("spot: " + tally.line());
        StringBuilder words = new StringBuilder(tally.told());
        tally.failed().stream()
                .limit(MOST_CUT_DOWN)
                .forEach(failed -> words.append("\ncut down to ").append(cutDown(failed)));
        assertThat(tally.failed().size()).as(words.toString()).isZero();
        assertThat(tally.eventsEach()).isGreaterThanOrEqualTo(300);
        assertThat(tally.faultsEach()).isGreaterThanOrEqualTo(15);
        if (SCHEDULES >= ENOUGH_TO_COUNT) {
            assertThat(tally.rare(Weather.Fault.OF_LEVERAGE, ofOthers()))
                    .as("what a run of this size must meet at least 20 times")
                    .isEmpty();
        }
    }

    private static Course cutDown(Outcome failed) {
        long seed = failed.course().seed();
        return Shrinker.shrink(failed, SpotWorkload.of(SpotSetup.of(seed)), SpotSchedule::run);
    }

    /** A schedule of a few intents in fair weather once for each of its boundaries, with the process ended there. */
    @Test
    void itMayEndAtAnyBoundary() {
        List<String> bad = Collections.synchronizedList(new ArrayList<>());
        Course course = new Course(SWEPT, FEW_STEPS, Set.of());
        Outcome whole = SpotSchedule.run(course);
        assertThat(whole.violations()).isEmpty();
        long all = whole.counts().boundaries();
        long step = Math.max(1, all / BOUNDARIES);
        LongStream.iterate(1, at -> at <= all, at -> at + step).boxed().toList().parallelStream()
                .forEach(at -> {
                    Outcome outcome = SpotSchedule.run(course, at);
                    if (!outcome.isClean()) {
                        bad.add("at boundary " + at + ": " + outcome.violations());
                    }
                });
        assertThat(bad).isEmpty();
    }
}
