package quantum.desk.protect;

import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Marker;
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
import quantum.venue.VenueEvent;

/**
 * Leads what the exchange says of a resting order to the stop, the target or the bridge that it stands for. An id of
 * ours names the position, the level and the attempt. What is said of an earlier attempt changes nothing of the present
 * order, but may still say why the position ended.
 */
public final class ConditionalReplies {

    private final Books books;
    private final Protecting protecting;
    private final Crossing crossing;
    private final Exits exits;

    public ConditionalReplies(Books books, Protecting protecting, Crossing crossing, Exits exits) {
        this.books = books;
        this.protecting = protecting;
        this.crossing = crossing;
        this.exits = exits;
    }

    /**
     * The answer to placing one. Where it was refused, the cause says what else is to be done; the next try comes by
     * itself.
     */
    public void answered(ClientOrderId id, Answer<ConditionalUpdate> answer, Decision decision) {
        ProtectiveOrderEvent event = ProtectiveOrderEvent.ofPlacing(answer);
        LivePosition position = lifeWith(id);
        Level level = levelWith(position, id);
        if (position == null || level == null) {
            ofBridge(position, id, event, decision);
            return;
        }
        // The same refusal may answer every try: one line a minute, with a count.
        if (event instanceof Refused refused) {
            decision.logOnce(
                    position.epoch() + level + refused.words(),
                    Marker.ORDER_ERROR,
                    "symbol",
                    position.symbol().name(),
                    "level",
                    level.name(),
                    "message",
                    refused.words());
        }
        protecting.on(position, level, event, decision);
        // Of an ended position nothing is to be placed any more.
        if (event instanceof Refused refused && position.isOpen()) {
            refused(position, level, refused, decision);
        }
        protecting.reportIfComplete(position, decision);
    }

    /** Of a pair both orders have the same answer. */
    public void answered(VenueEvent.PairAnswered pair, Decision decision) {
        answered(pair.stopId(), pair.answer().map(VenueEvent.Pair::stop), decision);
        answered(pair.targetId(), pair.answer().map(VenueEvent.Pair::target), decision);
    }

    /**
     * What a refusal asks for beside the next try. A level that the mark has passed cannot be placed
     * (binance-usdm 4.3): the order there would have fired, so that the position is closed as if it had.
     */
    private void refused(LivePosition position, Level level, Refused refused, Decision decision) {
        String words = refused.words();
        switch (refused.cause()) {
            case LEVEL_PASSED -> exits.exit(position, position.reasonOf(level), decision);
            // The list tells whose: one of ours is taken over, beside another's ours rests by quantity.
            case ALREADY_RESTING -> {
                if (position.protection().beside(level) == null) {
                    position.protection().askWhose(level, decision.now().nanos());
                    decision.ask(new Call.ReadConditionals());
                } else {
                    // By quantity already: again after a pause, as any other refusal.
                    alert(position, level, words, decision);
                }
            }
            case TOO_MANY_RESTING -> {
                // The list shows what rests for nothing; that is taken off, and the next try finds its place.
                decision.ask(new Call.ReadConditionals());
                // A target gives its place to a stop, and the watch guards its level (binance-usdm 4.7).
                if (level == Level.STOP) {
                    protecting.makeRoom(position, decision);
                }
                alert(position, level, words, decision);
            }
            // Fewer coins may be there than are known: a reading says how many (docs/decisions/0016).
            case MARGIN -> {
                decision.ask(new Call.ReadPositions());
                alert(position, level, words, decision);
            }
            // None of these says that the position is safe: placing goes on, with a pause that grows.
            case RATE, NOTHING_TO_REDUCE, UNKNOWN_ORDER, LEVERAGE, BUSY, RULES, CONFIGURATION, OTHER ->
                alert(position, level, words, decision);
        }
    }

    /** Without its stop a position is naked; without its target the watch stands in. */
    private static void alert(LivePosition position, Level level, String words, Decision decision) {
        decision.alert(
                "rest-denied:" + position.epoch() + level,
                level == Level.STOP ? Notice.Severity.CRITICAL : Notice.Severity.WARNING,
                "the exchange refused the " + level + " "
                        + position.orderAt(level).id() + " of " + position.epoch() + ": " + words,
                position.symbol().name());
    }

