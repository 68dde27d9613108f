package quantum.desk.protect;

import java.time.Duration;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.book.Protection;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.desk.exit.Exits;
import quantum.desk.report.Reporting;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Price;
import quantum.order.ClientOrderId;
import quantum.protection.ProtectiveOrder;
import quantum.protection.ProtectiveOrderEvent;
import quantum.protection.ProtectiveOrderEvent.Over;
import quantum.protection.ProtectiveOrderEvent.Shown;
import quantum.protection.ProtectiveOrderLifecycle;
import quantum.protection.ProtectiveOrderLifecycle.Move;
import quantum.protection.ProtectiveOrderLifecycle.Step;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/**
 * Keeps a live stop and a target on the exchange for every position (law 4): places both at the first fill, asks
 * after lost answers, places again what disappears, and closes by rule what cannot be protected in time.
 */
public final class Protecting {

    /** What is lost or laid with others in one moment is answered by one list. */
    private static final Duration TOGETHER = Duration.ofMillis(20);

    private final Books books;
    private final Reporting reporting;
    private final Exits exits;
    private final Bridging bridging;
    private final RestingOrders orders;
    private final FollowingOrders following;
    private final OrderPair pair;

    public Protecting(Books books, Reporting reporting, Exits exits, Bridging bridging) {
        this.books = books;
        this.bridging = bridging;
        this.reporting = reporting;
        this.exits = exits;
        this.orders = new RestingOrders(books);
        this.following = new FollowingOrders(books, orders, bridging);
        this.pair = new OrderPair(books, orders);
    }

    private Placement placement(LivePosition position) {
        return switch (books.form(position)) {
            case FOLLOWING -> following;
            case PAIR -> pair;
        };
    }

    /** A position exists, or goes on that was thought gone; what is being taken off is placed again once it is. */
    public void begin(LivePosition position, Decision decision) {
        for (Level level : Level.values()) {
            if (position.orderAt(level).state() == ProtectiveOrder.State.GONE) {
                place(position, level, decision);
            }
        }
        lookAgain(position, decision);
    }

    /** In the form in which its exchange lets it rest. */
    void place(LivePosition position, Level level, Decision decision) {
        if (!books.isLeftAlone(position)) {
            placement(position).place(position, level, decision);
        }
    }

    /** None rests: placed again after a pause that grows with the refusals, unless a reading is to say whether it is needed. */
    private void placeInTime(LivePosition position, Level level, long ageNanos, Decision decision) {
        if (position.protection().lost(level) != null && position.doubtedSince() != null) {
            return;
        }
        Duration pause = books.rules().guarding().pause(position.protection().failures(level));
        long left = pause.toNanos() - ageNanos;
        if (left > 0) {
            decision.wake(Timer.Kind.PROTECTION, position.epoch(), Duration.ofNanos(left));
            return;
        }
        if (position.protection().isAskedWhose(level)) {
            position.protection().besideOf(level, new Protection.Beside(null, 0));
        }
        place(position, level, decision);
    }

    /** A stop of a position found no place. */
    void makeRoom(LivePosition position, Decision decision) {
        placement(position).makeRoom(decision);
    }

    void lookAgain(LivePosition position, Decision decision) {
        orders.lookAgain(position, decision);
    }

    /** Moves a level of a position; the watch guards while the exchange does not do so at the new level. */
    public void move(LivePosition position, Level level, Price trigger, Decision decision) {
        position.replan(
                level == Level.STOP
                        ? position.plan().withStop(trigger)
                        : position.plan().withTarget(trigger));
        position.protection().moveTo(level, trigger);
        decision.changed(position);
        if (position.orderAt(level).state() == ProtectiveOrder.State.GONE) {
            place(position, level, decision);
        }
        // While it is being placed or asked about, it is moved once it is seen live at its old place.
        shift(position, level, decision);
        lookAgain(position, decision);
    }

    /** A live order that is not where it should be goes there. */
    void shift(LivePosition position, Level level, Decision decision) {
        placement(position).move(position, level, decision);
    }

