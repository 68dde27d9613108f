package quantum.desk.protect;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.Protection;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.decision.Turn;
import quantum.desk.exit.Exits;
import quantum.intent.Closed.Reason;
import quantum.protection.ProtectiveOrder;
import quantum.protection.ProtectiveOrderEvent.Due;
import quantum.protection.ProtectiveOrderEvent.Shown;
import quantum.protection.ProtectiveOrderEvent.Unlisted;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/** Looks after protection that is not as it should be: asks, places again, and closes by rule what stays naked. */
public final class Overseeing {

    private final Books books;
    private final Protecting protecting;
    private final Crossing crossing;
    private final Exits exits;

    public Overseeing(Books books, Protecting protecting, Crossing crossing, Exits exits) {
        this.books = books;
        this.protecting = protecting;
        this.crossing = crossing;
        this.exits = exits;
    }

    /** The wake-up of a life whose protection is not as it should be, or of an ended one that still has some. */
    public void look(Life life, Turn turn) {
        if (books.isLeftAlone(life)) {
            return;
        }
        boolean open = life.isOpen();
        for (Level level : Level.values()) {
            protecting.on(life, level, new Due(), turn);
        }
        crossing.look(life, turn);
        if (open && !life.isProtected()) {
            closeByRule(life, turn);
        }
        if (open
                ? !life.protection().isSettled(life.quantity())
                : !life.protection().isQuiet()) {
            protecting.lookAgain(life, turn);
        }
    }

    private void closeByRule(Life life, Turn turn) {
        Duration naked = turn.now().since(life.protection().nakedSinceNanos());
        if (naked.compareTo(books.rules().guarding().newWithout()) < 0) {
            return;
        }
        if (life.protection().alarm()) {
            turn.alert(
                    "naked:" + life.epoch(),
                    Notice.Severity.CRITICAL,
                    "no live stop for " + naked.toMillis() + " ms; the watch guards its level",
                    life.symbol().name());
        }
        Duration allowed = life.protection().everProtected()
                ? books.rules().guarding().lostStop()
                : books.rules().guarding().newWithout();
        // Positions do not lose their stops in the same instant: all that have none for a while count.
        List<Life> without = books.lives().all().stream()
                .filter(l -> books.isNaked(l)
                        && turn.now()
                                        .since(l.protection().nakedSinceNanos())
                                        .compareTo(books.rules().guarding().retry())
                                >= 0)
                .toList();
        boolean systemic = without.size() >= books.rules().guarding().systemic();
        if (systemic && !books.readiness().isDegraded()) {
            books.readiness().setDegraded(true);
            turn.alert(
                    "protection-degraded",
                    Notice.Severity.CRITICAL,
                    without.size() + " positions are without a live stop; opens are halted, nothing is dumped",
                    "");
        }
        boolean ours = !life.isAdopted() || books.rules().guarding().adoption().closeUnprotected();
        boolean closes = !systemic && ours && exits.closable(life).signum() > 0;
        if (closes && naked.compareTo(allowed) >= 0) {
            turn.alert(
                    "unprotected:" + life.epoch(),
                    Notice.Severity.CRITICAL,
                    "no live stop for " + naked.toMillis() + " ms; closing",
                    life.symbol().name());
            exits.exit(life, Reason.EMERGENCY, turn);
        }
    }

    /** The list of all resting orders: what is there rests, what is missing long enough is gone. */
    public void listed(List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        for (Life life : books.allLives()) {
            crossing.listed(life, rests, askedNanos, turn);
            for (Level level : Level.values()) {
                listed(life, level, rests, askedNanos, turn);
                besideOthers(life, level, rests, turn);
            }
            protecting.reportIfComplete(life, turn);
        }
        books.slots().listed((int) rests.stream()
                .filter(rest -> rest.status() == ConditionalUpdate.Status.NEW
                        && !rest.clientId().isOurs())
                .count());
        for (ConditionalUpdate rest : rests) {
            if (!books.rules().observe() && rest.clientId().isOurs() && isLeftOver(rest)) {
                turn.logOnce(
                        rest.clientId().value(),
                        Marker.SWEPT,
                        "symbol",
                        rest.symbol().name(),
                        "clientOrderId",
                        rest.clientId().value(),
                        "trigger",
                        rest.trigger().toString());
                turn.ask(new Call.CancelConditional(rest.clientId(), rest.symbol()));
            }
        }
    }

