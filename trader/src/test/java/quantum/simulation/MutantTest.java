package quantum.simulation;

import static org.assertj.core.api.Assertions.fail;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A simulation that catches no bug proves nothing: each of these is caught by a seed that is known to. */
class MutantTest {

    private static final int MOST_SEEDS = 300;

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyMutantIsCaught(Mutant mutant) {
        for (long seed = mutant.seed(); seed < mutant.seed() + MOST_SEEDS; seed++) {
            Outcome outcome = Schedule.run(Course.of(seed), mutant);
            if (!outcome.isClean()) {
                String caught = outcome.violations().getFirst();
                System.out.println(mutant + " caught by seed " + seed + ": "
                        + caught.substring(0, Math.min(200, caught.length())));
                return;
            }
        }
        fail(mutant + " lived through " + MOST_SEEDS + " seeds");
    }
}
