package quantum.guard;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;
import quantum.market.Direction;
import quantum.market.Symbol;

/**
 * What the guards remember of the past, as a value. Times are exchange time, so that they hold across restarts. Safe
 * mode really stops opens: in seed 003 its key was written and never read.
 */
public record Guards(
        Map<Symbol, Instant> symbolOpenedAt,
        List<Instant> openedAt,
        Map<Symbol, Instant> symbolCooldowns,
        @Nullable Instant globalCooldown,
        List<Instant> marginFailures,
        @Nullable Instant safeMode,
        OperatorState standing,
        Breaker breaker) {

    public static final Guards NONE =
            new Guards(Map.of(), List.of(), Map.of(), null, List.of(), null, OperatorState.ACTIVE, Breaker.NONE);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /**
     * Whether halts and cooldowns let an open of this symbol through. What a person ordered goes first, because no time
     * ends it.
     */
    public Verdict admit(Symbol symbol, Instant now) {
        Verdict ordered = standing.admit(symbol);
        if (!ordered.equals(Verdict.PASS)) {
            return ordered;
        }
        if (isActive(safeMode, now)) {
            return Verdict.refuse(Refusal.SAFE_MODE, until(safeMode, now));
        }
        if (isActive(globalCooldown, now)) {
            return Verdict.refuse(Refusal.COOLDOWN_GLOBAL, until(globalCooldown, now));
        }
        Instant cooldown = symbolCooldowns.get(symbol);
        return isActive(cooldown, now) ? Verdict.refuse(Refusal.COOLDOWN_SYMBOL, until(cooldown, now)) : Verdict.PASS;
    }

    /** Whether the rates let one more open through now. Closes count for neither rate (INC-L02). */
    public Verdict admitRate(Symbol symbol, Instant now, Limits.Rates rates) {
        Instant last = symbolOpenedAt.get(symbol);
        if (last != null && isActive(last.plus(rates.symbolInterval()), now)) {
            return Verdict.refuse(
                    Refusal.RATE_SYMBOL,
                    "1 order a symbol in " + rates.symbolInterval().toSeconds() + " s");
        }
        long recent =
                openedAt.stream().filter(at -> isActive(at.plus(MINUTE), now)).count();
        return recent >= rates.opensPerMinute()
                ? Verdict.refuse(Refusal.RATE_GLOBAL, "max " + rates.opensPerMinute() + " opens in 60 s")
                : Verdict.PASS;
    }

    /**
     * Whether the breaker lets one more open through; what it says no to is to be latched. It is asked last, so that a
     * producer who is refused anyway latches nothing (docs/decisions/0003).
     */
    public Verdict admitRepeat(Symbol symbol, Direction direction, Instant now, Limits.Rates rates) {
        String broken = breaker.broken(symbol, direction, now, rates.breaker());
        return broken == null ? Verdict.PASS : Verdict.refuse(Refusal.SYMBOL_LATCHED, broken);
    }

    /** After an open was decided. */
    public Guards opened(Symbol symbol, Direction direction, Instant now, Limits.Rates rates) {
        Map<Symbol, Instant> bySymbol = keep(symbolOpenedAt, at -> isActive(at.plus(rates.symbolInterval()), now));
        bySymbol.put(symbol, now);
        List<Instant> all = keep(openedAt, at -> isActive(at.plus(MINUTE), now));
        all.add(now);
        Breaker counted = breaker.opened(symbol, direction, now, rates.breaker());
        return new Guards(bySymbol, all, symbolCooldowns, globalCooldown, marginFailures, safeMode, standing, counted);
    }

    /** After the global rate was breached: all opens cool down. */
    public Guards rateBreached(Instant now, Limits.Rates rates) {
        return new Guards(
                symbolOpenedAt,
                openedAt,
                symbolCooldowns,
                now.plus(rates.globalCooldown()),
                marginFailures,
                safeMode,
                standing,
                breaker);
    }

    /**
     * After a failed margin check: symbol and global cooldown, and safe mode at the last failure of a series. A
     * cooldown that is under way is not prolonged: failures go on counting meanwhile (docs/decisions/0004), and it
     * would never end.
     */
    public Guards marginFailed(Symbol symbol, Instant now, Limits.MarginLimits limits) {
        List<Instant> failures = keep(marginFailures, at -> isActive(at.plus(limits.failureWindow()), now));
        failures.add(now);
        Map<Symbol, Instant> cooldowns = keep(symbolCooldowns, until -> isActive(until, now));
        boolean cooling = isActive(globalCooldown, now);
        cooldowns.putIfAbsent(symbol, now.plus(limits.cooldown()));
        // Safe mode that lasts is not prolonged either.
        boolean trigger = failures.size() >= limits.failuresForSafeMode() && !isActive(safeMode, now);
        return new Guards(
                symbolOpenedAt,
                openedAt,
                cooldowns,
                cooling ? globalCooldown : now.plus(limits.cooldown()),
                failures,
                trigger ? now.plus(limits.safeMode()) : safeMode,
                standing,
                breaker);
    }

    /** After a failed margin check in an asset beside the one that the account's money is in: it says nothing of others. */
    public Guards cooled(Symbol symbol, Instant now, Limits.MarginLimits limits) {
        Map<Symbol, Instant> cooldowns = keep(symbolCooldowns, until -> isActive(until, now));
        cooldowns.putIfAbsent(symbol, now.plus(limits.cooldown()));
        return ended(cooldowns, globalCooldown, marginFailures, safeMode);
    }

    /** After a person ordered something. */
    public Guards with(OperatorState other) {
        return new Guards(
                symbolOpenedAt, openedAt, symbolCooldowns, globalCooldown, marginFailures, safeMode, other, breaker);
    }

    /** The breaker stops a symbol. */
    public Guards latched(Symbol symbol) {
        return with(standing.withLatched(symbol, true));
    }

    /** A person ended a guard, and with it what led to it. */
    public Guards cleared(GuardName name) {
        Symbol symbol = name.symbol();
        return switch (name.kind()) {
            // With its failures: the next one would trigger it again at once.
            case SAFE_MODE -> ended(symbolCooldowns, globalCooldown, List.of(), null);
            case COOLDOWN_GLOBAL -> ended(symbolCooldowns, null, marginFailures, safeMode);
            case COOLDOWN_SYMBOL -> {
                Map<Symbol, Instant> cooldowns = new TreeMap<>(symbolCooldowns);
                cooldowns.keySet().removeIf(each -> each.equals(symbol));
                yield ended(cooldowns, globalCooldown, marginFailures, safeMode);
            }
            case BREAKER -> symbol == null ? this : unlatched(symbol);
        };
    }

    private Guards ended(
            Map<Symbol, Instant> cooldowns, @Nullable Instant global, List<Instant> failures, @Nullable Instant safe) {
        return new Guards(symbolOpenedAt, openedAt, cooldowns, global, failures, safe, standing, breaker);
    }

    /** With what it counted, or the next open would latch the symbol again. */
    private Guards unlatched(Symbol symbol) {
        return new Guards(
                symbolOpenedAt,
                openedAt,
                symbolCooldowns,
                globalCooldown,
                marginFailures,
                safeMode,
                standing.withLatched(symbol, false),
                breaker.cleared(symbol));
    }

    /** The guards that stop opens now and that a person can end, each until a time, or until then where it is absent. */
    public Map<GuardName, Optional<Instant>> active(Instant now) {
        Map<GuardName, Optional<Instant>> active = new LinkedHashMap<>();
        standing.latched().stream()
                .sorted()
                .forEach(symbol -> active.put(new GuardName(GuardName.Kind.BREAKER, symbol), Optional.empty()));
        if (isActive(safeMode, now)) {
            active.put(new GuardName(GuardName.Kind.SAFE_MODE, null), Optional.ofNullable(safeMode));
        }
        if (isActive(globalCooldown, now)) {
            active.put(new GuardName(GuardName.Kind.COOLDOWN_GLOBAL, null), Optional.ofNullable(globalCooldown));
        }
        keep(symbolCooldowns, until -> isActive(until, now))
                .forEach((symbol, until) ->
                        active.put(new GuardName(GuardName.Kind.COOLDOWN_SYMBOL, symbol), Optional.of(until)));
        return active;
    }

    /** Whether safe mode stops opens now. */
    public boolean inSafeMode(Instant now) {
        return isActive(safeMode, now);
    }

    private static boolean isActive(@Nullable Instant until, Instant now) {
        return until != null && now.isBefore(until);
    }

    /** For the report: when to try again. */
    private static String until(@Nullable Instant until, Instant now) {
        return "allowed again at " + (until == null ? now : until).truncatedTo(ChronoUnit.SECONDS);
    }

    /** Only what still counts is kept: guards and their row stay small. */
    private static List<Instant> keep(List<Instant> times, Predicate<Instant> wanted) {
        return new ArrayList<>(times.stream().filter(wanted).toList());
    }

    private static Map<Symbol, Instant> keep(Map<Symbol, Instant> times, Predicate<Instant> wanted) {
        Map<Symbol, Instant> kept = new TreeMap<>(times);
        kept.values().removeIf(wanted.negate());
        return kept;
    }
}