    /** True for a resting order of ours that stands for nothing: of no life, of an ended one, or beside a live one. */
    private boolean isLeftOver(ConditionalUpdate rest) {
        for (Life life : books.allLives()) {
            Level level = life.protection().levelOf(rest.clientId());
            if (level != null) {
                boolean unneeded = life.orderAt(level).isLive() || !life.isOpen();
                return !life.protection().has(rest.clientId()) && unneeded && !books.protectsAnother(life, level);
            }
        }
        // Of a life that nobody remembers: it may be all that protects what is held, until ours is live.
        return !books.mayBegin(rest.clientId())
                && books.lives().in(rest.symbol()).stream().noneMatch(books::isNaked);
    }

    private void listed(Life life, Level level, List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        ProtectiveOrder order = life.orderAt(level);
        // What changed here after the question left is newer than the answer.
        if (askedNanos - order.sinceNanos() < 0) {
            return;
        }
        ConditionalUpdate mine = listed(rests, r -> order.is(r.clientId()));
        ConditionalUpdate older = listed(
                rests,
                r -> life.protection().levelOf(r.clientId()) == level
                        && !life.protection().isBridge(r.clientId()));
        boolean free = order.state() == ProtectiveOrder.State.GONE || order.state() == ProtectiveOrder.State.UNKNOWN;
        if (mine != null && order.state() != ProtectiveOrder.State.GONE) {
            protecting.on(life, level, new Shown(mine), turn);
        } else if (older != null && free && life.isOpen()) {
            protecting.takeOver(life, level, older, turn);
        } else if (life.protection().isAskedWhose(level)
                && order.state() == ProtectiveOrder.State.GONE
                && life.isOpen()) {
            life.protection().besideOf(level, new Protection.Beside(null, 0));
            protecting.place(life, level, turn);
        } else {
            protecting.on(life, level, new Unlisted(askedNanos), turn);
        }
    }

    /** Names the order of another hand that holds the place of ours, and takes the place once two lists lack it. */
    private void besideOthers(Life life, Level level, List<ConditionalUpdate> rests, Turn turn) {
        Protection.Beside beside = life.protection().beside(level);
        if (beside == null || !life.isOpen()) {
            return;
        }
        ConditionalUpdate other = listed(
                rests,
                r -> !r.clientId().isOurs()
                        && r.symbol().equals(life.symbol())
                        && r.shape() != null
                        && r.shape().holdsPlace(life.direction(), level));
        Duration pause = life.protection()
                .placePause(level, books.rules().guarding(), turn.now().nanos());
        if (other == null && beside.missed() > 0 && pause.isZero()) {
            life.protection().besideOf(level, null);
            protecting.shift(life, level, turn);
        } else if (other == null) {
            life.protection().besideOf(level, new Protection.Beside(beside.other(), 1));
            Duration retry = books.rules().guarding().retry();
            turn.wake(Timer.Kind.RESTS, "", pause.compareTo(retry) > 0 ? pause : retry);
        } else {
            String name = other.clientId().value();
            life.protection().besideOf(level, new Protection.Beside(name, 0));
            if (!name.equals(beside.other())) {
                turn.alert(
                        "place-held:" + life.epoch() + level,
                        Notice.Severity.WARNING,
                        "order " + name + " (" + other.conditionalId() + ") of another hand closes the position at "
                                + other.trigger() + ", and the exchange takes one such order; the " + level
                                + " of ours rests by quantity beside it",
                        life.symbol().name());
            }
        }
    }

    private static @Nullable ConditionalUpdate listed(
            List<ConditionalUpdate> rests, Predicate<ConditionalUpdate> wanted) {
        return rests.stream()
                .filter(r -> r.status() == ConditionalUpdate.Status.NEW && wanted.test(r))
                .findFirst()
                .orElse(null);
    }
}
