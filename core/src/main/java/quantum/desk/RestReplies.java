package quantum.desk;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.protection.Leg;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/** Leads what the exchange says of a resting order to the stop, the target or the bridge that it stands for. */
final class RestReplies {

    private static final Duration ASK_AFTER = Duration.ofMillis(300);
    private static final long BELIEVE_ABSENT_NANOS = Duration.ofSeconds(3).toNanos();

    private final Books books;
    private final Protecting protecting;
    private final Exits exits;

    RestReplies(Books books, Protecting protecting, Exits exits) {
        this.books = books;
        this.protecting = protecting;
        this.exits = exits;
    }

    void answered(ClientOrderId id, Answer<ConditionalUpdate> answer, Turn turn) {
        Life life = lifeWith(id);
        Leg bridge = bridge(life, id);
        if (life != null && bridge != null) {
            protecting.follow(life, protecting.bridging().answered(life, bridge, answer, turn), turn);
        }
        Level level = life == null ? null : life.legs().levelOf(id);
        if (life == null || level == null || !life.leg(level).is(id)) {
            return;
        }
        switch (answer) {
            case Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update) ->
                protecting.seen(life, level, update, turn);
            case Answer.Denied<ConditionalUpdate>(int code, String text, Answer.Cause cause) ->
                denied(life, level, code + " " + text, cause, turn);
            case Answer.NoAnswer<ConditionalUpdate> _ -> {
                if (life.leg(level).state() == Leg.State.PLACING) {
                    protecting.state(life, level, Leg.State.UNKNOWN, turn);
                    turn.wake(Timer.Kind.PROTECTION, life.epoch(), ASK_AFTER);
                }
            }
            case Answer.NotSent<ConditionalUpdate> _ -> protecting.state(life, level, Leg.State.GONE, turn);
        }
        protecting.reportIfComplete(life, turn);
    }

    private void denied(Life life, Level level, String words, Answer.Cause cause, Turn turn) {
        turn.logOnce(
                life.epoch() + level + words,
                Marker.ORDER_ERROR,
                "symbol",
                life.symbol().name(),
                "level",
                level.name(),
                "message",
                words);
        protecting.state(life, level, Leg.State.GONE, turn);
        life.legs().failed(level);
        if (life.state() != Life.State.OPEN) {
            return;
        }
        switch (cause) {
            case LEVEL_PASSED -> exits.exit(life, life.reasonOf(level), turn);
            // The list tells whose: one of ours is taken over, beside another's ours rests by quantity.
            case ALREADY_RESTING -> {
                if (life.legs().beside(level) == null) {
                    life.legs().askWhose(level, turn.now().nanos());
                    turn.ask(new Call.ReadRests());
                } else {
                    // By quantity already: again after a pause, as any other refusal.
                    refused(life, level, words, turn);
                }
            }
            case TOO_MANY_RESTING -> {
                // The list shows what rests for nothing; that is taken off, and the next try finds its place.
                turn.ask(new Call.ReadRests());
                if (level == Level.STOP) {
                    protecting.makeRoom(turn);
                }
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
        Leg bridge = bridge(life, id);
        if (life != null && bridge != null) {
            protecting.follow(life, protecting.bridging().told(life, bridge, answer, turn), turn);
        }
        Level level = life == null ? null : life.legs().levelOf(id);
        if (life == null || level == null || !life.leg(level).is(id)) {
            return;
        }
        Leg leg = life.leg(level);
        switch (answer) {
            case Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update) ->
                protecting.seen(life, level, update, turn);
            case Answer.Denied<ConditionalUpdate>(var _, var _, Answer.Cause cause)
            when cause == Answer.Cause.UNKNOWN_ORDER -> {
                boolean asked = leg.state() == Leg.State.UNKNOWN || leg.state() == Leg.State.CANCELLING;
                if (asked && turn.now().nanos() - leg.sinceNanos() >= BELIEVE_ABSENT_NANOS) {
                    protecting.absent(life, level, turn);
                }
            }
            case Answer.Denied<ConditionalUpdate> _,
                    Answer.NoAnswer<ConditionalUpdate> _,
                    Answer.NotSent<ConditionalUpdate> _ -> {}
        }
        protecting.reportIfComplete(life, turn);
    }

    /** The user stream says something of a resting order. */
    void changed(ConditionalUpdate update, Turn turn) {
        Life life = lifeWith(update.clientId());
        Level level = life == null ? null : life.legs().levelOf(update.clientId());
        if (life == null || level == null) {
            return;
        }
        if (update.triggeredOrder() != null) {
            life.endedBy(update.triggeredOrder(), life.reasonOf(level));
            turn.changed(life);
        }
        Leg bridge = bridge(life, update.clientId());
        if (bridge != null) {
            protecting.follow(life, protecting.bridging().seen(life, bridge, update, turn), turn);
        } else if (life.leg(level).is(update.clientId())) {
            protecting.seen(life, level, update, turn);
            protecting.reportIfComplete(life, turn);
        }
    }

    /** A resting order had its price and did not become an order: what is held, and what rests, is read at once. */
    void triggerRefused(Symbol symbol, String words, Turn turn) {
        turn.alert(
                "trigger-refused:" + symbol,
                Notice.Severity.CRITICAL,
                "the exchange refused a conditional order whose price was reached: " + words,
                symbol.name());
        turn.ask(new Call.ReadRests());
        turn.ask(new Call.ReadPositions());
    }

    /** The answer to taking a resting order off. */
    void cancelled(ClientOrderId id, Answer<ClientOrderId> answer, Turn turn) {
        Life life = lifeWith(id);
        if (life != null && bridge(life, id) != null) {
            protecting.follow(life, protecting.bridging().cancelled(life, answer, turn), turn);
        }
        Level level = life == null ? null : life.legs().levelOf(id);
        if (life == null || level == null || !life.leg(level).is(id)) {
            return;
        }
        boolean gone = answer instanceof Answer.Accepted<ClientOrderId>
                || (answer instanceof Answer.Denied<ClientOrderId>(var _, var _, Answer.Cause cause)
                        && cause == Answer.Cause.UNKNOWN_ORDER);
        if (gone && life.leg(level).state() == Leg.State.CANCELLING) {
            protecting.state(life, level, Leg.State.GONE, turn);
            if (life.state() == Life.State.OPEN) {
                protecting.place(life, level, turn);
            }
        } else if (!gone) {
            protecting.lookAgain(life, turn);
        }
    }

    private static @Nullable Leg bridge(@Nullable Life life, ClientOrderId id) {
        Leg bridge = life == null ? null : life.legs().bridge();
        return bridge != null && bridge.is(id) ? bridge : null;
    }

    private @Nullable Life lifeWith(ClientOrderId id) {
        return books.allLives().stream()
                .filter(l -> l.legs().levelOf(id) != null)
                .findFirst()
                .orElse(null);
    }
}
