package quantum.desk;

import java.time.Duration;
import java.util.List;
import quantum.intent.Closed.Reason;
import quantum.order.ClientOrderId;
import quantum.protection.Leg;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/** Looks after protection that is not as it should be: asks, places again, and closes by rule what stays naked. */
final class Overseeing {

    private static final Duration ASK_AFTER = Duration.ofMillis(300);
    private static final long STUCK_FIRING_NANOS = Duration.ofSeconds(5).toNanos();

    private final Books books;
    private final Protecting protecting;
    private final Exits exits;

    Overseeing(Books books, Protecting protecting, Exits exits) {
        this.books = books;
        this.protecting = protecting;
        this.exits = exits;
    }

    /** The wake-up of a life whose protection is not as it should be. */
    void look(Life life, Turn turn) {
        if (life.state() == Life.State.CLOSED) {
            return;
        }
        boolean open = life.state() == Life.State.OPEN;
        for (Level level : Level.values()) {
            look(life, level, open, turn);
        }
        if (open && !life.isProtected()) {
            closeByRule(life, turn);
        }
        boolean quiet = open
                ? life.isProtected() && life.leg(Level.TARGET).isLive()
                : life.leg(Level.STOP).state() == Leg.State.GONE
                        && life.leg(Level.TARGET).state() == Leg.State.GONE;
        if (!quiet) {
            protecting.lookAgain(life, turn);
        }
    }

    private void look(Life life, Level level, boolean open, Turn turn) {
        Leg leg = life.leg(level);
        ClientOrderId id = leg.id();
        long age = turn.now().nanos() - leg.sinceNanos();
        switch (leg.state()) {
            case GONE -> {
                if (open && age >= books.rules.guarding().retry().toNanos()) {
                    protecting.place(life, level, turn);
                }
            }
            case PLACING, UNKNOWN -> {
                if (id != null && age >= ASK_AFTER.toNanos()) {
                    turn.ask(new Call.AskRest(id, life.symbol()));
                }
            }
            case CANCELLING -> {
                if (id != null) {
                    turn.ask(new Call.CancelRest(id, life.symbol()));
                }
            }
            case FIRING -> {
                if (age >= STUCK_FIRING_NANOS) {
                    if (open) {
                        exits.exit(life, level == Level.STOP ? Reason.SL : Reason.TP, turn);
                    }
                    protecting.state(life, level, Leg.State.UNKNOWN, turn);
                }
            }
            case RESTING -> {}
        }
    }

    private void closeByRule(Life life, Turn turn) {
        Duration naked = turn.now().since(life.nakedSinceNanos());
        Duration allowed = life.everProtected()
                ? books.rules.guarding().lostStop()
                : books.rules.guarding().newWithout();
        List<Life> without = books.lives.values().stream()
                .filter(l -> !l.isProtected()
                        && turn.now()
                                        .since(l.nakedSinceNanos())
                                        .compareTo(books.rules.guarding().newWithout())
                                >= 0)
                .toList();
        boolean systemic = without.size() >= books.rules.guarding().systemic();
        if (systemic && !books.degraded) {
            books.degraded = true;
            turn.alert(
                    "protection-degraded",
                    Notice.Severity.CRITICAL,
                    without.size() + " positions are without a live stop; opens are halted, nothing is dumped",
                    "");
        }
        if (naked.compareTo(allowed) >= 0 && !systemic && !life.isAdopted()) {
            turn.alert(
                    "unprotected:" + life.epoch(),
                    Notice.Severity.CRITICAL,
                    "no live stop for " + naked.toMillis() + " ms; closing",
                    life.symbol().name());
            exits.exit(life, Reason.EMERGENCY, turn);
        }
    }

    /** The list of all resting orders: what is there rests, what is missing long enough is gone. */
    void listed(List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        for (Life life : books.allLives()) {
            for (Level level : Level.values()) {
                listed(life, level, rests, askedNanos, turn);
            }
            protecting.reportIfComplete(life, turn);
        }
        for (ConditionalUpdate rest : rests) {
            boolean known = books.allLives().stream().anyMatch(l -> l.levelOf(rest.clientId()) != null);
            if (rest.clientId().isOurs() && !known && books.openInFlight(rest.symbol()) == null) {
                turn.ask(new Call.CancelRest(rest.clientId(), rest.symbol()));
            }
        }
        if (books.degraded && books.lives.values().stream().allMatch(Life::isProtected)) {
            books.degraded = false;
        }
    }

    private void listed(Life life, Level level, List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        Leg leg = life.leg(level);
        ConditionalUpdate mine = rests.stream()
                .filter(r -> r.status() == ConditionalUpdate.Status.NEW && leg.is(r.clientId()))
                .findFirst()
                .orElse(null);
        if (mine != null) {
            protecting.seen(life, level, mine, turn);
            return;
        }
        boolean listedAfter = askedNanos - leg.sinceNanos() > 0;
        if (leg.isLive() && listedAfter) {
            // One list is not a proof (binance-usdm 11, P3); it is asked for by name until known or 15 s have passed.
            protecting.state(life, level, Leg.State.UNKNOWN, turn);
            protecting.lookAgain(life, turn);
        } else if (leg.state() == Leg.State.UNKNOWN
                && askedNanos - leg.sinceNanos()
                        > books.rules.reading().absence().toNanos()) {
            protecting.state(life, level, Leg.State.GONE, turn);
            protecting.lookAgain(life, turn);
        }
    }
}
