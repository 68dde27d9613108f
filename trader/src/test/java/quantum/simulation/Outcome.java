package quantum.simulation;

import java.util.List;
import java.util.Map;
import quantum.intent.Closed.Reason;
import quantum.simulation.Boundaries.Point;
import quantum.simulation.Judge.Law;
import quantum.simulation.Weather.Fault;

/** What came of one schedule. */
record Outcome(
        Course course,
        Counts counts,
        long trace,
        Map<Fault, Long> faults,
        Map<Point, Long> crashes,
        Map<String, Long> steps,
        Map<Reason, Long> ends,
        Map<Law, Long> checks,
        Map<Law, Long> slack,
        List<String> violations,
        List<String> struck) {

    /** How much happened; the boundaries are those before the weather cleared. */
    record Counts(long events, long boundaries, long orders, long fills, long processes) {}

    boolean isClean() {
        return violations.isEmpty();
    }
}
