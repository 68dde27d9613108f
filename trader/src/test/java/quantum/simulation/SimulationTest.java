package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.simulation.Judge.Law;
import quantum.simulation.Schedule.Outcome;
import quantum.simulation.Weather.Fault;

/** Seeded schedules; {@code -Dquantum.schedules=100000} runs more, {@code -Dquantum.seed=N} one again. */
class SimulationTest {

    private static final int SCHEDULES = Integer.getInteger("quantum.schedules", 1_000);
    private static final int MOST_SEEDS = 300;
    private static final long FIRST = Long.getLong("quantum.seed", 1);

    @Test
    void nothingForbiddenHappens() {
        Map<Law, Long> checks = new EnumMap<>(Law.class);
        Map<Fault, Long> faults = new EnumMap<>(Fault.class);
        long events = 0;
        long crashes = 0;
        long orders = 0;
        StringBuilder bad = new StringBuilder();
        int failed = 0;
        for (long seed = FIRST; seed < FIRST + SCHEDULES; seed++) {
            Outcome outcome = Schedule.run(seed);
            outcome.checks().forEach((law, count) -> checks.merge(law, count, Long::sum));
            outcome.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
            events += outcome.events();
            crashes += outcome.crashes();
            orders += outcome.orders();
            if (!outcome.violations().isEmpty()) {
                failed++;
                if (failed <= 10) {
                    bad.append("\n-Dquantum.schedules=1 -Dquantum.seed=")
                            .append(seed)
                            .append(": ")
                            .append(outcome.violations());
                }
            }
        }
        System.out.println("schedules " + SCHEDULES + ", events " + events + ", crashes " + crashes + ", orders "
                + orders + ", faults " + faults + ", checks " + checks);
        assertThat(failed).as(bad.toString()).isZero();
    }

    /** Each is caught within so many seeds; the one that does it is told. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyMutantIsCaught(Mutant mutant) {
        for (long seed = 1; seed <= MOST_SEEDS; seed++) {
            Outcome outcome = Schedule.run(seed, mutant);
            if (!outcome.violations().isEmpty()) {
                System.out.println(mutant + " caught by seed " + seed + ": "
                        + outcome.violations().getFirst());
                return;
            }
        }
        fail(mutant + " lived through " + MOST_SEEDS + " seeds");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 5, 8, 13})
    void theSameSeedIsTheSameCourse(long seed) {
        assertThat(Schedule.run(seed)).isEqualTo(Schedule.run(seed));
    }
}
