package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Marker;
import quantum.decision.Timer;
import quantum.desk.entry.MarginFailure;
import quantum.desk.exit.Obstacles;
import quantum.desk.report.Reporting;
import quantum.intent.Closed.Reason;
import quantum.intent.Stage;
import quantum.market.Price;
import quantum.market.ProtectionForm;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.Fill;
import quantum.order.IllegalOrderEvent;
import quantum.order.OrderEvent;
import quantum.order.OrderId;
import quantum.order.OrderState;
import quantum.order.Purpose;
import quantum.record.Notice;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;

/**
 * What follows from what is learned of an order: positions grow or shrink, and an order that is over is concluded.
 * Whoever proves a fill, the reply, the user stream or a question, it is booked here, and once.
 */
final class Executions {

    /** For this long the report of a fill waits for the ids of stop and target (docs/decisions/0002). */
    private static final Duration REPORT_WAIT = Duration.ofMillis(500);

    private final Books books;
    private final Reporting reporting;
    private final PositionChanges positionChanges;
    private final Obstacles obstacles;

    Executions(Books books, Reporting reporting, PositionChanges positionChanges, Obstacles obstacles) {
        this.obstacles = obstacles;
        this.books = books;
        this.reporting = reporting;
        this.positionChanges = positionChanges;
    }

    /** Applies what the exchange says of an order. The time of a fill is the exchange's. */
    void learn(LiveOrder order, OrderUpdate update, Decision decision) {
        if (update.status() == OrderUpdate.Status.FILLED && update.executed().meanPrice() == null) {
            // Seed 000: such an answer became a "filled" at price 0. It is no more than an acknowledgement.
            decision.log(
                    Marker.INVALID_RESULT,
                    "symbol",
                    update.symbol().name(),
                    "orderId",
                    update.orderId().value());
        }
        learn(order, eventOf(order, update, decision), null, update.exchangeTime(), decision);
    }

    /** What an order did whose position is over: it is told, and nothing is held because of it. */
    void past(LiveOrder order, OrderUpdate update, Decision decision) {
        order.learn(eventOf(order, update, decision));
        decision.changed(order);
        if (order.state().isFinal()) {
            order.endedAt(decision.now().nanos());
            concluded(order, null, decision);
        }
    }

    /** Applies what became of a call; the cause is that of a denial. */
    void learn(LiveOrder order, OrderEvent event, Answer.@Nullable Cause cause, Decision decision) {
        learn(order, event, cause, decision.now().exchange(), decision);
    }

    /**
     * What an update means for the order's life. Without a price there is no fill, whatever the status says (law 1,
     * INC-P14). What was cancelled or expired may have been executed in part all the same (M14, binance-usdm 3.3).
     */
    private OrderEvent eventOf(LiveOrder order, OrderUpdate update, Decision decision) {
        OrderId id = update.orderId();
        OrderUpdate.Executed executed = believed(order, update, decision);
        Price mean = executed.meanPrice();
        Fill fill = mean == null ? null : new Fill(mean, new Quantity(executed.quantity()), executed.fee());
        return switch (update.status()) {
            case NEW, PARTIALLY_FILLED ->
                fill == null ? new OrderEvent.Acknowledged(id) : new OrderEvent.PartlyExecuted(id, fill);
            case FILLED -> fill == null ? new OrderEvent.Acknowledged(id) : new OrderEvent.Executed(id, fill);
            case CANCELED -> new OrderEvent.Over(id, OrderState.Ending.CANCELED, fill);
            case EXPIRED -> new OrderEvent.Over(id, OrderState.Ending.EXPIRED, fill);
            case REJECTED -> new OrderEvent.Over(id, OrderState.Ending.REJECTED, fill);
        };
    }

    /**
     * No order executes more than its own size: of such a message that much is taken, and the exchange is asked. Its
     * stop leaves at once, and the rest is alarmed (B-12).
     */
    private static OrderUpdate.Executed believed(LiveOrder order, OrderUpdate update, Decision decision) {
        OrderUpdate.Executed told = update.executed();
        BigDecimal most = order.task().quantity().value();
        // The size of a redelivered order or of a stop that fired was never known; what was executed stands for it.
        if (!order.isSizeKnown() || told.quantity().compareTo(most) <= 0) {
            return told;
        }
        boolean first = decision.alertOnce(
                "overtold:" + order.id(),
                Notice.Severity.CRITICAL,
                "the exchange tells " + told.quantity().toPlainString() + " executed of an order of "
                        + most.toPlainString() + "; no more than that is taken, and order and positions are read",
                order.task().symbol().name());
        if (first) {
            decision.ask(new Call.QueryOrder(order.id(), order.task().symbol(), update.orderId()));
            decision.ask(new Call.ReadPositions());
        }
        // The fee is left out: it was one of the amount that is not believed.
        return new OrderUpdate.Executed(most, told.meanPrice(), null);
    }

