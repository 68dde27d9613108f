package quantum.desk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed.Reason;
import quantum.intent.Refusal;
import quantum.market.Price;
import quantum.order.ClientOrderId;
import quantum.protection.Leg;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/**
 * Keeps a live stop and a target on the exchange for every position (law 4): places both at the first fill, asks
 * after lost answers, places again what disappears, and closes by rule what cannot be protected in time.
 */
final class Protecting {

    private static final Duration ASK_AFTER = Duration.ofMillis(300);
    private static final long BELIEVE_ABSENT_NANOS = Duration.ofSeconds(3).toNanos();

    private final Books books;
    private final Reporting reporting;
    private final Exits exits;

    Protecting(Books books, Reporting reporting, Exits exits) {
        this.books = books;
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
        if (books.rules.observe()) {
            return;
        }
        Leg leg = life.leg(level);
        int attempt = leg.attempt() + 1;
        ClientOrderId id = level == Level.STOP
                ? ClientOrderId.stop(life.epoch(), attempt)
                : ClientOrderId.target(life.epoch(), attempt);
        life.setLeg(level, leg.placing(id, attempt, turn.now().nanos()));
        turn.changed(life);
        turn.ask(new Call.Rest(id, life.symbol(), life.direction(), level, leg.trigger()));
        lookAgain(life, turn);
    }

    void lookAgain(Life life, Turn turn) {
        turn.wake(Timer.Kind.PROTECTION, life.epoch(), books.rules.guarding().retry());
    }

    /** Moves levels of a position; the watch guards while a leg is between its old and its new place. */
    void move(Life life, Level level, Price trigger, Turn turn) {
        life.replan(
                level == Level.STOP
                        ? life.plan().withStop(trigger)
                        : life.plan().withTarget(trigger));
        Leg leg = life.leg(level).movedTo(trigger);
        life.setLeg(level, leg);
        turn.changed(life);
        if (leg.isLive()) {
            takeOff(life, level, turn);
        } else if (leg.state() == Leg.State.GONE) {
            place(life, level, turn);
        }
        // While it is being placed or asked about, it is moved once it is seen live at its old place.
        lookAgain(life, turn);
    }

    private void takeOff(Life life, Level level, Turn turn) {
        ClientOrderId id = life.leg(level).id();
        if (id != null && !books.rules.observe()) {
            state(life, level, Leg.State.CANCELLING, turn);
            turn.ask(new Call.CancelRest(id, life.symbol()));
        }
    }

