package quantum.desk;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Timer;
import quantum.desk.exit.Exits;
import quantum.desk.exit.Obstacles;
import quantum.guard.GuardName;
import quantum.guard.OperatorState;
import quantum.intent.Closed.Reason;
import quantum.market.Symbol;
import quantum.order.OrderState;
import quantum.order.Purpose;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.Unclear;

/**
 * Carries out what a person orders. A pause stops opens; flattening also closes what is held and goes on, over
 * restarts, until a reading of the positions shows that nothing is (reliability C15). Nothing here holds an exit up.
 */
final class OperatorCommands {

    /** How often the positions are read while a close can leave. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);
    /** How often while every close waits out a refusal. */
    private static final Duration LOOK_LATER = Duration.ofSeconds(5);

    private final Books books;
    private final Exits exits;
    private final Obstacles obstacles;
    /** Since when nothing is known to be held or on its way, in one symbol or at all. */
    private final Map<Optional<Symbol>, Long> quietFromNanos = new HashMap<>();

    OperatorCommands(Books books, Exits exits, Obstacles obstacles) {
        this.obstacles = obstacles;
        this.books = books;
        this.exits = exits;
    }

    /** Stops opens, over restarts, until resume. What was sent and is not executed is withdrawn. */
    void pause(Decision decision) {
        order(books.guards().standing().paused(), decision);
        withdrawOpens(null, decision);
        decision.alert("paused", Notice.Severity.INFO, "opens are paused; exits go on", "");
    }

    /**
     * Ends a pause, a halt and every halt of the exchange. A flatten that is not proven ends with it (X-F2): what is
     * still held stays held, and the alert says so. The fight over a stop counts from zero (P1-5).
     */
    void resume(Decision decision) {
        boolean unfinished = books.guards().standing().isFlattening();
        books.halts().resume();
        books.positions().all().forEach(position -> position.protection().forgetTakenOff());
        order(books.guards().standing().resumed(), decision);
        decision.alert(
                "resumed",
                unfinished ? Notice.Severity.WARNING : Notice.Severity.INFO,
                unfinished
                        ? "opens are allowed again; what was not flattened yet is no longer closed by order"
                        : "opens are allowed again",
                "");
    }

    /** Stops opens and closes one symbol, or everything where it is absent; a second time it changes nothing. */
    void flatten(@Nullable Symbol symbol, Decision decision) {
        String name = symbol == null ? "" : symbol.name();
        // Nothing is sent in observe mode, so that nothing may be latched either (docs/decisions/0007).
        if (books.rules().observe()) {
            String all = symbol == null ? "everything" : name;
            decision.alert("observed:flatten", Notice.Severity.INFO, "observe mode: would flatten " + all, name);
            return;
        }
        // What was seen flat before the order is no proof of it.
        quietFromNanos.remove(Optional.ofNullable(symbol));
        order(books.guards().standing().flattening(symbol), decision);
        decision.alert(
                "flatten",
                Notice.Severity.CRITICAL,
                symbol == null
                        ? "flattening everything; opens are stopped until resume"
                        : "flattening " + name + "; opens in " + name + " wait for resume",
                name);
        // It cannot be closed from here, and until it is gone the order is never proven carried out (X-F4).
        Unclear unclear = books.unclear().in(symbol);
        if (unclear != null) {
            decision.alert(
                    "not-flattened:" + unclear.symbol(),
                    Notice.Severity.CRITICAL,
                    "cannot close " + unclear.words() + ": " + unclear.why(),
                    unclear.symbol());
        }
        withdrawOpens(symbol, decision);
        lookAgain(decision);
    }

    /**
     * Ends a guard before its time. Its mirrored key goes with it, since scripts look there; the reason is kept in the
     * alert.
     */
    void clear(GuardName guard, String why, Decision decision) {
        if (!books.guards().active(decision.now().exchange()).containsKey(guard)) {
            return;
        }
        books.setGuards(books.guards().cleared(guard));
        decision.changed(books);
        Symbol symbol = guard.symbol();
        switch (guard.kind()) {
            case SAFE_MODE -> {
                decision.mirror(Effect.MirrorKey.SAFE_MODE, "", "", Duration.ZERO);
                decision.mirror(Effect.MirrorKey.MARGIN_FAILS, "", "", Duration.ZERO);
            }
            case COOLDOWN_GLOBAL -> decision.mirror(Effect.MirrorKey.COOLDOWN_GLOBAL, "", "", Duration.ZERO);
            case COOLDOWN_SYMBOL ->
                decision.mirror(Effect.MirrorKey.COOLDOWN_SYMBOL, String.valueOf(symbol), "", Duration.ZERO);
            // It has no key.
            case BREAKER -> {}
        }
        decision.alert(
                "cleared:" + guard,
                Notice.Severity.WARNING,
                guard + " was ended by the operator: " + why,
                symbol == null ? "" : symbol.name());
    }

    /** A row of this very decision: a crash forgets no order of a person (reliability C15). */
    private void order(OperatorState next, Decision decision) {
        books.setGuards(books.guards().with(next));
        decision.changed(books);
    }

