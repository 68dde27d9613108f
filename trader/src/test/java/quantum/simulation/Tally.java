package quantum.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import quantum.simulation.Boundaries.Point;
import quantum.simulation.Judge.Law;
import quantum.simulation.Weather.Fault;

/** The sum of many outcomes. Any thread may add. */
final class Tally {

    private static final int MOST_TOLD = 10;

    private final Map<Law, Long> checks = new EnumMap<>(Law.class);
    private final Map<Law, Long> slack = new EnumMap<>(Law.class);
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<Point, Long> crashes = new EnumMap<>(Point.class);
    private final Map<String, Long> steps = new TreeMap<>();
    private final List<Outcome> failed = new ArrayList<>();
    private long schedules;
    private long events;
    private long orders;
    private long fills;
    private long processes;

    synchronized void add(Outcome outcome) {
        schedules++;
        events += outcome.counts().events();
        orders += outcome.counts().orders();
        fills += outcome.counts().fills();
        processes += outcome.counts().processes();
        outcome.checks().forEach((law, count) -> checks.merge(law, count, Long::sum));
        outcome.slack().forEach((law, left) -> slack.merge(law, left, Math::min));
        outcome.faults().forEach((fault, count) -> faults.merge(fault, count, Long::sum));
        outcome.crashes().forEach((point, count) -> crashes.merge(point, count, Long::sum));
        outcome.steps().forEach((step, count) -> steps.merge(step, count, Long::sum));
        if (!outcome.isClean()) {
            failed.add(outcome);
        }
    }

    /** Those that broke a law, by seed. */
    synchronized List<Outcome> failed() {
        failed.sort(Comparator.comparingLong(outcome -> outcome.course().seed()));
        return failed;
    }

    String told() {
        StringBuilder words = new StringBuilder(failed().size() + " schedules broke a law");
        failed().stream()
                .limit(MOST_TOLD)
                .forEach(outcome -> words.append("\n-Dquantum.schedules=1 -Dquantum.seed=")
                        .append(outcome.course().seed())
                        .append(": ")
                        .append(outcome.violations()));
        return words.toString();
    }

    @Override
    public synchronized String toString() {
        return "schedules " + schedules + ", events " + events + ", processes " + processes + ", orders " + orders
                + ", fills " + fills + ", faults " + faults + ", crashes " + crashes + ", steps " + steps + ", checks "
                + checks + ", slack in ms " + slack;
    }
}