    void answered(ClientOrderId id, Answer<ConditionalUpdate> answer, Turn turn) {
        Life life = lifeWith(id);
        Level level = life == null ? null : life.levelOf(id);
        if (life == null || level == null || !life.leg(level).is(id)) {
            return;
        }
        switch (answer) {
            case Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update) -> seen(life, level, update, turn);
            case Answer.Denied<ConditionalUpdate>(int code, String text, Answer.Cause cause) ->
                denied(life, level, code + " " + text, cause, turn);
            case Answer.NoAnswer<ConditionalUpdate> _ -> {
                if (life.leg(level).state() == Leg.State.PLACING) {
                    state(life, level, Leg.State.UNKNOWN, turn);
                    turn.wake(Timer.Kind.PROTECTION, life.epoch(), ASK_AFTER);
                }
            }
            case Answer.NotSent<ConditionalUpdate> _ -> state(life, level, Leg.State.GONE, turn);
        }
        reportIfComplete(life, turn);
    }

    private void denied(Life life, Level level, String words, Answer.Cause cause, Turn turn) {
        turn.log(Marker.ORDER_ERROR, "symbol", life.symbol().name(), "level", level.name(), "message", words);
        state(life, level, Leg.State.GONE, turn);
        life.failed(level);
        if (life.state() != Life.State.OPEN) {
            return;
        }
        switch (cause) {
            case LEVEL_PASSED -> exits.exit(life, level == Level.STOP ? Reason.SL : Reason.TP, turn);
            // Perhaps one of ours: the list tells, and what it shows is taken over; else the place becomes free.
            case ALREADY_RESTING -> turn.ask(new Call.ReadRests());
            case TOO_MANY_RESTING -> {
                // The list shows what rests for nothing; that is taken off, and the next try finds its place.
                turn.ask(new Call.ReadRests());
                refused(life, level, words, turn);
            }
            case MARGIN, RATE, NOTHING_TO_REDUCE, UNKNOWN_ORDER, LEVERAGE, BUSY, RULES, CONFIGURATION, OTHER ->
                refused(life, level, words, turn);
        }
    }

    private static void refused(Life life, Level level, String words, Turn turn) {
        turn.alert(
                "rest-denied:" + life.epoch() + level,
                level == Level.STOP ? Notice.Severity.CRITICAL : Notice.Severity.WARNING,
                "the exchange refused the " + level + ": " + words,
                life.symbol().name());
    }

    /** The answer to a question about a resting order. */
    void told(ClientOrderId id, Answer<ConditionalUpdate> answer, Turn turn) {
        Life life = lifeWith(id);
        Level level = life == null ? null : life.levelOf(id);
        if (life == null || level == null || !life.leg(level).is(id)) {
            return;
        }
        Leg leg = life.leg(level);
        switch (answer) {
            case Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update) -> seen(life, level, update, turn);
            case Answer.Denied<ConditionalUpdate>(var _, var _, Answer.Cause cause)
            when cause == Answer.Cause.UNKNOWN_ORDER -> {
                boolean asked = leg.state() == Leg.State.UNKNOWN || leg.state() == Leg.State.CANCELLING;
                if (asked && turn.now().nanos() - leg.sinceNanos() >= BELIEVE_ABSENT_NANOS) {
                    state(life, level, Leg.State.GONE, turn);
                }
            }
            case Answer.Denied<ConditionalUpdate> _,
                    Answer.NoAnswer<ConditionalUpdate> _,
                    Answer.NotSent<ConditionalUpdate> _ -> {}
        }
        reportIfComplete(life, turn);
    }

    /** The user stream says something of a resting order. */
    void changed(ConditionalUpdate update, Turn turn) {
        Life life = lifeWith(update.clientId());
        Level level = life == null ? null : life.levelOf(update.clientId());
        if (life == null || level == null) {
            return;
        }
        if (update.triggeredOrder() != null) {
            life.endedBy(update.triggeredOrder(), level == Level.STOP ? Reason.SL : Reason.TP);
            turn.changed(life);
        }
        if (life.leg(level).is(update.clientId())) {
            seen(life, level, update, turn);
            reportIfComplete(life, turn);
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
     * Placed again at once, unless it hardly lived: what the exchange drops every time is tried again in a while. One
     * that went while nobody looked may have lived long.
     */
    private void lost(Life life, Level level, ConditionalUpdate update, @Nullable Duration rested, Turn turn) {
        if (update.status() == ConditionalUpdate.Status.FINISHED) {
            // Its order was executed or cancelled; the fill arrives by itself, and the positions tell if it does not.
            turn.ask(new Call.ReadPositions());
        } else {
            String words = update.refusal() == null ? "" : ": " + update.refusal();
            turn.alert(
                    "rest-lost:" + life.epoch() + level,
                    Notice.Severity.CRITICAL,
                    "the " + level + " is gone (" + update.status() + words + "); placing it again",
                    life.symbol().name());
            boolean lived = rested == null
                    ? life.failures(level) == 0
                    : rested.compareTo(books.rules.guarding().retry()) >= 0;
            if (rested == null || !lived) {
                life.failed(level);
            }
            if (lived) {
                place(life, level, turn);
            }
        }
        lookAgain(life, turn);
    }

    /** An older order of ours for the same level rests: it protects as well as a new one. */
    void takeOver(Life life, Level level, ConditionalUpdate rest, Turn turn) {
        life.setLeg(level, life.leg(level).heldBy(rest.clientId(), turn.now().nanos()));
        rests(life, level, rest, turn);
    }

    private void rests(Life life, Level level, ConditionalUpdate update, Turn turn) {
        if (life.state() != Life.State.OPEN
                || !update.trigger().equals(life.leg(level).trigger())) {
            // The position is gone, or the level was moved while this order was on its way.
            takeOff(life, level, turn);
            return;
        }
        long now = turn.now().nanos();
        life.setLeg(level, life.leg(level).resting(update.conditionalId(), now));
        life.succeeded(level);
        if (level == Level.STOP) {
            Duration gap = Duration.ofNanos(now - life.nakedSinceNanos());
            life.protectedNow();
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
        LiveIntent intent = books.intent(life.birth().intentId());
        if (intent != null && level == Level.STOP) {
            intent.reached("protected", turn);
            turn.changed(intent);
        }
        turn.changed(life);
    }

    void state(Life life, Level level, Leg.State next, Turn turn) {
        Leg leg = life.leg(level);
        if (level == Level.STOP && leg.isLive() && next != Leg.State.RESTING) {
            life.nakedFrom(turn.now().nanos());
        }
        if (next != Leg.State.RESTING) {
            lookAgain(life, turn);
        }
        life.setLeg(level, leg.to(next, turn.now().nanos()));
        turn.changed(life);
    }

    /** The entry's report waits a moment for the ids of its protection; an update's for the moved level to be live. */
    void reportIfComplete(Life life, Turn turn) {
        boolean settled = isAnswered(life.leg(Level.STOP)) && isAnswered(life.leg(Level.TARGET));
        LiveIntent opener = books.intent(life.birth().intentId());
        LiveOrder order =
                opener == null || opener.clientOrderId() == null ? null : books.orders.get(opener.clientOrderId());
        if (settled && opener != null && order != null && order.awaitingReport()) {
            reporting.executed(opener, order, turn);
        }
        LiveIntent update = life.update();
        if (update != null && life.isProtected() && settled) {
            life.setUpdate(null);
            reporting.updated(update, life, turn);
        }
    }

    private static boolean isAnswered(Leg leg) {
        return leg.state() != Leg.State.PLACING && leg.state() != Leg.State.CANCELLING;
    }

    /** The answer to taking a resting order off. */
    void cancelled(ClientOrderId id, Answer<ClientOrderId> answer, Turn turn) {
        Life life = lifeWith(id);
        Level level = life == null ? null : life.levelOf(id);
        if (life == null || level == null || !life.leg(level).is(id)) {
            return;
        }
        boolean gone = answer instanceof Answer.Accepted<ClientOrderId>
                || (answer instanceof Answer.Denied<ClientOrderId>(var _, var _, Answer.Cause cause)
                        && cause == Answer.Cause.UNKNOWN_ORDER);
        if (gone && life.leg(level).state() == Leg.State.CANCELLING) {
            state(life, level, Leg.State.GONE, turn);
            if (life.state() == Life.State.OPEN) {
                place(life, level, turn);
            }
        } else if (!gone) {
            lookAgain(life, turn);
        }
    }

    /** The position is gone: what still rests for it is taken off. */
    void end(Life life, Turn turn) {
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

    private @Nullable Life lifeWith(ClientOrderId id) {
        return books.allLives().stream()
                .filter(l -> l.levelOf(id) != null)
                .findFirst()
                .orElse(null);
    }
}
