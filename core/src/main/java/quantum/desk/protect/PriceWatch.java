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

    private final Books books;
    private final Exits exits;
    private final Protecting protecting;

    public PriceWatch(Books books, Exits exits, Protecting protecting) {
        this.books = books;
        this.exits = exits;
        this.protecting = protecting;
    }

    /** Prices that waited, in a socket or in a stalled process, are as old as the exchange says. */
    public void marked(Map<Symbol, Price> marks, Instant at, Decision decision) {
        Duration age = Duration.between(at, decision.now().exchange());
        if (age.compareTo(books.rules().limits().priceMaxAge()) > 0) {
            return;
        }
        long since = decision.now().nanos() - Math.max(0, age.toNanos());
        books.readiness().priced(at);
        marks.forEach((symbol, price) -> {
            if (isBelieved(symbol, price, since, decision)) {
                for (LivePosition position : books.positions().in(symbol)) {
                    if (books.rules().observe() || !books.isLeftAlone(position)) {
                        judge(position, price, decision);
                    }
                }
            }
        });
    }

    /** The first price of all has none before it to confirm it: it is known, and nothing is done by it. */
    private boolean isBelieved(Symbol symbol, Price price, long since, Decision decision) {
        Markets.Mark last = books.markets().mark(symbol);
        Price doubted = last == null ? null : last.doubted();
        if (last == null || isNear(last.price(), price) || (doubted != null && isNear(doubted, price))) {
            books.markets().setMark(symbol, new Markets.Mark(price, since, null));
            return last != null;
        }
        books.markets().setMark(symbol, last.doubting(price));
        if (doubted == null && !books.positions().in(symbol).isEmpty()) {
            decision.alert(
                    "price-doubted:" + symbol,
                    Notice.Severity.WARNING,
                    "the mark jumped from " + last.price() + " to " + price + "; nothing is done by one such price",
                    symbol.name());
        }
        return false;
    }

    private boolean isNear(Price from, Price to) {
        if (from.equals(to)) {
            return true;
        }
        BigDecimal away = to.value().subtract(from.value()).abs().movePointRight(2);
        return away.compareTo(from.value().multiply(books.rules().exits().absurdPct())) <= 0;
    }

    private void judge(LivePosition position, Price price, Decision decision) {
        Instant now = decision.now().exchange();
        ExitProgress watch = position.progress();
        if (watch.isQuietAt(price, now)) {
            return;
        }
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
        if (follow(position, price, decision)) {
            watch.rest(position.entryPrice(), position.deadline());
        }
    }

    private void act(LivePosition position, ExitSignal signal, Decision decision) {
        switch (signal.owner()) {
            case STOP -> level(position, Level.STOP, signal.reason(), decision);
            case TARGET -> level(position, Level.TARGET, signal.reason(), decision);
            case WATCH -> exitWhenDue(position, signal.reason(), decision);
        }
    }

    private void exitWhenDue(LivePosition position, Reason reason, Decision decision) {
        if (position.closes().isDue(decision.now().nanos())) {
            exits.exit(position, reason, decision);
        }
    }

    private void level(LivePosition position, Level level, Reason reason, Decision decision) {
        if (!position.protection().isOnExchange(level)) {
            exitWhenDue(position, reason, decision);
        } else if (!position.progress().levelWatched()) {
            position.progress().watchLevel(true);
            decision.wake(
                    Timer.Kind.LEVEL_PASSED,
                    position.epoch() + " " + level.name(),
                    books.rules().guarding().levelPassed());
        }
    }

    /** A level was passed a while ago; if its position is still there, the watch closes it. */
    public void levelPassed(String subject, Decision decision) {
        String[] parts = subject.split(" ", 2);
        LivePosition position = books.positionOf(parts[0]);
        if (position == null || !position.isOpen()) {
            return;
        }
        position.progress().watchLevel(false);
        Level level = Level.valueOf(parts[1]);
        decision.alert(
                "level-passed:" + position.epoch() + level,
                Notice.Severity.CRITICAL,
                "the " + level + " did not fire in time; closing",
                position.symbol().name());
        exits.exit(position, position.reasonOf(level), decision);
    }

    /** Takes every rung that the price has reached, each once. */
    private void climb(LivePosition position, Price price, Decision decision) {
        ExitProgress watch = position.progress();
        for (var next = watch.nextRung();
                next != null && !position.direction().gains(price, next.at());
                next = watch.nextRung()) {
            exits.reached(position, next, decision);
        }
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
        if (!isStepBeyond(direction, stop, floor.level())) {
            return true;
        }
        Instrument instrument = books.markets().instrument(position.symbol());
        if (instrument == null) {
            return true;
        }
        Price level = instrument.raisedStopTick(floor.level().value(), direction, price);
        if (!direction.gains(stop, level)) {
            return true;
        }
        if (mayMove(position, decision)) {
            protecting.move(position, Level.STOP, level, decision);
            if (floor.reason() == Reason.TRAILING) {
                position.replan(position.plan().asTrailed());
            }
            return true;
        }
        if (isStepBeyond(direction, position.progress().recorded(), level)) {
            position.progress().record(level);
            decision.changed(position);
        }
        return false;
    }

    private boolean isStepBeyond(Direction direction, Price from, Price to) {
        BigDecimal step = books.rules().exits().ratchet().stepPct();
        return direction.gains(from, to) && !direction.gains(to, ExitPlan.gained(from, step, direction));
    }

    /** One move at a time, and none while a producer's is under way. */
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
