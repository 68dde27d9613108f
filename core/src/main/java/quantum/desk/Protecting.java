package quantum.desk;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.protection.Leg;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/**
 * Keeps a live stop and a target on the exchange for every position (law 4): places both at the first fill, asks
 * after lost answers, places again what disappears, and closes by rule what cannot be protected in time.
 */
final class Protecting {

    private static final Duration TOGETHER = Duration.ofMillis(20);

    private final Books books;
    private final Reporting reporting;
    private final Exits exits;
    private final Bridging bridging;
    private final LostRests losses;

    Protecting(Books books, Reporting reporting, Exits exits) {
        this.books = books;
        this.bridging = new Bridging(books);
        this.losses = new LostRests(books);
        this.reporting = reporting;
        this.exits = exits;
    }

    /** A position exists: its stop leaves first. */
    void begin(Life life, Turn turn) {
        place(life, Level.STOP, turn);
        place(life, Level.TARGET, turn);
    }

    /** A position goes on that was thought gone: what is being taken off is placed again once it is. */
    void resume(Life life, Turn turn) {
        for (Level level : Level.values()) {
            if (life.leg(level).state() == Leg.State.GONE) {
                place(life, level, turn);
            }
        }
        lookAgain(life, turn);
    }

    void place(Life life, Level level, Turn turn) {
        if (books.isLeftAlone(life) || (level == Level.TARGET && !books.slots.hasTargetPlace())) {
            return;
        }
        Leg leg = life.leg(level);
        Legs.Lost lost = life.legs().lost(level);
        if (lost != null) {
            life.legs().found(level);
            losses.placedAgain(life, level, lost, turn);
        }
        int attempt = leg.attempt() + 1;
        ClientOrderId id = level == Level.STOP
                ? ClientOrderId.stop(life.epoch(), attempt)
                : ClientOrderId.target(life.epoch(), attempt);
        Quantity size = life.legs().beside(level) == null ? null : new Quantity(life.quantity());
        set(life, level, leg.placing(id, attempt, size, turn.now().nanos()), turn);
        turn.ask(new Call.Rest(id, life.symbol(), life.direction(), level, leg.trigger(), size));
        lookAgain(life, turn);
        if (level == Level.STOP && books.slots.isOverfull()) {
            makeRoom(turn);
        }
    }

    /** The latest target gives its place to a stop; the watch guards its level. */
    void makeRoom(Turn turn) {
        books.lives.all().stream()
                .filter(life -> life.leg(Level.TARGET).isLive())
                .max(Comparator.comparing((Life life) -> life.birth().openedAt())
                        .thenComparing(Life::epoch))
                .ifPresent(life -> takeOff(life, Level.TARGET, turn));
    }

    void lookAgain(Life life, Turn turn) {
        turn.wake(Timer.Kind.PROTECTION, life.epoch(), books.rules.guarding().retry());
    }

    /** Moves a level of a position; the watch guards while the exchange does not do so at the new level. */
    void move(Life life, Level level, Price trigger, Turn turn) {
        life.replan(
                level == Level.STOP
                        ? life.plan().withStop(trigger)
                        : life.plan().withTarget(trigger));
        life.legs().moveTo(level, trigger);
        turn.changed(life);
        if (life.leg(level).state() == Leg.State.GONE) {
            place(life, level, turn);
        }
        // While it is being placed or asked about, it is moved once it is seen live at its old place.
        shift(life, level, turn);
        lookAgain(life, turn);
    }

    /** A live order that is not where it should be goes there: the stop over a bridge, the target by itself. */
    void shift(Life life, Level level, Turn turn) {
        Leg leg = life.leg(level);
        if (life.isInPlace(level)
                || !leg.isLive()
                || books.rules.observe()
                || (level == Level.STOP && life.legs().isBridgePausing(books.rules.guarding(), turn.now()))) {
            return;
        }
        if (level == Level.TARGET || !bridging.lay(life, turn)) {
            takeOff(life, level, turn);
        }
    }

    /** What an event of the bridge means for the stop. */
    void follow(Life life, Bridging.Next next, Turn turn) {
        Leg stop = life.leg(Level.STOP);
        boolean open = life.state() == Life.State.OPEN;
        switch (next) {
            case WAIT -> {}
            case CROSS -> {
                if (open && !life.isInPlace(Level.STOP)) {
                    shift(life, Level.STOP, turn);
                } else {
                    bridging.lift(life, turn);
                }
            }
            case NO_BRIDGE -> {
                // Without a price nobody guards the level while no stop rests.
                if (open && stop.isLive() && !life.isInPlace(Level.STOP) && isWatchArmed(life, turn)) {
                    takeOff(life, Level.STOP, turn);
                }
            }
            case AGAIN -> {
                if (books.rules.guarding().isPatienceOver(life.legs().bridgeFailures())) {
                    withdraw(life, Refusal.EXCHANGE_LIMITS, turn);
                }
            }
            case REFUSED -> withdraw(life, Refusal.EXCHANGE_REJECTED, turn);
            case PASSED -> {
                if (open && life.update() == null) {
                    exits.exit(life, life.reasonOf(Level.STOP), turn);
                }
                withdraw(life, Refusal.STOP_WRONG_SIDE, turn);
            }
            case EXIT -> {
                if (open) {
                    exits.exit(life, life.reasonOf(Level.STOP), turn);
                }
            }
        }
    }

