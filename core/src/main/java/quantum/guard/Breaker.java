package quantum.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Symbol;

/**
 * The recent opens of each symbol, by exchange time: a producer that runs in a circle opens the same side again and
 * again, or turns from side to side (INC-I43: 150 trades and 7 turns in 11 minutes).
 */
public record Breaker(Map<Symbol, List<Entered>> recent) {

    /** One open. */
    public record Entered(Direction direction, Instant at) {}

    /**
     * How many opens of one side, and how many changes of side, a symbol may have in a time. One more of either stops
     * the symbol until a person clears it.
     */
    public record Limit(int opens, int turns, Duration window) {
        public static final Limit NONE = new Limit(Integer.MAX_VALUE, Integer.MAX_VALUE, Duration.ZERO);
    }

    public static final Breaker NONE = new Breaker(Map.of());

    /** What one more open of this side would break, in words; null if nothing. */
    public @Nullable String broken(Symbol symbol, Direction direction, Instant now, Limit limit) {
        List<Entered> entered = within(symbol, now, limit);
        long same = entered.stream().filter(e -> e.direction() == direction).count();
        if (same >= limit.opens()) {
            return same + " " + direction + " opens" + in(limit) + " are as many as allowed";
        }
        int turns = 0;
        Direction before = null;
        // The open that is asked about may itself be a turn.
        entered.add(new Entered(direction, now));
        for (Entered each : entered) {
            turns += before != null && before != each.direction() ? 1 : 0;
            before = each.direction();
        }
        return turns > limit.turns() ? turns + " changes of side" + in(limit) + ", allowed " + limit.turns() : null;
    }

    private static String in(Limit limit) {
        return " in " + limit.window().toSeconds() + " s";
    }

    /**
     * After an open was decided. Counted by what was really decided to open, in observe mode too; what is older than
     * the window leaves.
     */
    public Breaker opened(Symbol symbol, Direction direction, Instant now, Limit limit) {
        Map<Symbol, List<Entered>> changed = new TreeMap<>();
        recent.keySet().forEach(known -> {
            List<Entered> kept = within(known, now, limit);
            if (!kept.isEmpty()) {
                changed.put(known, kept);
            }
        });
        if (!limit.window().isZero()) {
            changed.computeIfAbsent(symbol, _ -> new ArrayList<>()).add(new Entered(direction, now));
        }
        return new Breaker(changed);
    }

    /** A person has looked: what was counted counts no more. */
    public Breaker cleared(Symbol symbol) {
        Map<Symbol, List<Entered>> rest = new TreeMap<>(recent);
        rest.remove(symbol);
        return new Breaker(rest);
    }

    /** By exchange time, so that a restart forgets none. */
    private List<Entered> within(Symbol symbol, Instant now, Limit limit) {
        return new ArrayList<>(recent.getOrDefault(symbol, List.of()).stream()
                .filter(entered -> now.isBefore(entered.at().plus(limit.window())))
                .toList());
    }
}
