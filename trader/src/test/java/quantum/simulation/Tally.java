package quantum.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import quantum.intent.Closed.Reason;
import quantum.simulation.Boundaries.Point;
import quantum.simulation.Judge.Law;
import quantum.simulation.Weather.Fault;

/** The sum of many outcomes. Any thread may add. */
final class Tally {

    private static final int MOST_TOLD = 10;
    private static final long OFTEN = 20;
    private static final Set<Reason> EXITS =
            EnumSet.of(Reason.TP, Reason.SL, Reason.TRAILING, Reason.TIME, Reason.LADDER, Reason.SIGNAL, Reason.KILL);

    private final Map<Law, Long> checks = new EnumMap<>(Law.class);
    private final Map<Law, Long> slack = new EnumMap<>(Law.class);
    private final Map<Fault, Long> faults = new EnumMap<>(Fault.class);
    private final Map<Point, Long> crashes = new EnumMap<>(Point.class);
    private final Map<String, Long> steps = new TreeMap<>();
    private final Map<Reason, Long> ends = new EnumMap<>(Reason.class);
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
        outcome.ends().forEach((reason, count) -> ends.merge(reason, count, Long::sum));
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
        if (failed.size() > MOST_TOLD) {
            words.append("\nalso the seeds ")
                    .append(failed.stream()
                            .skip(MOST_TOLD)
                            .map(outcome -> outcome.course().seed())
                            .toList());
        }
        return words.toString();
    }

    long eventsEach() {
        return schedules == 0 ? 0 : events / schedules;
    }

    /** Strikes of the weather, ends of processes and what hands and the exchange did, a schedule. */
    long faultsEach() {
        long all = sum(faults) + sum(crashes) + sum(steps) - steps.getOrDefault("INTENT", 0L);
        return schedules == 0 ? 0 : all / schedules;
    }

    private static long sum(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    /**
     * Kinds of faults, of ends of the process and of positions, and of steps that hardly happened: a run that does not meet
     * them proves nothing about them. What the venue cannot meet is given.
     */
    List<String> rare(Set<Fault> faultsOfOthers, Set<Workload.Kind> stepsOfOthers) {
        List<String> rare = new ArrayList<>();
        for (Fault fault : Fault.values()) {
            if (!faultsOfOthers.contains(fault) && faults.getOrDefault(fault, 0L) < OFTEN) {
                rare.add(fault.name());
            }
        }
        for (Point point : Point.values()) {
            if (crashes.getOrDefault(point, 0L) < OFTEN) {
                rare.add(point.name());
            }
        }
        for (Workload.Kind kind : Workload.Kind.values()) {
            if (!stepsOfOthers.contains(kind) && steps.getOrDefault(kind.name(), 0L) < OFTEN) {
                rare.add(kind.name());
            }
        }
        for (Reason reason : EXITS) {
            if (ends.getOrDefault(reason, 0L) < OFTEN) {
                rare.add(reason.name());
            }
        }
        return rare;
    }

    /** For the result file. */
    synchronized Map<String, Object> figures(long firstSeed, long nanos) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("first_seed", firstSeed);
        figures.put("schedules", schedules);
        figures.put("violations", failed.size());
        figures.put("events", events);
        figures.put("faults", sum(faults) + sum(crashes) + sum(steps) - steps.getOrDefault("INTENT", 0L));
        figures.put("processes", processes);
        figures.put("orders", orders);
        figures.put("fills", fills);
        figures.put("seconds", TimeUnit.NANOSECONDS.toSeconds(nanos));
        figures.put("faults_by_kind", faults);
        figures.put("crash_points", crashes);
        figures.put("steps", steps);
        figures.put("ends_by_reason", ends);
        Map<String, Object> laws = new LinkedHashMap<>();
        for (Law law : Law.values()) {
            Map<String, Object> told = new LinkedHashMap<>();
            told.put("invariants", law.numbers());
            told.put("checks", checks.getOrDefault(law, 0L));
            Long left = slack.get(law);
            if (left != null) {
                told.put("smallest_slack_ms", left);
            }
            laws.put(law.name(), told);
        }
        figures.put("laws", laws);
        return figures;
    }

    /** For the console. */
    synchronized String line() {
        return "schedules " + schedules + ", events " + events + ", faults each " + faultsEach() + ", processes "
                + processes + ", orders " + orders + ", fills " + fills + ", ends " + ends + ", crashes " + crashes
                + ", slack in ms "
                + slack;
    }
}