    /** Opens that have not left stay; what of others is not executed is taken off. */
    private void withdrawOpens(@Nullable Symbol symbol, Decision decision) {
        books.unfinished().stream()
                .map(LiveOrder::task)
                .filter(task -> task.purpose() == Purpose.OPEN && isMeant(symbol, task.symbol()))
                .forEach(task -> decision.ask(new Call.CancelOpen(task.id(), task.symbol())));
    }

    /** An order that names no symbol means every one. */
    private static boolean isMeant(@Nullable Symbol ordered, Symbol symbol) {
        return ordered == null || ordered.equals(symbol);
    }

    /** Less often while every close waits, so that the weight of others is left (X-F3). */
    private void lookAgain(Decision decision) {
        OperatorState standing = books.guards().standing();
        List<LivePosition> meant = books.positions().all().stream()
                .filter(position -> standing.isFlattening(position.symbol()))
                .toList();
        boolean waits = !meant.isEmpty()
                && meant.stream()
                        .noneMatch(position ->
                                position.closes().isDue(decision.now().nanos()));
        decision.wake(Timer.Kind.FLATTEN, "", waits ? LOOK_LATER : LOOK_AGAIN);
    }

    /** While flattening: what may still become a position is taken off, and the positions are read. */
    void woken(Decision decision) {
        OperatorState standing = books.guards().standing();
        if (!standing.isFlattening()) {
            return;
        }
        ordered(standing).forEach(symbol -> withdrawOpens(symbol.orElse(null), decision));
        decision.ask(new Call.ReadPositions());
        lookAgain(decision);
    }

    /** What is ordered to be closed and not proven closed; empty for everything. */
    private static List<Optional<Symbol>> ordered(OperatorState standing) {
        return standing.flattening()
                ? List.of(Optional.empty())
                : standing.flattened().entrySet().stream()
                        .filter(Map.Entry::getValue)
                        .map(entry -> Optional.of(entry.getKey()))
                        .toList();
    }

    /** After every decision: what is held, and what came to be held since, is closed. */
    void goOn(Decision decision) {
        OperatorState standing = books.guards().standing();
        // Exits may be sent again after a restart once the positions were read.
        if (!standing.isFlattening()
                || !books.readiness().isReady()
                || books.readiness().positionsReadAt() == null) {
            return;
        }
        lookAgain(decision);
        for (LivePosition position : List.copyOf(books.positions().all())) {
            if (standing.isFlattening(position.symbol())
                    && position.closes().isDue(decision.now().nanos())
                    && books.closesOf(position).stream().noneMatch(OperatorCommands::isOrdered)) {
                exits.exit(position, Reason.KILL, decision);
            }
        }
        // The proof is a reading that was asked for when nothing was held or on its way any more. A new order begins
        // that anew.
        for (Optional<Symbol> each : ordered(standing)) {
            if (!isQuiet(each.orElse(null))) {
                quietFromNanos.remove(each);
            } else if (quietFromNanos.putIfAbsent(each, decision.now().nanos()) == null) {
                decision.ask(new Call.ReadPositions());
            }
        }
    }

    /** What exceeds one market order follows its first part; what nobody knows the end of keeps nothing else back. */
    private static boolean isOrdered(LiveOrder close) {
        return close.task().cause().exitReason() == Reason.KILL && !(close.state() instanceof OrderState.Unconfirmed);
    }

    /** Nothing is held, in flight or unclear as far as is known here, so that a reading can prove the rest. */
    private boolean isQuiet(@Nullable Symbol symbol) {
        return books.unclear().in(symbol) == null
                && books.positions().all().stream()
                        .noneMatch(position -> isMeant(symbol, position.symbol()) && !books.isDust(position))
                && books.unfinished().stream()
                        .noneMatch(order -> isMeant(symbol, order.task().symbol()));
    }

    /** The exchange's word ends it; what rests for nothing is then swept. */
    void positions(List<Held> held, long askedNanos, Decision decision) {
        for (Optional<Symbol> each : ordered(books.guards().standing())) {
            Symbol symbol = each.orElse(null);
            Long quiet = quietFromNanos.get(each);
            // A list that was asked for before the last order had its end may show what was held before it.
            boolean proven = quiet != null
                    && askedNanos - quiet >= 0
                    && isQuiet(symbol)
                    && held.stream().noneMatch(position -> isMeant(symbol, position.symbol()) && !isDust(position));
            if (proven) {
                quietFromNanos.remove(each);
                order(books.guards().standing().flat(symbol), decision);
                String there = symbol == null ? "" : " in " + symbol;
                decision.alert(
                        "flat",
                        Notice.Severity.INFO,
                        "flattened: the exchange shows that nothing is held" + there + "; opens" + there
                                + " wait for resume",
                        symbol == null ? "" : symbol.name());
                // By this list stops and targets are swept that rest for nothing now (INV-11).
                decision.ask(new Call.ReadConditionals());
                // Other hands' orders may open again: they are named and never taken off (X-F13).
                obstacles.flat(symbol, decision);
            }
        }
    }

    private boolean isDust(Held held) {
        LivePosition position = books.positions().at(held.symbol(), held.direction());
        return position != null && books.isDust(position);
    }
}