    /**
     * Applies one event, and then what follows: the row, what is held, the conclusion. What says nothing new ends at
     * once, since three sources report every fill.
     */
    private void learn(LiveOrder order, OrderEvent event, Answer.@Nullable Cause cause, Instant at, Decision decision) {
        Fill before = order.state().fill();
        boolean wasFinal = order.state().isFinal();
        boolean wasUnknown = order.state() instanceof OrderState.Unconfirmed;
        try {
            if (!order.learn(event)) {
                return;
            }
        } catch (IllegalOrderEvent contradiction) {
            // Such as an execution after a denial. The desk goes on: the exchange is the truth about what is held
            // (law 6).
            decision.alert(
                    "contradiction:" + order.id(),
                    Notice.Severity.CRITICAL,
                    contradiction + "; reading the positions",
                    order.task().symbol().name());
            decision.ask(new Call.ReadPositions());
            if (!goesOn(order, event)) {
                return;
            }
        }
        decision.changed(order);
        if (wasUnknown) {
            proven(order, decision);
        }
        grow(order, before, at, decision);
        // More may be executed than was known when it ended, but it ends once.
        if (order.state().isFinal() && !wasFinal) {
            order.endedAt(decision.now().nanos());
            concluded(order, cause, decision);
        }
    }

    /**
     * An order that was over, and that the exchange has after all: no reading shows which coins it bought or sold, so that
     * its own word is all there is (law 6).
     */
    private boolean goesOn(LiveOrder order, OrderEvent event) {
        boolean says = !(event instanceof OrderEvent.Over(var _, var _, Fill fill) && fill == null);
        if (books.form(order.task().symbol()) != ProtectionForm.PAIR
                || !(order.state() instanceof OrderState.Rejected)
                || !says) {
            return false;
        }
        order.goOn(event);
        books.add(order);
        return true;
    }

