package quantum.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;
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
        boolean paused) {

    public static final Guards NONE = new Guards(Map.of(), List.of(), Map.of(), null, List.of(), null, false);

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** Whether halts and cooldowns let an open of this symbol through. */
    public Verdict admit(Symbol symbol, Instant now) {
        if (paused) {
            return Verdict.refuse(Refusal.PAUSED, "paused by the operator");
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

    /** Whether the rates let one more open through now. */
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

    /** After an open was decided. */
    public Guards opened(Symbol symbol, Instant now, Limits.Rates rates) {
        Map<Symbol, Instant> bySymbol = keep(symbolOpenedAt, at -> isActive(at.plus(rates.symbolInterval()), now));
        bySymbol.put(symbol, now);
        List<Instant> all = keep(openedAt, at -> isActive(at.plus(MINUTE), now));
        all.add(now);
        return new Guards(bySymbol, all, symbolCooldowns, globalCooldown, marginFailures, safeMode, paused);
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
                paused);
    }

    /** After a failed margin check: symbol and global cooldown, and safe mode at the last failure of a series. */
    public Guards marginFailed(Symbol symbol, Instant now, Limits.MarginLimits limits) {
        List<Instant> failures = keep(marginFailures, at -> isActive(at.plus(limits.failureWindow()), now));
        failures.add(now);
        Map<Symbol, Instant> cooldowns = keep(symbolCooldowns, until -> isActive(until, now));
        boolean cooling = isActive(globalCooldown, now);
        cooldowns.putIfAbsent(symbol, now.plus(limits.cooldown()));
        boolean trigger = failures.size() >= limits.failuresForSafeMode() && !isActive(safeMode, now);
        return new Guards(
                symbolOpenedAt,
                openedAt,
                cooldowns,
                cooling ? globalCooldown : now.plus(limits.cooldown()),
                failures,
                trigger ? now.plus(limits.safeMode()) : safeMode,
                paused);
    }

    public Guards withPaused(boolean value) {
        return new Guards(symbolOpenedAt, openedAt, symbolCooldowns, globalCooldown, marginFailures, safeMode, value);
    }

    /** Whether safe mode stops opens now. */
    public boolean inSafeMode(Instant now) {
        return isActive(safeMode, now);
    }

    private static boolean isActive(@Nullable Instant until, Instant now) {
        return until != null && now.isBefore(until);
    }

    private static String until(@Nullable Instant until, Instant now) {
        return "allowed again in "
                + (until == null ? 0 : Duration.between(now, until).toSeconds() + 1) + " s";
    }

    private static List<Instant> keep(List<Instant> times, Predicate<Instant> wanted) {
        return new ArrayList<>(times.stream().filter(wanted).toList());
    }

    private static Map<Symbol, Instant> keep(Map<Symbol, Instant> times, Predicate<Instant> wanted) {
        Map<Symbol, Instant> kept = new TreeMap<>(times);
        kept.values().removeIf(wanted.negate());
        return kept;
    }
}
