package quantum.explore;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Visits every state that a model can reach within a number of events, breadth first, so that the first state that breaks
 * a law has one of the shortest ways to it.
 */
public final class Explorer<S> {

    /** What can happen in each state, and what must hold in it. States are values. */
    public interface Model<S> {
        S start();

        /** Every event that can happen now, by a name that tells it, and the state after it. */
        Map<String, S> next(S state);

        /** What is wrong with a state; null if nothing is. */
        @Nullable
        String broken(S state);
    }

    /**
     * What was found: how many states lie within how many events, whether that is all there are, and the way to the first
     * that is broken.
     */
    public record Found(
            int states, int depth, boolean whole, @Nullable String broken, List<String> trace) {}

    private record Way<S>(S from, String event) {}

    private final Model<S> model;
    private final Map<S, Way<S>> reached = new HashMap<>();

    private Explorer(Model<S> model) {
        this.model = model;
    }

    public static <S> Found explore(Model<S> model, int mostEvents) {
        return new Explorer<>(model).explore(mostEvents);
    }

    private Found explore(int mostEvents) {
        S start = model.start();
        reached.put(start, new Way<>(start, ""));
        Queue<S> edge = new ArrayDeque<>(List.of(start));
        int depth = 0;
        while (!edge.isEmpty()) {
            Queue<S> beyond = new ArrayDeque<>();
            for (S state : edge) {
                String broken = model.broken(state);
                if (broken != null) {
                    return new Found(reached.size(), depth, false, broken, trace(state));
                }
                if (depth < mostEvents) {
                    model.next(state).forEach((event, next) -> {
                        if (reached.putIfAbsent(next, new Way<>(state, event)) == null) {
                            beyond.add(next);
                        }
                    });
                }
            }
            edge = beyond;
            depth += edge.isEmpty() ? 0 : 1;
        }
        return new Found(reached.size(), depth, depth < mostEvents, null, List.of());
    }

    private List<String> trace(S state) {
        List<String> events = new ArrayList<>();
        S at = state;
        Way<S> way = reached.get(at);
        while (way != null && !way.from().equals(at)) {
            events.add(way.event());
            at = way.from();
            way = reached.get(at);
        }
        Collections.reverse(events);
        return events;
    }
}
