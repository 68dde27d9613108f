package quantum.desk.protect;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import quantum.book.Books;
import quantum.book.Life;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.Protection;
import quantum.decision.Timer;
import quantum.decision.Turn;
import quantum.desk.exit.Exits;
import quantum.desk.report.Reporting;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Price;
import quantum.market.Quantity;
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

    private static final Duration TOGETHER = Duration.ofMillis(20);

    private final Books books;
    private final Reporting reporting;
    private final Exits exits;
    private final Bridging bridging;
    private final LostRests losses;

    public Protecting(Books books, Reporting reporting, Exits exits, Bridging bridging) {
        this.books = books;
        this.bridging = bridging;
        this.losses = new LostRests(books);
        this.reporting = reporting;
        this.exits = exits;
    }

    /** A position exists: its stop leaves first. */
    public void begin(Life life, Turn turn) {
        place(life, Level.STOP, turn);
        place(life, Level.TARGET, turn);
    }

    /** A position goes on that was thought gone: what is being taken off is placed again once it is. */
    public void resume(Life life, Turn turn) {
        for (Level level : Level.values()) {
            if (life.orderAt(level).state() == ProtectiveOrder.State.GONE) {
                place(life, level, turn);
            }
        }
        lookAgain(life, turn);
    }

    void place(Life life, Level level, Turn turn) {
        if (books.isLeftAlone(life) || (level == Level.TARGET && !books.slots().hasTargetPlace())) {
            return;
        }
        ProtectiveOrder order = life.orderAt(level);
        Protection.Lost lost = life.protection().lost(level);
        if (lost != null) {
            life.protection().found(level);
            losses.placedAgain(life, level, lost, turn);
        }
        int attempt = order.attempt() + 1;
        ClientOrderId id = level == Level.STOP
                ? ClientOrderId.stop(life.epoch(), attempt)
                : ClientOrderId.target(life.epoch(), attempt);
        Quantity size = life.protection().beside(level) == null ? null : new Quantity(life.quantity());
        set(life, level, order.placing(id, attempt, size, turn.now().nanos()), turn);
        turn.ask(new Call.PlaceConditional(id, life.symbol(), life.direction(), level, order.trigger(), size));
        lookAgain(life, turn);
        if (level == Level.STOP && books.slots().isOverfull()) {
            makeRoom(turn);
        }
    }

    /** None rests: placed again after a pause that grows with the refusals, unless a reading is to say whether it is needed. */
    private void placeInTime(Life life, Level level, long ageNanos, Turn turn) {
        if (life.protection().lost(level) != null && life.doubtedSince() != null) {
            return;
        }
        Duration pause = books.rules().guarding().pause(life.protection().failures(level));
        long left = pause.toNanos() - ageNanos;
        if (left > 0) {
            turn.wake(Timer.Kind.PROTECTION, life.epoch(), Duration.ofNanos(left));
            return;
        }
        if (life.protection().isAskedWhose(level)) {
            life.protection().besideOf(level, new Protection.Beside(null, 0));
        }
        place(life, level, turn);
    }

    /** The latest target gives its place to a stop; the watch guards its level. */
    void makeRoom(Turn turn) {
        books.lives().all().stream()
                .filter(life -> life.orderAt(Level.TARGET).isLive())
                .max(Comparator.comparing((Life life) -> life.birth().openedAt())
                        .thenComparing(Life::epoch))
                .ifPresent(life -> takeOff(life, Level.TARGET, turn));
    }

    void lookAgain(Life life, Turn turn) {
        turn.wake(Timer.Kind.PROTECTION, life.epoch(), books.rules().guarding().retry());
    }

    /** Moves a level of a position; the watch guards while the exchange does not do so at the new level. */
    public void move(Life life, Level level, Price trigger, Turn turn) {
        life.replan(
                level == Level.STOP
                        ? life.plan().withStop(trigger)
                        : life.plan().withTarget(trigger));
        life.protection().moveTo(level, trigger);
        turn.changed(life);
        if (life.orderAt(level).state() == ProtectiveOrder.State.GONE) {
            place(life, level, turn);
        }
        // While it is being placed or asked about, it is moved once it is seen live at its old place.
        shift(life, level, turn);
        lookAgain(life, turn);
    }

    /** A live order that is not where it should be goes there: the stop over a bridge, the target by itself. */
    void shift(Life life, Level level, Turn turn) {
        ProtectiveOrder order = life.orderAt(level);
        if (life.isInPlace(level)
                || !order.isLive()
                || books.rules().observe()
                || (level == Level.STOP
                        && life.protection().isBridgePausing(books.rules().guarding(), turn.now()))) {
            return;
        }
        if (level == Level.TARGET || !bridging.lay(life, turn)) {
            takeOff(life, level, turn);
        }
    }

    /** Cancels the order of a level, to place it elsewhere or because nothing is held. */
    void takeOff(Life life, Level level, Turn turn) {
        ProtectiveOrder order = life.orderAt(level);
        ClientOrderId id = order.id();
        long nanos = turn.now().nanos();
        if (books.protectsAnother(life, level)) {
            // Asked about until it may go: it may have fired with the end of its own position.
            change(life, level, order.to(ProtectiveOrder.State.UNKNOWN, nanos), turn);
        } else if (id != null && !books.rules().observe()) {
            change(life, level, order.to(ProtectiveOrder.State.CANCELLING, nanos), turn);
            turn.ask(new Call.CancelConditional(id, life.symbol()));
        }
    }

    /** Something happened to the order of a level. */
    void on(Life life, Level level, ProtectiveOrderEvent event, Turn turn) {
        ProtectiveOrder before = life.orderAt(level);
        long nanos = turn.now().nanos();
        Step step = ProtectiveOrderLifecycle.next(before, event, books.rules().patience(), nanos);
        boolean open = life.isOpen();
        switch (step.move()) {
            case KEEP -> {}
            case LIVE -> rests(life, level, step.order(), turn);
            case FIRED, NOT_SENT, MISSED -> change(life, level, step.order(), turn);
            case DOUBTED -> {
                change(life, level, step.order(), turn);
                turn.wake(
                        Timer.Kind.PROTECTION,
                        life.epoch(),
                        books.rules().patience().ask());
            }
            case REMOVED -> {
                change(life, level, step.order(), turn);
                if (open) {
                    place(life, level, turn);
                }
            }
            case LOST -> {
                change(life, level, step.order(), turn);
                if (open && event instanceof Over(ConditionalUpdate update)) {
                    lost(life, level, update, before, turn);
                }
            }
            case REFUSED -> {
                change(life, level, step.order(), turn);
                life.protection().failed(level);
            }
            case ABSENT -> absent(life, level, step.order(), turn);
            case ASK, CANCEL -> askAgain(life, level, step.move(), turn);
            case STUCK -> {
                if (open) {
                    exits.exit(life, life.reasonOf(level), turn);
                }
                change(life, level, step.order(), turn);
            }
            case PLACE -> {
                if (open) {
                    placeInTime(life, level, nanos - before.sinceNanos(), turn);
                }
            }
            case FIT -> {
                if (open) {
                    shift(life, level, turn);
                }
            }
        }
    }

    /** Asks what became of an order, or for its cancellation. */
    private void askAgain(Life life, Level level, Move move, Turn turn) {
        ClientOrderId id = life.orderAt(level).id();
        if (id != null && move == Move.ASK) {
            turn.ask(new Call.QueryConditional(id, life.symbol()));
        } else if (id != null && !books.protectsAnother(life, level)) {
            turn.ask(new Call.CancelConditional(id, life.symbol()));
        }
    }

    /**
     * Placed again as soon as the position is seen to be held, because one that has just ended took it along (X-F17);
     * later if it hardly lived: what the exchange drops every time is tried again in a while. One that went while nobody
     * looked may have lived long.
     */
    private void lost(Life life, Level level, ConditionalUpdate update, ProtectiveOrder before, Turn turn) {
        if (update.status() == ConditionalUpdate.Status.FINISHED) {
            // Its order was executed or cancelled; the fill arrives by itself, and the positions tell if it does not.
            turn.ask(new Call.ReadPositions());
        } else {
            String words = update.refusal() == null ? "" : ": " + update.refusal();
            Duration rested = before.isLive() ? turn.now().since(before.sinceNanos()) : null;
            boolean lived = rested == null
                    ? life.protection().failures(level) == 0
                    : rested.compareTo(books.rules().guarding().retry()) >= 0;
            if (rested == null || !lived) {
                life.protection().failed(level);
            }
            life.protection().lost(level, new Protection.Lost(update.status(), update.status() + words, lived));
            // One reading for all that were lost together.
            turn.wake(Timer.Kind.BOOTSTRAP, "", TOGETHER);
        }
        lookAgain(life, turn);
    }

    /** A reading shows that a position is held: what the exchange had ended before it is placed again. */
    public void held(Life life, long askedNanos, Turn turn) {
        for (Level level : Level.values()) {
            ProtectiveOrder order = life.orderAt(level);
            Protection.Lost lost = life.protection().lost(level);
            boolean isLater = askedNanos - order.sinceNanos() >= 0;
            if (lost != null && lost.atOnce() && isLater && order.state() == ProtectiveOrder.State.GONE) {
                place(life, level, turn);
            }
        }
    }

    /** An older order of ours for the same level rests: it protects as well as a new one. */
    void takeOver(Life life, Level level, ConditionalUpdate rest, Turn turn) {
        set(life, level, life.orderAt(level).heldBy(rest.clientId(), turn.now().nanos()), turn);
        on(life, level, new Shown(rest), turn);
    }

    private void rests(Life life, Level level, ProtectiveOrder resting, Turn turn) {
        if (!life.isOpen()) {
            takeOff(life, level, turn);
            return;
        }
        set(life, level, resting, turn);
        if (life.orderAt(level).size() == null) {
            life.protection().besideOf(level, null);
            life.protection().hasPlace(level);
        } else {
            besideSomething(life, level, turn);
        }
        life.protection().succeeded(level);
        if (!life.isInPlace(level)) {
            // The level was moved while this order was on its way, or the process ended in the middle of a move.
            shift(life, level, turn);
        } else if (level == Level.STOP) {
            bridging.lift(life, turn);
        }
        LiveIntent intent = books.intent(life.birth().intentId());
        if (intent != null && level == Level.STOP) {
            intent.reached(Stage.PROTECTED, turn.now());
            turn.changed(intent);
        }
        turn.changed(life);
    }

    /** By quantity: the next list names the order beside it, or takes off what nobody remembers. */
    private static void besideSomething(Life life, Level level, Turn turn) {
        Protection.Beside beside =
                Objects.requireNonNullElse(life.protection().beside(level), new Protection.Beside(null, 0));
        life.protection().besideOf(level, beside);
        if (beside.other() == null) {
            turn.wake(Timer.Kind.RESTS, "", TOGETHER);
        }
    }

    private void change(Life life, Level level, ProtectiveOrder next, Turn turn) {
        lookAgain(life, turn);
        set(life, level, next, turn);
    }

    /** Nobody knows an order that may have been placed: again at once, and then, like one refused, less and less often. */
    private void absent(Life life, Level level, ProtectiveOrder gone, Turn turn) {
        boolean first = life.protection().failures(level) == 0;
        change(life, level, gone, turn);
        life.protection().failed(level);
        if (first && life.isOpen()) {
            place(life, level, turn);
        }
    }

    private static void set(Life life, Level level, ProtectiveOrder order, Turn turn) {
        Bridging.tellGap(life, life.protection().set(level, order, turn.now().nanos()), turn);
        turn.changed(life);
    }

    /** The entry's report waits a moment for the ids of its protection; an update's for the moved level to be live. */
    public void reportIfComplete(Life life, Turn turn) {
        boolean settled = isAnswered(life.orderAt(Level.STOP)) && isAnswered(life.orderAt(Level.TARGET));
        boolean moved = settled && life.isInPlace(Level.STOP);
        LiveIntent opener = books.intent(life.birth().intentId());
        LiveOrder order = opener == null || opener.clientOrderId() == null ? null : books.order(opener.clientOrderId());
        if (settled && opener != null && order != null && order.awaitingReport()) {
            reporting.executed(opener, order, turn);
        }
        LiveIntent update = life.update();
        if (update != null && moved) {
            life.setUpdate(null);
            reporting.updated(update, life, turn);
        }
    }

    private static boolean isAnswered(ProtectiveOrder order) {
        return order.state() != ProtectiveOrder.State.PLACING && order.state() != ProtectiveOrder.State.CANCELLING;
    }

    /** The position grew or shrank: an order by quantity goes along. */
    public void resized(Life life, Turn turn) {
        for (Level level : Level.values()) {
            if (life.protection().beside(level) != null) {
                shift(life, level, turn);
            }
        }
    }

    /** The position is gone: what still rests for it is taken off. */
    public void end(Life life, Turn turn) {
        bridging.lift(life, turn);
        for (Level level : Level.values()) {
            switch (life.orderAt(level).state()) {
                case UNKNOWN, RESTING -> takeOff(life, level, turn);
                // One on its way cannot be taken off before its answer; GONE, FIRING and CANCELLING need nothing.
                case PLACING, GONE, FIRING, CANCELLING -> {}
            }
        }
        LiveIntent update = life.update();
        if (update != null) {
            life.setUpdate(null);
            reporting.reject(update, Refusal.NO_POSITION, "the position ended meanwhile", turn);
        }
    }
}
