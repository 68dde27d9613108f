package quantum.desk.protect;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.Watch;
import quantum.decision.Timer;
import quantum.decision.Turn;
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
public final class Watching {

    /** Timers further ahead are renewed on the way, so that those of lives that ended do not pile up. */
    private static final Duration FARTHEST_WAKE = Duration.ofHours(1);

    private final Books books;
    private final Exits exits;
    private final Protecting protecting;

    public Watching(Books books, Exits exits, Protecting protecting) {
        this.books = books;
        this.exits = exits;
        this.protecting = protecting;
    }

    /** Prices that waited, in a socket or in a stalled process, are as old as the exchange says. */
    public void marked(Map<Symbol, Price> marks, Instant at, Turn turn) {
        Duration age = Duration.between(at, turn.now().exchange());
        if (age.compareTo(books.rules().limits().priceMaxAge()) > 0) {
            return;
        }
        long since = turn.now().nanos() - Math.max(0, age.toNanos());
        books.readiness().priced(at);
        marks.forEach((symbol, price) -> {
            if (isBelieved(symbol, price, since, turn)) {
                for (Life life : books.lives().in(symbol)) {
                    if (books.rules().observe() || !books.isLeftAlone(life)) {
                        judge(life, price, turn);
                    }
                }
            }
        });
    }

