package quantum.desk.protect;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.ExitProgress;
import quantum.book.LivePosition;
import quantum.book.Markets;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.desk.exit.Exits;
import quantum.intent.Closed.Reason;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.position.ExitPlan;
import quantum.position.ExitPolicy;
import quantum.position.ExitRules;
import quantum.position.ExitRules.ExitSignal;
import quantum.protection.ProtectiveOrder;
import quantum.record.Notice;
import quantum.venue.Call.Level;

/**
 * Judges every mark price against the plans of what is held. While a resting order is seen live the exchange owns its
 * level, and the watch acts only if it does not fire in time; break-even, trailing, ladder and time are the watch's own.
 * It acts on no price that is old, and on none that lies far from the one before until a second one confirms it
 * (reliability F47); what rests on the exchange stays meanwhile.
 */
public final class PriceWatch {

    /** Timers further ahead are renewed on the way, so that those of positions that ended do not pile up. */
    private static final Duration FARTHEST_WAKE = Duration.ofHours(1);

    /** So early a wake-up may come, because timers are rounded. */
    private static final Duration ROUNDED = Duration.ofMillis(20);

    private final Books books;
    private final Exits exits;
    private final Protecting protecting;

    public PriceWatch(Books books, Exits exits, Protecting protecting) {
        this.books = books;
        this.exits = exits;
        this.protecting = protecting;
    }

    /**
     * Prices that waited, in a socket or in a stalled process, are as old as the exchange says. One that is too old is
     * passed over, or a process that stood still would close by the past.
     */
    public void marked(Map<Symbol, Price> marks, Instant at, Decision decision) {
        Duration age = Duration.between(at, decision.now().exchange());
        if (age.compareTo(books.rules().limits().priceMaxAge()) > 0) {
            return;
        }
        // A frame that is dated ahead of our clock is as old as now, and no younger.
        long since = decision.now().nanos() - Math.max(0, age.toNanos());
        books.readiness().priced(at);
        marks.forEach((symbol, price) -> {
            if (isBelieved(symbol, price, since, decision)) {
                for (LivePosition position : books.positions().in(symbol)) {
                    // In observe mode nobody's position is protected from here, and what would be done is said of all.
                    if (books.rules().observe() || !books.isLeftAlone(position)) {
                        judge(position, price, decision);
                    }
                }
            }
        });
    }

    /**
     * The first price of all has none before it to confirm it: it is known, and nothing is done by it. A jump may be an
     * error of one print (reliability F47): two that agree are a price, whichever way.
     */
    private boolean isBelieved(Symbol symbol, Price price, long since, Decision decision) {
        Markets.Mark last = books.markets().mark(symbol);
        Price doubted = last == null ? null : last.doubted();
        if (last == null || isNear(last.price(), price) || (doubted != null && isNear(doubted, price))) {
            books.markets().setMark(symbol, new Markets.Mark(price, since, null));
            return last != null;
        }
        books.markets().setMark(symbol, last.doubting(price));
        // One alert for each jump, however many prints disagree after it.
        if (doubted == null && !books.positions().in(symbol).isEmpty()) {
            decision.alert(
                    "price-doubted:" + symbol,
                    Notice.Severity.WARNING,
                    "the mark jumped from " + last.price() + " to " + price + "; nothing is done by one such price",
                    symbol.name());
        }
        return false;
    }

    /** Within {@code exits.absurd_print_pct}. Most prices are the one before, and need no arithmetic. */
    private boolean isNear(Price from, Price to) {
        if (from.equals(to)) {
            return true;
        }
        BigDecimal away = to.value().subtract(from.value()).abs().movePointRight(2);
        return away.compareTo(from.value().multiply(books.rules().exits().absurdPct())) <= 0;
    }