    /** The answer to a question about a resting order. One that was not answered says nothing, and is asked again. */
    public void told(ClientOrderId id, Answer<ConditionalUpdate> answer, Decision decision) {
        ProtectiveOrderEvent event = ProtectiveOrderEvent.ofQuery(answer);
        LivePosition position = lifeWith(id);
        Level level = levelWith(position, id);
        if (position == null || level == null) {
            ofBridge(position, id, event, decision);
            return;
        }
        if (event != null) {
            protecting.on(position, level, event, decision);
        }
        protecting.reportIfComplete(position, decision);
    }

    /** The user stream says something of a resting order. */
    public void changed(ConditionalUpdate update, Decision decision) {
        LivePosition position = lifeWith(update.clientId());
        Level level = position == null ? null : position.protection().levelOf(update.clientId());
        if (position == null || level == null) {
            return;
        }
        // The order that it became may come under an id that is not ours: from here on its own id says why the position
        // ends (docs/venues/binance-usdm.md).
        if (update.triggeredOrder() != null) {
            position.endedBy(update.triggeredOrder(), position.reasonOf(level));
            decision.changed(position);
        }
        ProtectiveOrderEvent event = ProtectiveOrderEvent.of(update);
        // A bridge bears the level of the stop: what is not the present order may be that.
        if (position.orderAt(level).is(update.clientId())) {
            protecting.on(position, level, event, decision);
            protecting.reportIfComplete(position, decision);
        } else {
            ofBridge(position, update.clientId(), event, decision);
        }
    }

    /**
     * A resting order had its price and did not become an order: what is held, and what rests, is read at once. The
     * exchange checks the margin only then (binance-usdm 4.5), and nothing else closes the position by now but the
     * watch (X-F11).
     */
    public void triggerRefused(Symbol symbol, String words, Decision decision) {
        decision.alert(
                "trigger-refused:" + symbol,
                Notice.Severity.CRITICAL,
                "the exchange refused a conditional order whose price was reached: " + words,
                symbol.name());
        decision.ask(new Call.ReadConditionals());
        decision.ask(new Call.ReadPositions());
    }

    /**
     * The answer to taking a resting order off. That the exchange knows no such order is as good as a cancel; one that
     * was refused or lost leaves it resting, perhaps.
     */
    public void cancelled(ClientOrderId id, Answer<ClientOrderId> answer, Decision decision) {
        ProtectiveOrderEvent event = ProtectiveOrderEvent.ofCancel(answer);
        LivePosition position = lifeWith(id);
        Level level = levelWith(position, id);
        if (position == null || level == null) {
            ofBridge(position, id, event, decision);
        } else if (event == null) {
            // The next look cancels it again.
            protecting.lookAgain(position, decision);
        } else {
            protecting.on(position, level, event, decision);
        }
    }

    /**
     * The level whose present order this is; null for an order of the past, or a bridge. Its answer comes too late to
     * say anything of the order that followed it.
     */
    private static @Nullable Level levelWith(@Nullable LivePosition position, ClientOrderId id) {
        Level level = position == null ? null : position.protection().levelOf(id);
        return position != null && level != null && position.orderAt(level).is(id) ? level : null;
    }

    /** Of no level: perhaps of the bridge that is laid now. */
    private void ofBridge(
            @Nullable LivePosition position,
            ClientOrderId id,
            @Nullable ProtectiveOrderEvent event,
            Decision decision) {
        ProtectiveOrder bridge = position == null ? null : position.protection().bridge();
        if (position != null && bridge != null && bridge.is(id) && event != null) {
            crossing.on(position, bridge, event, decision);
        }
    }

    /** By what the ids of a position have in common. Orders of positions that ended are answered too. */
    private @Nullable LivePosition lifeWith(ClientOrderId id) {
        return books.allPositions().stream()
                .filter(l -> l.protection().levelOf(id) != null)
                .findFirst()
                .orElse(null);
    }
}