    /**
     * The exchange said what became of an order whose outcome nobody knew. The stage shows in {@code explain} when a
     * lost answer was resolved.
     */
    private void proven(LiveOrder order, Decision decision) {
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null) {
            intent.reached(Stage.PROVEN, decision.now());
            decision.changed(intent);
        }
    }

    /**
     * Books what was executed beyond what was known. Updates are cumulative, so that a repeat or an older one adds
     * nothing (INV-05, INV-06).
     */
    private void grow(LiveOrder order, @Nullable Fill before, Instant at, Decision decision) {
        Fill fill = order.state().fill();
        OrderId orderId = order.state().orderId();
        BigDecimal known = before == null ? BigDecimal.ZERO : before.quantity().value();
        if (fill == null || orderId == null || fill.quantity().value().compareTo(known) <= 0) {
            return;
        }
        BigDecimal by = fill.quantity().value().subtract(known);
        BigDecimal worth = fill.notional().subtract(before == null ? BigDecimal.ZERO : before.notional());
        if (worth.signum() <= 0) {
            // Two sources told different mean prices; the later one is taken for the rest.
            worth = fill.price().value().multiply(by);
        }
        logFill(order, orderId, fill, decision);
        if (order.task().purpose() == Purpose.OPEN) {
            positionChanges.entered(order, orderId, before, by, worth, at, decision);
        } else {
            // The epoch says which position it was for: a late close must not reduce the one that came after.
            String epoch = order.task().cause().epoch();
            LivePosition position = epoch == null ? null : books.positionOf(epoch);
            Reason reason = order.task().cause().exitReason();
            if (position != null) {
                position.heard().exit(orderId, by, worth);
            }
            if (position != null && position.isOpen()) {
                positionChanges.reduced(position, orderId, reason == null ? Reason.EXTERNAL : reason, by, decision);
            } else if (position != null && reason != null) {
                // It ended by another word already; this one still says why.
                position.endedBy(orderId, reason);
                decision.changed(position);
                closedTwice(position, order, decision);
            }
        }
    }

    /**
     * A close came so late that the pair which was placed again had sold the same coins. Nothing cuts it, so that it sold
     * others (docs/decisions/0016).
     */
    private static void closedTwice(LivePosition position, LiveOrder order, Decision decision) {
        BigDecimal beyond = position.heard().closedBeyond();
        if (beyond.signum() > 0) {
            decision.alert(
                    "closed-twice:" + position.epoch(),
                    Notice.Severity.CRITICAL,
                    "order " + order.id() + " was executed after its position had ended, and "
                            + beyond.stripTrailingZeros().toPlainString()
                            + " more was sold than the position had; compare what you hold",
                    order.task().symbol().name());
        }
    }

    /** Each part has its line; the intent's stage is that of the first. */
    private void logFill(LiveOrder order, OrderId orderId, Fill fill, Decision decision) {
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null) {
            intent.reached(Stage.FILLED, decision.now());
        }
        decision.log(
                Marker.FILL_CONFIRMED,
                "orderId",
                orderId.value(),
                "symbol",
                order.task().symbol().name(),
                "avgPrice",
                fill.price().toString(),
                "executedQty",
                fill.quantity().toString(),
                "elapsed",
                order.elapsed(decision.now().nanos()));
    }

    /**
     * An order is over: its margin is in use or free, its intent has its one report (INV-04), and a close is followed
     * up.
     */
    private void concluded(LiveOrder order, Answer.@Nullable Cause cause, Decision decision) {
        boolean executed = order.state().fill() != null;
        if (order.task().purpose() == Purpose.OPEN) {
            // What a fill uses stays reserved until a reading shows it, so that no two opens spend the same margin.
            books.setMargin(
                    executed
                            ? books.margin().filled(order.id(), decision.now().nanos())
                            : books.margin().released(order.id()));
            decision.ask(new Call.ReadAccount());
            unlock(order.task().symbol(), order, decision);
            marginDenied(order, cause, decision);
        }
        boolean isEntry = order.task().purpose() == Purpose.OPEN && executed;
        // What enlarged a position may have brought nearer levels; the report then waits for those as well.
        boolean levelsMove = isEntry && positionChanges.joined(order, decision);
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null && !intent.isEnded()) {
            LivePosition position = isEntry ? books.positions().at(books.place(order)) : null;
            if (!executed) {
                reporting.reject(intent, OrderRefusal.of(order, cause), OrderRefusal.words(order), decision);
                // Where nothing is left to reduce, the readings tell whether anything is held.
                if (order.task().purpose() == Purpose.CLOSE && cause != Answer.Cause.NOTHING_TO_REDUCE) {
                    reporting.exitRefused(intent, OrderRefusal.words(order), decision);
                }
            } else if (position != null && (levelsMove || PositionChanges.isBornOf(position, order))) {
                // Stop and target are answered a round trip later, and there is no second report to name them.
                order.setAwaitingReport(true);
                decision.wake(Timer.Kind.REPORT, order.id().value(), REPORT_WAIT);
            } else {
                reporting.executed(intent, order, decision);
            }
        }
        if (order.task().purpose() == Purpose.CLOSE) {
            closeConcluded(order, cause, decision);
        }
    }

    /** A close that did not end its position is followed by another look, and by another close if it is still due. */
    private void closeConcluded(LiveOrder order, Answer.@Nullable Cause cause, Decision decision) {
        String epoch = order.task().cause().epoch();
        LivePosition position = epoch == null ? null : books.positionOf(epoch);
        if (position == null || !position.isOpen()) {
            return;
        }
        if (position.closes().areHeld() && books.isFree(position)) {
            decision.wake(Timer.Kind.CLOSE_FREED, position.epoch(), Duration.ZERO);
        }
        // The price may stand still where it led to this close: the next one is judged wherever it lies.
        position.progress().judgeNext();
        boolean isUsedUp = cause == Answer.Cause.NOTHING_TO_REDUCE;
        if (order.filledQuantity().signum() > 0) {
            position.closes().taken();
        }
        // Flat already, or what rests uses the position up: the lists tell (binance-usdm 9, -2022, -4118).
        Duration pause = isUsedUp
                ? obstacles.closeRefused(position, decision)
                : books.rules().guarding().retry();
        Reason reason = order.task().cause().exitReason();
        // A part that was refused is its producer's to repeat; a close of everything the desk sees through (X-F1).
        boolean goesOn = (order.task().cause().intentId() == null && !isTargetOfPair(position, order))
                || (isUsedUp && Obstacles.wasOfEverything(order, position));
        if (goesOn && reason != null) {
            // All of it was executed, and something is left: more than one market order may carry. The rest follows at
            // once.
            boolean whole =
                    order.filledQuantity().compareTo(order.task().quantity().value()) >= 0;
            Obstacles.closeAgain(position, reason, whole ? Duration.ZERO : pause, decision);
        }
    }

    /** What a target of a pair leaves over has a pair again, and is not sold below it. */
    private boolean isTargetOfPair(LivePosition position, LiveOrder order) {
        return books.form(position) == ProtectionForm.PAIR
                && position.protection().levelOf(order.id()) == Call.Level.TARGET;
    }

    /**
     * What locks is the order in the books; the key only shows it to scripts (docs/streams.md). A lifetime of zero
     * removes it.
     */
    private void unlock(Symbol symbol, LiveOrder order, Decision decision) {
        decision.mirror(
                Effect.MirrorKey.LOCK, symbol.name() + ":" + order.task().side().name(), "1", Duration.ZERO);
    }

    /** The exchange's own word on margin counts as a failed check of ours does (X-F9). */
    private void marginDenied(LiveOrder order, Answer.@Nullable Cause cause, Decision decision) {
        if (cause == Answer.Cause.MARGIN) {
            MarginFailure.count(books, order.task().symbol(), decision);
        }
    }
}