    /**
     * One price of one position: a level that is reached goes first, then the time, then rungs; last the resting stop
     * follows. Where nothing is left to do the position is quiet until a price leaves its range.
     */
    private void judge(LivePosition position, Price price, Decision decision) {
        Instant now = decision.now().exchange();
        ExitProgress watch = position.progress();
        if (watch.isQuietAt(price, now)) {
            return;
        }
        // The extremes are the position's from its first fill on, this price included.
        watch.include(price);
        Optional<ExitSignal> signal =
                ExitRules.next(position.direction(), position.plan(), watch.floor(position.entryPrice()), price, price);
        if (signal.isPresent()) {
            act(position, signal.get(), decision);
            return;
        }
        if (isOver(position, now)) {
            exitWhenDue(position, Reason.TIME, decision);
            return;
        }
        climb(position, price, decision);
        // A stop that has to follow and cannot yet is looked at with the next price too.
        if (follow(position, price, decision)) {
            watch.rest(position.entryPrice(), position.deadline());
        }
    }

    /**
     * Stop and target rest on the exchange and are its own to execute. What lies nearer, between two steps, is guarded
     * here alone.
     */
    private void act(LivePosition position, ExitSignal signal, Decision decision) {
        switch (signal.owner()) {
            case STOP -> level(position, Level.STOP, signal.reason(), decision);
            case TARGET -> level(position, Level.TARGET, signal.reason(), decision);
            case WATCH -> exitWhenDue(position, signal.reason(), decision);
        }
    }

    /** A close that was refused is tried again after its pause, and not at every price (INC-I37). */
    private void exitWhenDue(LivePosition position, Reason reason, Decision decision) {
        if (position.closes().isDue(decision.now().nanos())) {
            exits.exit(position, reason, decision);
        }
    }

    /**
     * The mark has reached a level of the plan. Where no order of it is live the position is closed at once. Where one
     * is, two orders would close the same: the exchange gets {@code protection.level_passed_millis} to fire.
     */
    private void level(LivePosition position, Level level, Reason reason, Decision decision) {
        if (!position.protection().isOnExchange(level)) {
            exitWhenDue(position, reason, decision);
        } else if (position.progress()
                .pass(level, where(position, level), decision.now().nanos())) {
            decision.wake(
                    Timer.Kind.LEVEL_PASSED,
                    position.epoch() + " " + level.name(),
                    books.rules().guarding().levelPassed());
        }
    }

    /**
     * A level was passed a while ago; if its position is still there, the watch closes it. One that was moved meanwhile
     * is not passed any more, or is passed anew by the next price. The subject is its epoch and the level.
     */
    public void levelPassed(String subject, Decision decision) {
        String[] parts = subject.split(" ", 2);
        LivePosition position = books.positionOf(parts[0]);
        if (position == null || !position.isOpen()) {
            return;
        }
        Level level = Level.valueOf(parts[1]);
        ExitProgress.Passed passed = position.progress().passed(level);
        if (passed == null || !passed.at().equals(where(position, level))) {
            position.progress().forgetPassed(level);
            return;
        }
        Duration left =
                books.rules().guarding().levelPassed().minus(decision.now().since(passed.nanos()));
        if (left.compareTo(ROUNDED) > 0) {
            decision.wake(Timer.Kind.LEVEL_PASSED, subject, left);
            return;
        }
        // Should this close be refused, the next price begins anew.
        position.progress().forgetPassed(level);
        decision.alert(
                "level-passed:" + position.epoch() + level,
                Notice.Severity.CRITICAL,
                "the " + level + " did not fire in time; closing",
                position.symbol().name());
        exits.exit(position, position.reasonOf(level), decision);
    }

    /** Where a level of the plan stands now. */
    private static Price where(LivePosition position, Level level) {
        return level == Level.STOP ? position.plan().stop() : position.plan().target();
    }

    /** Takes every rung that the price has reached, each once. One price may have jumped over several. */
    private void climb(LivePosition position, Price price, Decision decision) {
        ExitProgress watch = position.progress();
        for (var next = watch.nextRung();
                next != null && !position.direction().gains(price, next.at());
                next = watch.nextRung()) {
            exits.reached(position, next, decision);
        }
        // Also what an order before could not close: a rung is reached once, and its debt stays (docs/decisions/0009).
        if (watch.owed().signum() > 0 && position.closes().isDue(decision.now().nanos())) {
            exits.exit(position, Reason.LADDER, decision);
        }
    }