    private boolean isWatchArmed(Life life, Turn turn) {
        Books.Mark mark = books.marks.get(life.symbol());
        return mark != null
                && turn.now()
                                .since(mark.atNanos())
                                .compareTo(books.rules.limits().priceMaxAge())
                        <= 0;
    }

    /** A producer's update that the exchange does not take: it is rejected, and the stop that rests is kept. */
    private void withdraw(Life life, Refusal why, Turn turn) {
        LiveIntent update = life.update();
        Price kept = life.leg(Level.STOP).placed();
        if (update == null || kept == null) {
            return;
        }
        String words = life.legs().bridgeRefusal() + "; the stop at " + kept + " stays";
        life.setUpdate(null);
        life.replan(life.plan().withStop(kept));
        life.legs().moveTo(Level.STOP, kept);
        life.legs().bridgeHeld();
        turn.changed(life);
        reporting.reject(update, why, words, turn);
    }

    Bridging bridging() {
        return bridging;
    }

    /** Looks after the bridge of a life, if it has one. */
    void lookAtBridge(Life life, Turn turn) {
        follow(life, bridging.look(life, turn), turn);
    }

    void listedBridge(Life life, List<ConditionalUpdate> rests, long askedNanos, Turn turn) {
        follow(life, bridging.listed(life, rests, askedNanos, turn), turn);
    }

    private void takeOff(Life life, Level level, Turn turn) {
        ClientOrderId id = life.leg(level).id();
        if (books.protectsAnother(life, level)) {
            // Asked about until it may go: it may have fired with the end of its own position.
            state(life, level, Leg.State.UNKNOWN, turn);
        } else if (id != null && !books.rules.observe()) {
            state(life, level, Leg.State.CANCELLING, turn);
            turn.ask(new Call.CancelRest(id, life.symbol()));
        }
    }

    void seen(Life life, Level level, ConditionalUpdate update, Turn turn) {
        Leg leg = life.leg(level);
        switch (update.status()) {
            case NEW -> {
                if (leg.state() == Leg.State.PLACING || leg.state() == Leg.State.UNKNOWN) {
                    rests(life, level, update, turn);
                }
            }
            case TRIGGERING, TRIGGERED -> state(life, level, Leg.State.FIRING, turn);
            case FINISHED, CANCELED, EXPIRED, REJECTED -> {
                boolean meant = leg.state() == Leg.State.CANCELLING;
                Duration rested = leg.isLive() ? turn.now().since(leg.sinceNanos()) : null;
                state(life, level, Leg.State.GONE, turn);
                if (life.state() == Life.State.OPEN && meant) {
                    place(life, level, turn);
                } else if (life.state() == Life.State.OPEN) {
                    lost(life, level, update, rested, turn);
                }
            }
        }
    }

    /**
     * Placed again as soon as the position is seen to be held, because one that has just ended took it along (X-F17);
     * later if it hardly lived: what the exchange drops every time is tried again in a while. One that went while nobody
     * looked may have lived long.
     */
    private void lost(Life life, Level level, ConditionalUpdate update, @Nullable Duration rested, Turn turn) {
        if (update.status() == ConditionalUpdate.Status.FINISHED) {
            // Its order was executed or cancelled; the fill arrives by itself, and the positions tell if it does not.
            turn.ask(new Call.ReadPositions());
        } else {
            String words = update.refusal() == null ? "" : ": " + update.refusal();
            boolean lived = rested == null
                    ? life.legs().failures(level) == 0
                    : rested.compareTo(books.rules.guarding().retry()) >= 0;
            if (rested == null || !lived) {
                life.legs().failed(level);
            }
            life.legs().lost(level, new Legs.Lost(update.status(), update.status() + words, lived));
            // One reading for all that were lost together.
            turn.wake(Timer.Kind.BOOTSTRAP, "", TOGETHER);
        }
        lookAgain(life, turn);
    }

