package quantum.desk.protect;

import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.Life;
import quantum.decision.Marker;
import quantum.decision.Turn;
import quantum.desk.exit.Exits;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.protection.ProtectiveOrder;
import quantum.protection.ProtectiveOrderEvent;
import quantum.protection.ProtectiveOrderEvent.Refused;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;

/** Leads what the exchange says of a resting order to the stop, the target or the bridge that it stands for. */
public final class RestReplies {

    private final Books books;
    private final Protecting protecting;
    private final Crossing crossing;
    private final Exits exits;

    public RestReplies(Books books, Protecting protecting, Crossing crossing, Exits exits) {
        this.books = books;
        this.protecting = protecting;
        this.crossing = crossing;
        this.exits = exits;
    }

    /** The answer to placing one. */
    public void answered(ClientOrderId id, Answer<ConditionalUpdate> answer, Turn turn) {
        ProtectiveOrderEvent event = ProtectiveOrderEvent.ofPlacing(answer);
        Life life = lifeWith(id);
        Level level = levelWith(life, id);
        if (life == null || level == null) {
            ofBridge(life, id, event, turn);
            return;
        }
        if (event instanceof Refused refused) {
            turn.logOnce(
                    life.epoch() + level + refused.words(),
                    Marker.ORDER_ERROR,
                    "symbol",
                    life.symbol().name(),
                    "level",
                    level.name(),
                    "message",
                    refused.words());
        }
        protecting.on(life, level, event, turn);
        if (event instanceof Refused refused && life.isOpen()) {
            refused(life, level, refused, turn);
        }
        protecting.reportIfComplete(life, turn);
    }

    private void refused(Life life, Level level, Refused refused, Turn turn) {
        String words = refused.words();
        switch (refused.cause()) {
            case LEVEL_PASSED -> exits.exit(life, life.reasonOf(level), turn);
            // The list tells whose: one of ours is taken over, beside another's ours rests by quantity.
            case ALREADY_RESTING -> {
                if (life.protection().beside(level) == null) {
                    life.protection().askWhose(level, turn.now().nanos());
                    turn.ask(new Call.ReadConditionals());
                } else {
                    // By quantity already: again after a pause, as any other refusal.
                    alert(life, level, words, turn);
                }
            }
            case TOO_MANY_RESTING -> {
                // The list shows what rests for nothing; that is taken off, and the next try finds its place.
                turn.ask(new Call.ReadConditionals());
                if (level == Level.STOP) {
                    protecting.makeRoom(turn);
                }
                alert(life, level, words, turn);
            }
            case MARGIN, RATE, NOTHING_TO_REDUCE, UNKNOWN_ORDER, LEVERAGE, BUSY, RULES, CONFIGURATION, OTHER ->
                alert(life, level, words, turn);
        }
    }

    private static void alert(Life life, Level level, String words, Turn turn) {
        turn.alert(
                "rest-denied:" + life.epoch() + level,
                level == Level.STOP ? Notice.Severity.CRITICAL : Notice.Severity.WARNING,
                "the exchange refused the " + level + ": " + words,
                life.symbol().name());
    }

    /** The answer to a question about a resting order. */
    public void told(ClientOrderId id, Answer<ConditionalUpdate> answer, Turn turn) {
        ProtectiveOrderEvent event = ProtectiveOrderEvent.ofQuery(answer);
        Life life = lifeWith(id);
        Level level = levelWith(life, id);
        if (life == null || level == null) {
            ofBridge(life, id, event, turn);
            return;
        }
        if (event != null) {
            protecting.on(life, level, event, turn);
        }
        protecting.reportIfComplete(life, turn);
    }

    /** The user stream says something of a resting order. */
    public void changed(ConditionalUpdate update, Turn turn) {
        Life life = lifeWith(update.clientId());
        Level level = life == null ? null : life.protection().levelOf(update.clientId());
        if (life == null || level == null) {
            return;
        }
        if (update.triggeredOrder() != null) {
            life.endedBy(update.triggeredOrder(), life.reasonOf(level));
            turn.changed(life);
        }
        ProtectiveOrderEvent event = ProtectiveOrderEvent.of(update);
        if (life.orderAt(level).is(update.clientId())) {
            protecting.on(life, level, event, turn);
            protecting.reportIfComplete(life, turn);
        } else {
            ofBridge(life, update.clientId(), event, turn);
        }
    }

    /** A resting order had its price and did not become an order: what is held, and what rests, is read at once. */
    public void triggerRefused(Symbol symbol, String words, Turn turn) {
        turn.alert(
                "trigger-refused:" + symbol,
                Notice.Severity.CRITICAL,
                "the exchange refused a conditional order whose price was reached: " + words,
                symbol.name());
        turn.ask(new Call.ReadConditionals());
        turn.ask(new Call.ReadPositions());
    }

    /** The answer to taking a resting order off. */
    public void cancelled(ClientOrderId id, Answer<ClientOrderId> answer, Turn turn) {
        ProtectiveOrderEvent event = ProtectiveOrderEvent.ofCancel(answer);
        Life life = lifeWith(id);
        Level level = levelWith(life, id);
        if (life == null || level == null) {
            ofBridge(life, id, event, turn);
        } else if (event == null) {
            protecting.lookAgain(life, turn);
        } else {
            protecting.on(life, level, event, turn);
        }
    }

    /** The level whose present order this is; null for an order of the past, or a bridge. */
    private static @Nullable Level levelWith(@Nullable Life life, ClientOrderId id) {
        Level level = life == null ? null : life.protection().levelOf(id);
        return life != null && level != null && life.orderAt(level).is(id) ? level : null;
    }

    /** Of no level: perhaps of the bridge that is laid now. */
    private void ofBridge(@Nullable Life life, ClientOrderId id, @Nullable ProtectiveOrderEvent event, Turn turn) {
        ProtectiveOrder bridge = life == null ? null : life.protection().bridge();
        if (life != null && bridge != null && bridge.is(id) && event != null) {
            crossing.on(life, bridge, event, turn);
        }
    }

    private @Nullable Life lifeWith(ClientOrderId id) {
        return books.allLives().stream()
                .filter(l -> l.protection().levelOf(id) != null)
                .findFirst()
                .orElse(null);
    }
}