    /**
     * Takes the resting stop after break-even and trailing, in steps and never back. False while it has to follow and
     * cannot yet: the watch then guards the nearer level alone, and the extremes are recorded by the same steps.
     */
    private boolean follow(LivePosition position, Price price, Decision decision) {
        Direction direction = position.direction();
        ExitRules.Floor floor = position.progress().floor(position.entryPrice());
        Price stop = position.plan().stop();
        // Each move takes four requests over its bridge: what is less than a step is left to the watch.
        if (!isStepBeyond(direction, stop, floor.level())) {
            return true;
        }
        Instrument instrument = books.markets().instrument(position.symbol());
        // Without the symbol's rules no tick is known; the watch guards the exact level.
        if (instrument == null) {
            return true;
        }
        Price level = instrument.raisedStopTick(floor.level().value(), direction, price);
        // On the tick it is no nearer than what rests.
        if (!direction.gains(stop, level)) {
            return true;
        }
        if (mayMove(position, decision)) {
            protecting.move(position, Level.STOP, level, decision);
            if (floor.reason() == Reason.TRAILING) {
                // The position then ends as trailing, whoever executes the stop (docs/decisions/0009).
                position.replan(position.plan().asTrailed());
            }
            return true;
        }
        // A restart must know how far it came, without a row for every price.
        if (isStepBeyond(direction, position.progress().recorded(), level)) {
            position.progress().record(level);
            decision.changed(position);
        }
        return false;
    }

    /** Nearer to the price by {@code exits.ratchet_step_pct} at least; never further away. */
    private boolean isStepBeyond(Direction direction, Price from, Price to) {
        BigDecimal step = books.rules().exits().ratchet().stepPct();
        return direction.gains(from, to) && !direction.gains(to, ExitPlan.gained(from, step, direction));
    }

    /**
     * One move at a time, and none while a producer's is under way. A stop that hardly rested stays for
     * {@code exits.ratchet_pause_millis}. In observe mode the plan alone follows.
     */
    private boolean mayMove(LivePosition position, Decision decision) {
        ExitPolicy.Ratchet ratchet = books.rules().exits().ratchet();
        ProtectiveOrder order = position.orderAt(Level.STOP);
        boolean rested = decision.now().since(order.sinceNanos()).compareTo(ratchet.pause()) >= 0;
        return position.update() == null
                && (books.rules().observe()
                        || (order.isInPlace() && position.protection().bridge() == null && rested));
    }

    /** The deadline of a position is told to the timer, whether prices come or not. */
    public static void awaitDeadline(LivePosition position, Decision decision) {
        Instant deadline = position.deadline();
        if (deadline != null) {
            Duration left = Duration.between(decision.now().exchange(), deadline);
            Duration wait = left.isNegative() ? Duration.ZERO : left;
            decision.wake(
                    Timer.Kind.DEADLINE, position.epoch(), wait.compareTo(FARTHEST_WAKE) > 0 ? FARTHEST_WAKE : wait);
        }
    }

    /** A deadline has come, or an hour of the way to it has passed. */
    public void deadline(String epoch, Decision decision) {
        LivePosition position = books.positionOf(epoch);
        if (position == null || !position.isOpen()) {
            return;
        }
        if (isOver(position, decision.now().exchange())) {
            exitWhenDue(position, Reason.TIME, decision);
            // Should the close be refused, it is tried again though no price comes.
            decision.wake(Timer.Kind.DEADLINE, epoch, books.rules().guarding().retry());
        } else {
            awaitDeadline(position, decision);
        }
    }

    private static boolean isOver(LivePosition position, Instant now) {
        @Nullable Instant deadline = position.deadline();
        return deadline != null && !now.isBefore(deadline);
    }
}
