package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.reliability.Results;

/**
 * A simulation that catches no bug proves nothing: each of these is caught by the case that is kept for it. With {@code
 * -Dquantum.keep=true} seeds are searched, and what they show is cut down and kept anew.
 */
@Tag("schedules")
class MutantTest {

    private static final boolean KEEP = Boolean.getBoolean("quantum.keep");
    private static final int MOST_SEEDS = 300;
    private static final int MOST_WORDS = 160;

    private static final Map<String, Map<String, Object>> CAUGHT = new TreeMap<>();

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyMutantIsCaught(Mutant mutant) {
        String name = "mutant-" + mutant.name().toLowerCase(Locale.ROOT).replace('_', '-');
        Outcome caught = kept(Corpus.file(name), mutant);
        boolean anew = caught == null;
        for (long seed = mutant.seed(); caught == null && seed < mutant.seed() + MOST_SEEDS; seed++) {
            Outcome outcome = Schedule.run(Course.of(seed), mutant);
            caught = outcome.isClean() ? null : outcome;
        }
        assertThat(caught)
                .as(mutant + " lived through its case and " + MOST_SEEDS + " seeds")
                .isNotNull();
        if (caught != null) {
            if (KEEP && anew) {
                Corpus.keep(name, caught, mutant);
            }
            assertThat(Schedule.run(caught.course()).violations()).isEmpty();
            String violation = caught.violations().getFirst();
            CAUGHT.put(mutant.name(), told(mutant, caught.course().seed(), violation));
        }
    }

    private static Map<String, Object> told(Mutant mutant, long seed, String violation) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("bug", mutant.bug());
        told.put("seed", seed);
        told.put("caught_by", violation.substring(0, violation.indexOf(':')));
        told.put("words", violation.substring(0, Math.min(violation.length(), MOST_WORDS)));
        return told;
    }

    private static @Nullable Outcome kept(Path file, Mutant mutant) {
        if (KEEP || !Files.exists(file)) {
            return null;
        }
        Outcome outcome = Schedule.run(Corpus.read(file).course(), mutant);
        return outcome.isClean() ? null : outcome;
    }

    @AfterAll
    static void write() {
        Results.add("mutants", CAUGHT);
    }
}
