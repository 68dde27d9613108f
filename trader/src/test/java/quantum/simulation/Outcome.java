package quantum.simulation;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import quantum.intent.Closed;
import quantum.intent.Closed.Reason;
import quantum.record.Notice;
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

    /** How many positions ended for which reason, as told. */
    static Map<Reason, Long> ends(MemoryLedger ledger) {
        Map<Reason, Long> ends = new EnumMap<>(Reason.class);
        for (Notice notice : ledger.outbox()) {
            if (notice instanceof Notice.TradeClosed(Closed closed, var _)) {
                ends.merge(closed.reason(), 1L, Long::sum);
            }
        }
        return ends;
    }

    boolean isClean() {
        return violations.isEmpty();
    }
}