    /** The first price of all has none before it to confirm it: it is known, and nothing is done by it. */
    private boolean isBelieved(Symbol symbol, Price price, long since, Turn turn) {
        Books.Mark last = books.mark(symbol);
        Price doubted = last == null ? null : last.doubted();
        if (last == null || isNear(last.price(), price) || (doubted != null && isNear(doubted, price))) {
            books.setMark(symbol, new Books.Mark(price, since, null));
            return last != null;
        }
        books.setMark(symbol, last.doubting(price));
        if (doubted == null && !books.lives().in(symbol).isEmpty()) {
            turn.alert(
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

    private void judge(Life life, Price price, Turn turn) {
        Instant now = turn.now().exchange();
        Watch watch = life.watch();
        if (watch.isQuietAt(price, now)) {
            return;
        }
        watch.include(price);
        Optional<ExitSignal> signal =
                ExitRules.next(life.direction(), life.plan(), watch.floor(life.entryPrice()), price, price);
        if (signal.isPresent()) {
            act(life, signal.get(), turn);
            return;
        }
        if (isOver(life, now)) {
            exitWhenDue(life, Reason.TIME, turn);
            return;
        }
        climb(life, price, turn);
        if (follow(life, price, turn)) {
            watch.rest(life.entryPrice(), life.deadline());
        }
    }

    private void act(Life life, ExitSignal signal, Turn turn) {
        switch (signal.owner()) {
            case STOP -> level(life, Level.STOP, signal.reason(), turn);
            case TARGET -> level(life, Level.TARGET, signal.reason(), turn);
            case WATCH -> exitWhenDue(life, signal.reason(), turn);
        }
    }

    private void exitWhenDue(Life life, Reason reason, Turn turn) {
        if (life.closes().isDue(turn.now().nanos())) {
            exits.exit(life, reason, turn);
        }
    }

    private void level(Life life, Level level, Reason reason, Turn turn) {
        if (!life.protection().isOnExchange(level)) {
            exitWhenDue(life, reason, turn);
        } else if (!life.watch().levelWatched()) {
            life.watch().watchLevel(true);
            turn.wake(
                    Timer.Kind.LEVEL_PASSED,
                    life.epoch() + " " + level.name(),
                    books.rules().guarding().levelPassed());
        }
    }

    /** A level was passed a while ago; if its position is still there, the watch closes it. */
    public void levelPassed(String subject, Turn turn) {
        String[] parts = subject.split(" ", 2);
        Life life = books.lifeOf(parts[0]);
        if (life == null || !life.isOpen()) {
            return;
        }
        life.watch().watchLevel(false);
        Level level = Level.valueOf(parts[1]);
        turn.alert(
                "level-passed:" + life.epoch() + level,
                Notice.Severity.CRITICAL,
                "the " + level + " did not fire in time; closing",
                life.symbol().name());
        exits.exit(life, life.reasonOf(level), turn);
    }

    /** Takes every rung that the price has reached, each once. */
    private void climb(Life life, Price price, Turn turn) {
        Watch watch = life.watch();
        for (var next = watch.nextRung();
                next != null && !life.direction().gains(price, next.at());
                next = watch.nextRung()) {
            exits.reached(life, next, turn);
        }
        if (watch.owed().signum() > 0 && life.closes().isDue(turn.now().nanos())) {
            exits.exit(life, Reason.LADDER, turn);
        }
    }

    /**
     * Takes the resting stop after break-even and trailing, in steps and never back. False while it has to follow and
     * cannot yet: the watch then guards the nearer level alone, and the extremes are recorded by the same steps.
     */
    private boolean follow(Life life, Price price, Turn turn) {
        Direction direction = life.direction();
        ExitRules.Floor floor = life.watch().floor(life.entryPrice());
        Price stop = life.plan().stop();
        if (!isStepBeyond(direction, stop, floor.level())) {
            return true;
        }
        Instrument instrument = books.instrument(life.symbol());
        if (instrument == null) {
            return true;
        }
        Price level = instrument.raisedStopTick(floor.level().value(), direction, price);
        if (!direction.gains(stop, level)) {
            return true;
        }
        if (mayMove(life, turn)) {
            protecting.move(life, Level.STOP, level, turn);
            if (floor.reason() == Reason.TRAILING) {
                life.replan(life.plan().asTrailed());
            }
            return true;
        }
        if (isStepBeyond(direction, life.watch().recorded(), level)) {
            life.watch().record(level);
            turn.changed(life);
        }
        return false;
    }

    private boolean isStepBeyond(Direction direction, Price from, Price to) {
        BigDecimal step = books.rules().exits().ratchet().stepPct();
        return direction.gains(from, to) && !direction.gains(to, ExitPlan.gained(from, step, direction));
    }

    /** One move at a time, and none while a producer's is under way. */
    private boolean mayMove(Life life, Turn turn) {
        ExitPolicy.Ratchet ratchet = books.rules().exits().ratchet();
        ProtectiveOrder order = life.orderAt(Level.STOP);
        boolean rested = turn.now().since(order.sinceNanos()).compareTo(ratchet.pause()) >= 0;
        return life.update() == null
                && (books.rules().observe()
                        || (order.isInPlace() && life.protection().bridge() == null && rested));
    }

    /** The deadline of a life is told to the timer, whether prices come or not. */
    public static void awaitDeadline(Life life, Turn turn) {
        Instant deadline = life.deadline();
        if (deadline != null) {
            Duration left = Duration.between(turn.now().exchange(), deadline);
            Duration wait = left.isNegative() ? Duration.ZERO : left;
            turn.wake(Timer.Kind.DEADLINE, life.epoch(), wait.compareTo(FARTHEST_WAKE) > 0 ? FARTHEST_WAKE : wait);
        }
    }

    /** A deadline has come, or an hour of the way to it has passed. */
    public void deadline(String epoch, Turn turn) {
        Life life = books.lifeOf(epoch);
        if (life == null || !life.isOpen()) {
            return;
        }
        if (isOver(life, turn.now().exchange())) {
            exitWhenDue(life, Reason.TIME, turn);
            turn.wake(Timer.Kind.DEADLINE, epoch, books.rules().guarding().retry());
        } else {
            awaitDeadline(life, turn);
        }
    }

    private static boolean isOver(Life life, Instant now) {
        @Nullable Instant deadline = life.deadline();
        return deadline != null && !now.isBefore(deadline);
    }
}