    /** A reading shows that a position is held: what the exchange had ended before it is placed again. */
    void held(Life life, long askedNanos, Turn turn) {
        for (Level level : Level.values()) {
            Leg leg = life.leg(level);
            Legs.Lost lost = life.legs().lost(level);
            boolean isLater = askedNanos - leg.sinceNanos() >= 0;
            if (lost != null && lost.atOnce() && isLater && leg.state() == Leg.State.GONE) {
                place(life, level, turn);
            }
        }
    }

    /** An older order of ours for the same level rests: it protects as well as a new one. */
    void takeOver(Life life, Level level, ConditionalUpdate rest, Turn turn) {
        set(life, level, life.leg(level).heldBy(rest.clientId(), turn.now().nanos()), turn);
        rests(life, level, rest, turn);
    }

    private void rests(Life life, Level level, ConditionalUpdate update, Turn turn) {
        if (life.state() != Life.State.OPEN) {
            takeOff(life, level, turn);
            return;
        }
        long now = turn.now().nanos();
        set(life, level, life.leg(level).resting(update, now), turn);
        if (life.leg(level).size() == null) {
            life.legs().besideOf(level, null);
            life.legs().hasPlace(level);
        } else {
            besideSomething(life, level, turn);
        }
        life.legs().succeeded(level);
        if (!life.isInPlace(level)) {
            // The level was moved while this order was on its way, or the process ended in the middle of a move.
            shift(life, level, turn);
        } else if (level == Level.STOP) {
            bridging.lift(life, turn);
        }
        LiveIntent intent = books.intent(life.birth().intentId());
        if (intent != null && level == Level.STOP) {
            intent.reached(Stage.PROTECTED, turn);
            turn.changed(intent);
        }
        turn.changed(life);
    }

    /** By quantity: the next list names the order beside it, or takes off what nobody remembers. */
    private static void besideSomething(Life life, Level level, Turn turn) {
        Legs.Beside beside = Objects.requireNonNullElse(life.legs().beside(level), new Legs.Beside(null, 0));
        life.legs().besideOf(level, beside);
        if (beside.other() == null) {
            turn.wake(Timer.Kind.RESTS, "", TOGETHER);
        }
    }

    void state(Life life, Level level, Leg.State next, Turn turn) {
        if (next != Leg.State.RESTING) {
            lookAgain(life, turn);
        }
        set(life, level, life.leg(level).to(next, turn.now().nanos()), turn);
    }

    /** Nobody knows an order that may have been placed: again at once, and then, like one refused, less and less often. */
    void absent(Life life, Level level, Turn turn) {
        boolean first = life.legs().failures(level) == 0;
        state(life, level, Leg.State.GONE, turn);
        life.legs().failed(level);
        if (first && life.state() == Life.State.OPEN) {
            place(life, level, turn);
        }
    }

    private static void set(Life life, Level level, Leg leg, Turn turn) {
        tellGap(life, life.legs().set(level, leg, turn.now().nanos()), turn);
        turn.changed(life);
    }

    /** A time without a live stop is over: it is measured and told. */
    static void tellGap(Life life, @Nullable Duration gap, Turn turn) {
        if (gap != null) {
            turn.add(new Effect.MeasuredGap(life.symbol().name(), gap));
            turn.log(
                    Marker.PROTECTED,
                    "symbol",
                    life.symbol().name(),
                    "stop",
                    life.plan().stop().toString(),
                    "gap_ms",
                    Long.toString(gap.toMillis()));
        }
    }

    /** The entry's report waits a moment for the ids of its protection; an update's for the moved level to be live. */
    void reportIfComplete(Life life, Turn turn) {
        boolean settled = isAnswered(life.leg(Level.STOP)) && isAnswered(life.leg(Level.TARGET));
        boolean moved = settled && life.isInPlace(Level.STOP);
        LiveIntent opener = books.intent(life.birth().intentId());
        LiveOrder order =
                opener == null || opener.clientOrderId() == null ? null : books.orders.get(opener.clientOrderId());
        if (settled && opener != null && order != null && order.awaitingReport()) {
            reporting.executed(opener, order, turn);
        }
        LiveIntent update = life.update();
        if (update != null && moved) {
            life.setUpdate(null);
            reporting.updated(update, life, turn);
        }
    }

    private static boolean isAnswered(Leg leg) {
        return leg.state() != Leg.State.PLACING && leg.state() != Leg.State.CANCELLING;
    }

    /** The position grew or shrank: an order by quantity goes along. */
    void resized(Life life, Turn turn) {
        for (Level level : Level.values()) {
            if (life.legs().beside(level) != null) {
                shift(life, level, turn);
            }
        }
    }

    /** The position is gone: what still rests for it is taken off. */
    void end(Life life, Turn turn) {
        bridging.lift(life, turn);
        for (Level level : Level.values()) {
            switch (life.leg(level).state()) {
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
