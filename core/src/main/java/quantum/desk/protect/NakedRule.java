package quantum.desk.protect;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Protection;
import quantum.decision.Decision;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.desk.exit.Exits;
import quantum.market.ProtectionForm;
import quantum.protection.ProtectiveOrder;
import quantum.protection.ProtectiveOrderEvent.Due;
import quantum.protection.ProtectiveOrderEvent.Shown;
import quantum.protection.ProtectiveOrderEvent.Unlisted;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/**
 * Looks after protection that is not as it should be: asks, places again, and closes by rule what stays naked. A stop
 * may be refused for as long as the exchange likes: what ends that is a close by order (law 4).
 */
public final class NakedRule {

    private final Books books;
    private final Protecting protecting;
    private final Crossing crossing;
    private final Exits exits;
    private final FailSafe failSafe;
    /** Those of which that was alerted; forgotten where one is worth an order again. */
    private final Set<String> dust = new HashSet<>();

    public NakedRule(Books books, Protecting protecting, Crossing crossing, Exits exits) {
        this.books = books;
        this.protecting = protecting;
        this.crossing = crossing;
        this.failSafe = new FailSafe(books, exits);
        this.exits = exits;
    }

    /**
     * The wake-up of a position whose protection is not as it should be, or of an ended one that still has some. What
     * is left alone by policy is looked after by nobody here.
     */
    public void look(LivePosition position, Decision decision) {
        if (books.isLeftAlone(position)) {
            return;
        }
        boolean open = position.isOpen();
        // The life of each order says what is due: to ask, to place, to cancel again, to move.
        ProtectiveOrder target = position.orderAt(Level.TARGET);
        protecting.on(position, Level.STOP, new Due(), decision);
        // Where the two go together, one look is enough.
        if (position.orderAt(Level.TARGET).equals(target)) {
            protecting.on(position, Level.TARGET, new Due(), decision);
        }
        crossing.look(position, decision);
        if (books.isDust(position)) {
            dust(position, decision);
        } else if (open && !position.isProtected()) {
            dust.remove(position.epoch());
            closeByRule(position, decision);
        }
        // A held position is looked at until both levels rest where they should, an ended one until nothing can rest
        // for it (INV-11).
        if (open ? !isSettled(position) : !position.protection().isQuiet()) {
            protecting.lookAgain(position, decision);
        }
    }

    private boolean isSettled(LivePosition position) {
        return books.isInPlace(position, Level.STOP)
                && books.isInPlace(position, Level.TARGET)
                && position.protection().bridge() == null;
    }

    /** Nothing is tried, because the exchange would refuse it each time; it counts as naked once something can be. */
    private void dust(LivePosition position, Decision decision) {
        position.protection().nakedFrom(decision.now().nanos());
        if (dust.add(position.epoch())) {
            decision.alert(
                    "dust:" + position.epoch(),
                    Notice.Severity.WARNING,
                    position.quantity().toPlainString()
                            + " is less than the exchange takes in one order: it has no stop and cannot be sold alone. It"
                            + " stays a position, and is protected once more is bought or it is worth more",
                    position.symbol().name());
        }
    }

    /**
     * Alarms each time without a live stop once, and ends it in the end. A new position is closed soon, because it
     * never had one. One whose stop was lost has more time, because the watch guards its level meanwhile. Where several
     * are naked at once the cause is likely the exchange's: opens are halted, and nothing is dumped.
     */
    private void closeByRule(LivePosition position, Decision decision) {
        Duration naked = decision.now().since(position.protection().nakedSinceNanos());
        // Placing a stop takes a round trip or two: until then nothing is wrong.
        if (naked.compareTo(books.rules().guarding().newWithout()) < 0) {
            return;
        }
        if (position.protection().alarm()) {
            decision.alert(
                    "naked:" + position.epoch(),
                    Notice.Severity.CRITICAL,
                    "no live stop for " + naked.toMillis() + " ms; the watch guards its level",
                    position.symbol().name());
        }
        // After a restart a position counts as protected before: its stop is there until the exchange says otherwise.
        Duration allowed = position.protection().everProtected()
                ? books.rules().guarding().lostStop()
                : books.rules().guarding().newWithout();
        // Positions do not lose their stops in the same instant: all that have none for a while count.
        List<LivePosition> without = books.positions().all().stream()
                .filter(l -> books.isNaked(l)
                        && decision.now()
                                        .since(l.protection().nakedSinceNanos())
                                        .compareTo(books.rules().guarding().retry())
                                >= 0)
                .toList();
        boolean systemic = without.size() >= books.rules().guarding().systemic();
        if (systemic && !books.readiness().isDegraded()) {
            books.readiness().setDegraded(true);
            decision.alert(
                    "protection-degraded",
                    Notice.Severity.CRITICAL,
                    without.size() + " positions are without a live stop; opens are halted, nothing is dumped",
                    "");
        }
        // What none of our orders opened is not sold unless the operator wants that (adoption.close_unprotected).
        boolean ours =
                !position.isAdopted() || books.rules().guarding().adoption().closeUnprotected();
        // A close that is on its way already is followed by its own order.
        boolean closes = !systemic && ours && exits.closable(position).signum() > 0;
        if (closes && naked.compareTo(allowed) >= 0) {
            failSafe.act(position, naked, decision);
        }
    }

