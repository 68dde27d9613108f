package quantum.desk;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import quantum.intent.Closed.Reason;
import quantum.market.Price;
import quantum.market.Symbol;
import quantum.position.ExitRules;
import quantum.position.ExitRules.ExitSignal;
import quantum.position.Extremes;
import quantum.protection.Leg;
import quantum.venue.Call.Level;

/**
 * Judges every mark price against the plans of what is held. While a resting order is seen live the exchange owns its
 * level, and the watch acts only if it does not fire in time; trailing levels are the watch's own.
 */
final class Watching {

    private final Books books;
    private final Exits exits;

    Watching(Books books, Exits exits) {
        this.books = books;
        this.exits = exits;
    }

    /** Prices that waited, in a socket or in a stalled process, are as old as the exchange says. */
    void marked(Map<Symbol, Price> marks, Instant at, Turn turn) {
        Duration age = Duration.between(at, turn.now().exchange());
        if (age.compareTo(books.rules.limits().priceMaxAge()) > 0) {
            return;
        }
        long since = turn.now().nanos() - Math.max(0, age.toNanos());
        books.lastPriceCheck = at;
        marks.forEach((symbol, price) -> {
            books.marks.put(symbol, new Books.Mark(price, since));
            books.lives.in(symbol).forEach(life -> judge(life, price, turn));
        });
    }

    private void judge(Life life, Price price, Turn turn) {
        Optional<Price> before = trailing(life);
        Extremes extremes = life.extremes().include(price, price);
        life.setExtremes(extremes);
        if (!trailing(life).equals(before)) {
            // A trailing level must survive a restart, so each ratchet is recorded; other extremes need not be.
            turn.changed(life);
        }
        ExitRules.next(life.direction(), life.entryPrice(), life.plan(), extremes, price, price)
                .ifPresent(signal -> act(life, signal, turn));
    }

    private static Optional<Price> trailing(Life life) {
        return ExitRules.trailing(life.direction(), life.entryPrice(), life.plan(), life.extremes());
    }

    private void act(Life life, ExitSignal signal, Turn turn) {
        if (!life.exitIsDue(turn.now().nanos())) {
            return;
        }
        switch (signal.reason()) {
            case SL -> level(life, Level.STOP, signal, turn);
            case TP -> level(life, Level.TARGET, signal, turn);
            default -> exits.exit(life, signal.reason(), turn);
        }
    }

    private void level(Life life, Level level, ExitSignal signal, Turn turn) {
        Leg leg = life.leg(level);
        boolean exchangeOwnsIt = leg.isLive() || leg.state() == Leg.State.FIRING;
        if (!exchangeOwnsIt) {
            exits.exit(life, signal.reason(), turn);
        } else if (!life.levelWatched()) {
            life.watchLevel(true);
            turn.wake(
                    Timer.Kind.LEVEL_PASSED,
                    life.epoch() + " " + level.name(),
                    books.rules.guarding().levelPassed());
        }
    }

    /** A level was passed a while ago; if its position is still there, the watch closes it. */
    void levelPassed(String subject, Turn turn) {
        String[] parts = subject.split(" ", 2);
        Life life = books.lifeOf(parts[0]);
        if (life == null || life.state() != Life.State.OPEN) {
            return;
        }
        life.watchLevel(false);
        Level level = Level.valueOf(parts[1]);
        turn.alert(
                "level-passed:" + life.epoch() + level,
                Notice.Severity.CRITICAL,
                "the " + level + " did not fire in time; closing",
                life.symbol().name());
        exits.exit(life, level == Level.STOP ? Reason.SL : Reason.TP, turn);
    }
}
