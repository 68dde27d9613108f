package quantum.record;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import quantum.guard.Breaker;
import quantum.guard.Guards;
import quantum.guard.OperatorState;
import quantum.market.Direction;
import quantum.market.Symbol;

/**
 * What the guards remember to its row and back. Times are the exchange's, so that a cooldown ends after a restart when
 * it would have ended without (C28).
 */
public final class GuardRows {

    private GuardRows() {}

    /** What stops opens, and until when: safe mode that ended with the process would stop nothing (M20). */
    public static Entry.GuardRow of(Guards guards) {
        return new Entry.GuardRow(
                named(guards.symbolOpenedAt()),
                List.copyOf(guards.openedAt()),
                named(guards.symbolCooldowns()),
                guards.globalCooldown(),
                List.copyOf(guards.marginFailures()),
                guards.safeMode(),
                guards.standing().state() == OperatorState.State.REDUCING,
                of(guards.standing(), guards.breaker()));
    }

    /** Sorted by symbol: equal guards are equal rows in every process. */
    private static Entry.StandingRow of(OperatorState standing, Breaker breaker) {
        Map<String, Boolean> flattened = new TreeMap<>();
        standing.flattened().forEach((symbol, going) -> flattened.put(symbol.name(), going));
        Map<String, List<Entry.EnteredRow>> entered = new TreeMap<>();
        breaker.recent()
                .forEach((symbol, all) -> entered.put(
                        symbol.name(),
                        all.stream()
                                .map(e -> new Entry.EnteredRow(e.direction().name(), e.at()))
                                .toList()));
        return new Entry.StandingRow(
                standing.state() == OperatorState.State.HALTED,
                standing.flattening(),
                flattened,
                standing.latched().stream().map(Symbol::name).sorted().toList(),
                entered);
    }

    /** The guards that a row remembers. */
    public static Guards guards(Entry.GuardRow row) {
        return new Guards(
                symbols(row.symbolOpenedAt()),
                row.openedAt(),
                symbols(row.symbolCooldowns()),
                row.globalCooldown(),
                row.marginFailures(),
                row.safeMode(),
                standing(row),
                breaker(row));
    }

    /** A halt goes before a pause; a row without the rest knows no more than a pause. */
    private static OperatorState standing(Entry.GuardRow row) {
        OperatorState.State paused = row.paused() ? OperatorState.State.REDUCING : OperatorState.State.ACTIVE;
        Entry.StandingRow standing = row.standing();
        if (standing == null) {
            return new OperatorState(paused, false, Map.of(), Set.of());
        }
        Set<Symbol> latched = new HashSet<>();
        standing.latched().forEach(name -> latched.add(new Symbol(name)));
        return new OperatorState(
                standing.halted() ? OperatorState.State.HALTED : paused,
                standing.flattening(),
                symbols(standing.flattened()),
                latched);
    }

    /** A producer that runs in a circle goes on with it after a restart (INC-I43). */
    private static Breaker breaker(Entry.GuardRow row) {
        Entry.StandingRow standing = row.standing();
        Map<Symbol, List<Breaker.Entered>> recent = new TreeMap<>();
        if (standing != null) {
            standing.entered()
                    .forEach((name, all) -> recent.put(
                            new Symbol(name),
                            all.stream()
                                    .map(e -> new Breaker.Entered(Direction.valueOf(e.direction()), e.at()))
                                    .toList()));
        }
        return new Breaker(recent);
    }

    private static Map<String, Instant> named(Map<Symbol, Instant> times) {
        Map<String, Instant> named = new TreeMap<>();
        times.forEach((symbol, at) -> named.put(symbol.name(), at));
        return named;
    }

    private static <T> Map<Symbol, T> symbols(Map<String, T> named) {
        Map<Symbol, T> symbols = new TreeMap<>();
        named.forEach((name, value) -> symbols.put(new Symbol(name), value));
        return symbols;
    }
}