    /**
     * The list of all resting orders: what is there rests, what is missing long enough is gone. One list alone ends no
     * order (M18).
     */
    public void listed(List<ConditionalUpdate> rests, long askedNanos, Decision decision) {
        // Those that ended too: something of them may still rest.
        for (LivePosition position : books.allPositions()) {
            crossing.listed(position, rests, askedNanos, decision);
            for (Level level : Level.values()) {
                listed(position, level, rests, askedNanos, decision);
                besideOthers(position, level, rests, decision);
            }
            // The list may be the answer that a report waits for.
            protecting.reportIfComplete(position, decision);
        }
        // The account's places are shared with every other hand (binance-usdm 4.7).
        books.slots().listed((int) rests.stream()
                .filter(rest -> rest.status() == ConditionalUpdate.Status.NEW
                        && !rest.clientId().isOurs())
                .count());
        // Ours alone are taken off, whatever others leave on the account (INV-36).
        for (ConditionalUpdate rest : rests) {
            if (!books.rules().observe() && rest.clientId().isOurs() && isLeftOver(rest)) {
                decision.logOnce(
                        rest.clientId().value(),
                        Marker.SWEPT,
                        "symbol",
                        rest.symbol().name(),
                        "clientOrderId",
                        rest.clientId().value(),
                        "trigger",
                        rest.trigger().toString());
                decision.ask(new Call.CancelConditional(rest.clientId(), rest.symbol()));
            }
        }
    }

    /** True for a resting order of ours that stands for nothing: of no position, of an ended one, or beside a live one. */
    private boolean isLeftOver(ConditionalUpdate rest) {
        for (LivePosition position : books.allPositions()) {
            Level level = position.protection().levelOf(rest.clientId());
            if (level != null) {
                // An older order of this level protects as well, for as long as the present one is not live.
                boolean unneeded = position.orderAt(level).isLive() || !position.isOpen();
                return !position.protection().has(rest.clientId())
                        && unneeded
                        && !books.protectsAnother(position, level);
            }
        }
        // Of a position that nobody remembers: it may be all that protects what is held, until ours is live. Of coins
        // it
        // holds what ours would sell.
        return !books.mayBegin(rest.clientId())
                && (books.form(rest.symbol()) == ProtectionForm.PAIR
                        || books.positions().in(rest.symbol()).stream().noneMatch(books::isNaked));
    }

    /**
     * One level and the list: it is seen, an older one of ours stands for it, another hand has its place, or it is
     * missing.
     */
    private void listed(
            LivePosition position, Level level, List<ConditionalUpdate> rests, long askedNanos, Decision decision) {
        ProtectiveOrder order = position.orderAt(level);
        // What changed here after the question left is newer than the answer.
        if (askedNanos - order.sinceNanos() < 0) {
            return;
        }
        ConditionalUpdate mine = listed(rests, r -> order.is(r.clientId()));
        ConditionalUpdate older = listed(
                rests,
                r -> position.protection().levelOf(r.clientId()) == level
                        && !position.protection().isBridge(r.clientId()));
        boolean free = order.state() == ProtectiveOrder.State.GONE || order.state() == ProtectiveOrder.State.UNKNOWN;
        if (mine != null && order.state() != ProtectiveOrder.State.GONE) {
            protecting.on(position, level, new Shown(mine), decision);
        } else if (older != null && free && position.isOpen()) {
            protecting.takeOver(position, level, older, decision);
        } else if (position.protection().isAskedWhose(level)
                && order.state() == ProtectiveOrder.State.GONE
                && position.isOpen()) {
            // The exchange called the place taken, and the list has none of ours there: ours goes beside it, by
            // quantity (X-F5).
            position.protection().besideOf(level, new Protection.Beside(null, 0));
            protecting.place(position, level, decision);
        } else {
            protecting.on(position, level, new Unlisted(askedNanos), decision);
        }
    }

    /** Names the order of another hand that holds the place of ours, and takes the place once two lists lack it. */
    private void besideOthers(LivePosition position, Level level, List<ConditionalUpdate> rests, Decision decision) {
        Protection.Beside beside = position.protection().beside(level);
        if (beside == null || !position.isOpen()) {
            return;
        }
        ConditionalUpdate other = listed(
                rests,
                r -> !r.clientId().isOurs()
                        && r.symbol().equals(position.symbol())
                        && r.shape() != null
                        && r.shape().holdsPlace(position.direction(), level));
        // An order that is triggering holds the place and is in no list: its place is not tried at every list
        // (seed 30755).
        Duration pause = position.protection()
                .placePause(level, books.rules().guarding(), decision.now().nanos());
        if (other == null && beside.missed() > 0 && pause.isZero()) {
            // Two lists lack it: ours goes over to the form that follows the position.
            position.protection().besideOf(level, null);
            protecting.shift(position, level, decision);
        } else if (other == null) {
            position.protection().besideOf(level, new Protection.Beside(beside.other(), 1));
            // One list is no proof: the next one is asked for soon.
            Duration retry = books.rules().guarding().retry();
            decision.wake(Timer.Kind.RESTS, "", pause.compareTo(retry) > 0 ? pause : retry);
        } else {
            String name = other.clientId().value();
            position.protection().besideOf(level, new Protection.Beside(name, 0));
            // Named once, and again where another order took its place.
            if (!name.equals(beside.other())) {
                decision.alert(
                        "place-held:" + position.epoch() + level,
                        Notice.Severity.WARNING,
                        "order " + name + " (" + other.conditionalId() + ") of another hand closes the position at "
                                + other.trigger() + ", and the exchange takes one such order; the " + level
                                + " of ours rests by quantity beside it",
                        position.symbol().name());
            }
        }
    }

    /** The first that rests; one that is being executed protects nothing any more. */
    private static @Nullable ConditionalUpdate listed(
            List<ConditionalUpdate> rests, Predicate<ConditionalUpdate> wanted) {
        return rests.stream()
                .filter(r -> r.status() == ConditionalUpdate.Status.NEW && wanted.test(r))
                .findFirst()
                .orElse(null);
    }
}
