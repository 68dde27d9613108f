package quantum.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import quantum.simulation.Judge.Law;

/** What must not last: how long each has been so, of the time in which something could be done about it. */
final class Lasting {

    private final Judge judge;
    private final Law law;
    private final long bound;
    private final Map<String, Long> since = new HashMap<>();

    Lasting(Judge judge, Law law, long bound) {
        this.judge = judge;
        this.law = law;
        this.bound = bound;
    }

    /** This look does not count for it: nothing can be done about it now. */
    void excuse(String what) {
        since.merge(what, -Vigil.STEP_MILLIS, Long::sum);
    }

    /** One look at all that is so now. */
    void count(Set<String> present, boolean able, World world) {
        since.keySet().retainAll(present);
        for (String what : present) {
            long millis = since.merge(what, able ? Vigil.STEP_MILLIS : 0L, Long::sum);
            if (millis > bound && millis <= bound + Vigil.STEP_MILLIS) {
                world.note(law + " " + what);
            }
            judge.within(law, millis, bound, what);
        }
    }
}
