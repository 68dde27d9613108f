package quantum.processes;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The kills of a run, shared by its chains: which moment is next, how many there were, what came of each. */
final class Kills {

    private static final int SLOWEST = 3;

    private final int wanted;
    private final Map<KillPoint, Integer> moments = new EnumMap<>(KillPoint.class);
    private final List<Convergence> convergences = new ArrayList<>();
    private final Deque<KillPoint> chosen = new ArrayDeque<>();
    private int begun;
    private int unproven;

    Kills(int wanted) {
        this.wanted = wanted;
    }

    /** How long a process took to agree with the exchange after its predecessor was killed there. */
    record Convergence(KillPoint after, Agreement.Reached reached) {
        Duration took() {
            return reached.took();
        }
    }

    int wanted() {
        return wanted;
    }

    synchronized boolean areWanted() {
        return begun < wanted;
    }

    /** Where to kill next: every third time anywhere, else at the chosen moments in turn. */
    synchronized KillPoint next() {
        if (begun++ % 3 == 0) {
            return KillPoint.RANDOM;
        }
        if (chosen.isEmpty()) {
            chosen.addAll(List.of(KillPoint.values()));
            chosen.remove(KillPoint.RANDOM);
        }
        return chosen.remove();
    }

    synchronized void count(KillPoint point) {
        moments.merge(point, 1, Integer::sum);
    }

    synchronized void converged(KillPoint after, Agreement.Reached reached, int stillUnproven) {
        convergences.add(new Convergence(after, reached));
        unproven += stillUnproven;
    }

    /** Fastest first. */
    synchronized List<Convergence> convergences() {
        return convergences.stream()
                .sorted(Comparator.comparing(Convergence::took))
                .toList();
    }

    synchronized int count() {
        return moments.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** What it came to, in figures. */
    synchronized void addTo(Map<String, Object> figures) {
        List<Convergence> fastestFirst = convergences();
        figures.put("kills", count());
        figures.put("moments", new EnumMap<>(moments));
        figures.put("absences_to_prove", unproven);
        figures.put("slowest_convergence_ms", fastestFirst.getLast().took().toMillis());
        figures.put(
                "median_convergence_ms",
                fastestFirst.get(fastestFirst.size() / 2).took().toMillis());
        figures.put(
                "slowest",
                fastestFirst.reversed().stream()
                        .limit(SLOWEST)
                        .map(agreed -> agreed.after() + " " + agreed.reached())
                        .toList());
    }
}