    void takeOff(LivePosition position, Level level, Decision decision) {
        orders.takeOff(position, level, decision);
    }

    /** Something happened to the order of a level. */
    void on(LivePosition position, Level level, ProtectiveOrderEvent event, Decision decision) {
        ProtectiveOrder before = position.orderAt(level);
        long nanos = decision.now().nanos();
        Step step = ProtectiveOrderLifecycle.next(before, event, books.rules().patience(), nanos);
        boolean open = position.isOpen();
        switch (step.move()) {
            case KEEP -> {}
            case LIVE -> rests(position, level, step.order(), decision);
            case FIRED, NOT_SENT, MISSED -> orders.change(position, level, step.order(), decision);
            case DOUBTED -> {
                orders.change(position, level, step.order(), decision);
                decision.wake(
                        Timer.Kind.PROTECTION,
                        position.epoch(),
                        books.rules().patience().ask());
            }
            case REMOVED -> {
                orders.change(position, level, step.order(), decision);
                // Taken off to be placed elsewhere; an ended position needs none.
                if (open) {
                    place(position, level, decision);
                }
            }
            case LOST -> {
                orders.change(position, level, step.order(), decision);
                if (open && event instanceof Over(ConditionalUpdate update)) {
                    lost(position, level, update, before, decision);
                }
            }
            case REFUSED -> {
                orders.change(position, level, step.order(), decision);
                position.protection().failed(level);
            }
            case ABSENT -> absent(position, level, step.order(), decision);
            case ASK, CANCEL -> askAgain(position, level, step.move(), decision);
            case STUCK -> {
                if (open) {
                    exits.exit(position, position.reasonOf(level), decision);
                }
                orders.change(position, level, step.order(), decision);
            }
            case PLACE -> {
                if (open) {
                    placeInTime(position, level, nanos - before.sinceNanos(), decision);
                }
            }
            case FIT -> {
                if (open) {
                    shift(position, level, decision);
                }
            }
        }
    }

    /** Asks what became of an order, or for its cancellation. */
    private void askAgain(LivePosition position, Level level, Move move, Decision decision) {
        ClientOrderId id = position.orderAt(level).id();
        if (id != null && move == Move.ASK) {
            decision.ask(new Call.QueryConditional(id, position.symbol()));
        } else if (id != null && !books.protectsAnother(position, level)) {
            decision.ask(new Call.CancelConditional(id, position.symbol()));
        }
    }

    /**
     * Placed again as soon as the position is seen to be held, because one that has just ended took it along (X-F17);
     * later if it hardly lived: what the exchange drops every time is tried again in a while. One that went while nobody
     * looked may have lived long.
     */
    private void lost(
            LivePosition position, Level level, ConditionalUpdate update, ProtectiveOrder before, Decision decision) {
        if (update.status() == ConditionalUpdate.Status.FINISHED) {
            // Its order was executed or cancelled; the fill arrives by itself, and the positions tell if it does not.
            decision.ask(new Call.ReadPositions());
        } else {
            String words = update.refusal() == null ? "" : ": " + update.refusal();
            Duration rested = before.isLive() ? decision.now().since(before.sinceNanos()) : null;
            boolean lived = rested == null
                    ? position.protection().failures(level) == 0
                    : rested.compareTo(books.rules().guarding().retry()) >= 0;
            if (rested == null || !lived) {
                position.protection().failed(level);
            }
            position.protection().lost(level, new Protection.Lost(update.status(), update.status() + words, lived));
            // One reading for all that were lost together.
            decision.wake(Timer.Kind.BOOTSTRAP, "", TOGETHER);
        }
        lookAgain(position, decision);
    }

