package quantum.trader.command;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import quantum.guard.GuardName;
import quantum.guard.Guards;
import quantum.guard.OperatorState;
import quantum.market.Symbol;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.LedgerView;
import quantum.trader.settings.Settings;

/**
 * Whether the guards would let a few opens through now, by what the ledger says of them: more than the minute allows
 * would stop everybody's opens for minutes.
 */
final class OpeningRoom {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    /** The host's clock is not the exchange's. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final Settings settings;
    private final Terminal terminal;

    OpeningRoom(Settings settings, Terminal terminal) {
        this.settings = settings;
        this.terminal = terminal;
    }

    /**
     * Waits for room for so many opens.
     *
     * @return what the guards remember then; null where the ledger is not on this machine, and nobody can be asked
     * @throws NotProven if opens are stopped for longer
     */
    Entry.@Nullable GuardRow await(int opens) throws InterruptedException {
        int allowed = settings.rules().limits().rates().opensPerMinute();
        if (allowed < opens) {
            throw new UsageError("rates.opens_per_minute = " + allowed + " leaves no room for " + opens + " opens");
        }
        while (true) {
            Entry.GuardRow row = guards();
            if (row == null) {
                return null;
            }
            Instant now = Instant.now();
            requireNoStop(GuardRows.guards(row), now);
            Instant free = freeFrom(row.openedAt(), allowed - opens);
            if (!now.isBefore(free)) {
                return row;
            }
            Duration wait = Duration.between(now, free);
            terminal.line("waiting " + (wait.toSeconds() + 1) + " s: more than " + allowed
                    + " opens a minute would stop all opens");
            TimeUnit.MILLISECONDS.sleep(wait.toMillis() + 1);
        }
    }

    private Entry.@Nullable GuardRow guards() {
        try (LedgerView ledger = Stores.ledger(settings)) {
            return ledger.guards();
        } catch (LedgerException e) {
            terminal.line("the guards cannot be asked for room first: " + e.getMessage());
            return null;
        }
    }

    private static void requireNoStop(Guards guards, Instant now) {
        if (guards.standing().state() != OperatorState.State.ACTIVE) {
            throw new NotProven(
                    "opens are stopped by the operator; nothing was injected. To allow them: ./quantum resume");
        }
        for (GuardName.Kind kind : List.of(GuardName.Kind.COOLDOWN_GLOBAL, GuardName.Kind.SAFE_MODE)) {
            GuardName name = new GuardName(kind, null);
            if (guards.active(now).containsKey(name)) {
                throw new NotProven("opens are stopped by " + name + "; nothing was injected. Look: ./quantum safety");
            }
        }
    }

    /** From when on at most so many opens lie in the last minute. */
    private static Instant freeFrom(List<Instant> opened, int most) {
        List<Instant> sorted = opened.stream().sorted().toList();
        return sorted.size() <= most
                ? Instant.MIN
                : sorted.get(sorted.size() - most - 1).plus(MINUTE).plus(SLACK);
    }

    /** Whether one symbol may be opened now, as far as its own guards go. */
    boolean isFree(Entry.@Nullable GuardRow row, String symbol) {
        if (row == null) {
            return true;
        }
        Instant now = Instant.now();
        Duration interval = settings.rules().limits().rates().symbolInterval().plus(SLACK);
        Instant opened = row.symbolOpenedAt().get(symbol);
        Instant cooled = row.symbolCooldowns().get(symbol);
        OperatorState standing = GuardRows.guards(row).standing();
        boolean closed = standing.flattened().containsKey(new Symbol(symbol))
                || standing.latched().contains(new Symbol(symbol));
        return !closed
                && (opened == null || !now.isBefore(opened.plus(interval)))
                && (cooled == null || !now.isBefore(cooled));
    }
}
