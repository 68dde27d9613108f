package quantum.guard;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;
import quantum.market.Symbol;

/**
 * What a person ordered, and what only a person can end; it outlives the process. None of it is asked about an exit.
 *
 * @param flattening whether everything is still being closed
 * @param flattened symbols whose position was closed by order; true while it is still being closed
 * @param latched symbols that the breaker stopped
 */
public record OperatorState(State state, boolean flattening, Map<Symbol, Boolean> flattened, Set<Symbol> latched) {

    /** What is allowed. */
    public enum State {
        /** Opens and exits. */
        ACTIVE,
        /** Exits alone: paused. */
        REDUCING,
        /** Exits alone, after everything was ordered to be closed. */
        HALTED
    }

    public static final OperatorState ACTIVE = new OperatorState(State.ACTIVE, false, Map.of(), Set.of());

    public OperatorState {
        // In one order in every process.
        flattened = Collections.unmodifiableMap(new TreeMap<>(flattened));
        latched = Collections.unmodifiableSet(new TreeSet<>(latched));
    }

    /** Whether a symbol may be opened. The refusal says which word of a person ends it. */
    Verdict admit(Symbol symbol) {
        if (state == State.REDUCING) {
            return Verdict.refuse(Refusal.PAUSED, "paused by the operator");
        }
        if (state == State.HALTED) {
            return Verdict.refuse(Refusal.HALTED, "everything was flattened; opens wait for resume");
        }
        if (flattened.containsKey(symbol)) {
            return Verdict.refuse(Refusal.HALTED, symbol + " was flattened; opens in " + symbol + " wait for resume");
        }
        return latched.contains(symbol)
                ? Verdict.refuse(
                        Refusal.SYMBOL_LATCHED,
                        "stopped by the breaker until safety clear " + new GuardName(GuardName.Kind.BREAKER, symbol))
                : Verdict.PASS;
    }

    /** A halt stays a halt. */
    public OperatorState paused() {
        return new OperatorState(state == State.HALTED ? state : State.REDUCING, flattening, flattened, latched);
    }

    /**
     * Ends a pause and what flattening left; what the breaker stopped needs a word of its own. A flatten under way ends
     * with it (X-F2).
     */
    public OperatorState resumed() {
        return new OperatorState(State.ACTIVE, false, Map.of(), latched);
    }

    /** Closing begins, of one symbol or of everything. */
    public OperatorState flattening(@Nullable Symbol symbol) {
        if (symbol == null) {
            return new OperatorState(State.HALTED, true, flattened, latched);
        }
        return with(symbol, true);
    }

    /**
     * The exchange proved that nothing is held, in one symbol or at all. Opens wait on: that all is closed is no word
     * to begin anew.
     */
    public OperatorState flat(@Nullable Symbol symbol) {
        return symbol == null ? new OperatorState(state, false, flattened, latched) : with(symbol, false);
    }

    private OperatorState with(Symbol symbol, boolean going) {
        Map<Symbol, Boolean> changed = new TreeMap<>(flattened);
        changed.put(symbol, going);
        return new OperatorState(state, flattening, changed, latched);
    }

    /** Whether what is held in a symbol is being closed. */
    public boolean isFlattening(Symbol symbol) {
        return flattening || flattened.getOrDefault(symbol, false);
    }

    /** Whether anything is being closed. */
    public boolean isFlattening() {
        return flattening || flattened.containsValue(true);
    }

    /** By the breaker; a person takes it off with a reason that is recorded. */
    OperatorState withLatched(Symbol symbol, boolean value) {
        Set<Symbol> changed = new TreeSet<>(latched);
        if (value) {
            changed.add(symbol);
        } else {
            changed.remove(symbol);
        }
        return new OperatorState(state, flattening, flattened, changed);
    }
}