    /** A reading shows that a position is held: what the exchange had ended before it is placed again. */
    public void held(LivePosition position, long askedNanos, Decision decision) {
        for (Level level : Level.values()) {
            ProtectiveOrder order = position.orderAt(level);
            Protection.Lost lost = position.protection().lost(level);
            boolean isLater = askedNanos - order.sinceNanos() >= 0;
            if (lost != null && lost.atOnce() && isLater && order.state() == ProtectiveOrder.State.GONE) {
                place(position, level, decision);
            }
        }
    }

    /** An older order of ours for the same level rests: it protects as well as a new one. */
    void takeOver(LivePosition position, Level level, ConditionalUpdate rest, Decision decision) {
        orders.set(
                position,
                level,
                position.orderAt(level).heldBy(rest.clientId(), decision.now().nanos()),
                decision);
        on(position, level, new Shown(rest), decision);
    }

    /** Seen live. What comes to rest for a position that has ended is taken off again (INV-11). */
    private void rests(LivePosition position, Level level, ProtectiveOrder resting, Decision decision) {
        if (!position.isOpen()) {
            takeOff(position, level, decision);
            return;
        }
        orders.set(position, level, resting, decision);
        placement(position).rests(position, level, decision);
        position.protection().succeeded(level);
        if (!books.isInPlace(position, level)) {
            // The level was moved while this order was on its way, or the process ended in the middle of a move.
            shift(position, level, decision);
        } else if (level == Level.STOP) {
            bridging.lift(position, decision);
        }
        LiveIntent intent = books.intents().of(position.birth().intentId());
        if (intent != null && level == Level.STOP) {
            intent.reached(Stage.PROTECTED, decision.now());
            decision.changed(intent);
        }
        decision.changed(position);
    }

    /** Nobody knows an order that may have been placed: again at once, and then, like one refused, less and less often. */
    private void absent(LivePosition position, Level level, ProtectiveOrder gone, Decision decision) {
        boolean first = position.protection().failures(level) == 0;
        orders.change(position, level, gone, decision);
        position.protection().failed(level);
        if (first && position.isOpen()) {
            place(position, level, decision);
        }
    }

    /** The entry's report waits a moment for the ids of its protection; an update's for the moved level to be live. */
    public void reportIfComplete(LivePosition position, Decision decision) {
        boolean settled = isAnswered(position.orderAt(Level.STOP)) && isAnswered(position.orderAt(Level.TARGET));
        boolean moved = settled && books.isInPlace(position, Level.STOP);
        LiveIntent opener = books.intents().of(position.birth().intentId());
        LiveOrder order = opener == null || opener.clientOrderId() == null ? null : books.order(opener.clientOrderId());
        if (settled && opener != null && order != null && order.awaitingReport()) {
            reporting.executed(opener, order, decision);
        }
        LiveIntent update = position.update();
        if (update != null && moved) {
            position.setUpdate(null);
            reporting.updated(update, position, decision);
        }
    }

    /** What is on its way may still get the id that the report is to name. */
    private static boolean isAnswered(ProtectiveOrder order) {
        return order.state() != ProtectiveOrder.State.PLACING && order.state() != ProtectiveOrder.State.CANCELLING;
    }

    /** The position grew or shrank. */
    public void resized(LivePosition position, Decision decision) {
        placement(position).resized(position, decision);
    }

    /** The position is gone: what still rests for it is taken off. */
    public void end(LivePosition position, Decision decision) {
        bridging.lift(position, decision);
        for (Level level : Level.values()) {
            switch (position.orderAt(level).state()) {
                case UNKNOWN, RESTING -> takeOff(position, level, decision);
                // One on its way cannot be taken off before its answer; GONE, FIRING and CANCELLING need nothing.
                case PLACING, GONE, FIRING, CANCELLING -> {}
            }
        }
        if (position.closes().areHeld()) {
            // Nothing is left for them to sell.
            decision.wake(Timer.Kind.CLOSE_FREED, position.epoch(), Duration.ZERO);
        }
        LiveIntent update = position.update();
        if (update != null) {
            position.setUpdate(null);
            reporting.reject(update, Refusal.NO_POSITION, "the position ended meanwhile", decision);
        }
    }
}
