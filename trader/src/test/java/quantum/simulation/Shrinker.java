package quantum.simulation;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Cuts a failing schedule down to the steps and strikes that it fails by: parts are left out, ever smaller ones, for as
 * long as the same law still breaks (delta debugging). What is left is not the least there is, but little.
 */
final class Shrinker {

    private static final int MOST_RUNS = 600;

    private final Function<Course, Outcome> schedule;
    private final String law;
    private int runs;

    private Shrinker(Function<Course, Outcome> schedule, String law) {
        this.schedule = schedule;
        this.law = law;
    }

    /** A smaller course that breaks the first law that this one broke; the same course where none was found. */
    static Course shrink(Outcome failed, Mutant mutant) {
        long seed = failed.course().seed();
        return shrink(failed, Workload.of(Setup.of(seed)), course -> Schedule.run(course, mutant));
    }

    /** The same of whatever world the steps are done in. */
    static Course shrink(Outcome failed, List<Workload.Step> all, Function<Course, Outcome> schedule) {
        Shrinker shrinker = new Shrinker(schedule, law(failed.violations().getFirst()));
        long seed = failed.course().seed();
        Set<String> strikes = new LinkedHashSet<>(failed.struck());
        Set<Integer> steps = new LinkedHashSet<>();
        all.stream().map(Workload.Step::number).filter(failed.course()::takes).forEach(steps::add);
        if (!shrinker.fails(new Course(seed, steps, strikes))) {
            return failed.course();
        }
        Set<String> fewer = shrinker.fewer(strikes, some -> shrinker.fails(new Course(seed, steps, some)));
        Set<Integer> less = shrinker.fewer(steps, some -> shrinker.fails(new Course(seed, some, fewer)));
        return new Course(seed, less, shrinker.fewer(fewer, some -> shrinker.fails(new Course(seed, less, some))));
    }

    private static String law(String violation) {
        return violation.substring(0, violation.indexOf(':'));
    }

    private boolean fails(Course course) {
        runs++;
        return schedule.apply(course).violations().stream()
                .anyMatch(violation -> law(violation).equals(law));
    }

    private <T> Set<T> fewer(Set<T> all, Predicate<Set<T>> stillFails) {
        List<T> left = new ArrayList<>(all);
        int part = Math.max(1, left.size() / 2);
        while (runs < MOST_RUNS) {
            boolean cut = false;
            for (int from = 0; from < left.size() && runs < MOST_RUNS; ) {
                List<T> rest = new ArrayList<>(left);
                rest.subList(from, Math.min(from + part, left.size())).clear();
                if (stillFails.test(new LinkedHashSet<>(rest))) {
                    left = rest;
                    cut = true;
                } else {
                    from += part;
                }
            }
            if (part == 1 && !cut) {
                break;
            }
            part = Math.max(1, part / 2);
        }
        return new LinkedHashSet<>(left);
    }
}
