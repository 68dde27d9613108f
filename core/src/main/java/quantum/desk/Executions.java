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
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.Denial;
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

/** What follows from what is learned of an order: positions grow or shrink, and an order that is over is concluded. */
final class Executions {

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

    /** Applies what the exchange says of an order. */
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

    /** No order executes more than its own size: of such a message that much is taken, and the exchange is asked. */
    private static OrderUpdate.Executed believed(LiveOrder order, OrderUpdate update, Decision decision) {
        OrderUpdate.Executed told = update.executed();
        BigDecimal most = order.task().quantity().value();
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
        return new OrderUpdate.Executed(most, told.meanPrice(), null);
    }

    private void learn(LiveOrder order, OrderEvent event, Answer.@Nullable Cause cause, Instant at, Decision decision) {
        Fill before = order.state().fill();
        boolean wasFinal = order.state().isFinal();
        boolean wasUnknown = order.state() instanceof OrderState.Unconfirmed;
        try {
            if (!order.learn(event)) {
                return;
            }
        } catch (IllegalOrderEvent contradiction) {
            decision.alert(
                    "contradiction:" + order.id(),
                    Notice.Severity.CRITICAL,
                    contradiction + "; reading the positions",
                    order.task().symbol().name());
            decision.ask(new Call.ReadPositions());
            return;
        }
        decision.changed(order);
        if (wasUnknown) {
            proven(order, decision);
        }
        grow(order, before, at, decision);
        if (order.state().isFinal() && !wasFinal) {
            order.endedAt(decision.now().nanos());
            concluded(order, cause, decision);
        }
    }

    /** The exchange said what became of an order whose outcome nobody knew. */
    private void proven(LiveOrder order, Decision decision) {
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null) {
            intent.reached(Stage.PROVEN, decision.now());
            decision.changed(intent);
        }
    }

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
            String epoch = order.task().cause().epoch();
            LivePosition position = epoch == null ? null : books.positionOf(epoch);
            Reason reason = order.task().cause().exitReason();
            if (position != null) {
                position.heard().exit(orderId, by, worth);
            }
            if (position != null && position.isOpen()) {
                positionChanges.reduced(position, orderId, reason == null ? Reason.EXTERNAL : reason, by, decision);
            } else if (position != null && reason != null) {
                position.endedBy(orderId, reason);
                decision.changed(position);
            }
        }
    }

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

    private void concluded(LiveOrder order, Answer.@Nullable Cause cause, Decision decision) {
        boolean executed = order.state().fill() != null;
        if (order.task().purpose() == Purpose.OPEN) {
            books.setMargin(
                    executed
                            ? books.margin().filled(order.id(), decision.now().nanos())
                            : books.margin().released(order.id()));
            decision.ask(new Call.ReadAccount());
            unlock(order.task().symbol(), order, decision);
            marginDenied(order, cause, decision);
        }
        boolean isEntry = order.task().purpose() == Purpose.OPEN && executed;
        boolean levelsMove = isEntry && positionChanges.joined(order, decision);
        LiveIntent intent = books.intents().of(order.task().cause().intentId());
        if (intent != null && !intent.isEnded()) {
            LivePosition position = isEntry ? books.positions().at(books.place(order)) : null;
            if (!executed) {
                reporting.reject(intent, refusal(order, cause), words(order), decision);
                // Where nothing is left to reduce, the readings tell whether anything is held.
                if (order.task().purpose() == Purpose.CLOSE && cause != Answer.Cause.NOTHING_TO_REDUCE) {
                    reporting.exitRefused(intent, words(order), decision);
                }
            } else if (position != null && (levelsMove || PositionChanges.isBornOf(position, order))) {
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
        boolean goesOn =
                order.task().cause().intentId() == null || (isUsedUp && Obstacles.wasOfEverything(order, position));
        if (goesOn && reason != null) {
            boolean whole =
                    order.filledQuantity().compareTo(order.task().quantity().value()) >= 0;
            Obstacles.closeAgain(position, reason, whole ? Duration.ZERO : pause, decision);
        }
    }

    private void unlock(Symbol symbol, LiveOrder order, Decision decision) {
        decision.mirror(
                Effect.MirrorKey.LOCK, symbol.name() + ":" + order.task().side().name(), "1", Duration.ZERO);
    }

    private void marginDenied(LiveOrder order, Answer.@Nullable Cause cause, Decision decision) {
        if (cause == Answer.Cause.MARGIN) {
            MarginFailure.count(books, order.task().symbol(), decision);
        }
    }

    private static Refusal refusal(LiveOrder order, Answer.@Nullable Cause cause) {
        if (order.state() instanceof OrderState.Rejected(Denial denial)) {
            return switch (denial.kind()) {
                case NOT_SENT -> Refusal.NOT_SENT;
                case ABSENT -> Refusal.OUTCOME_UNKNOWN_EXPIRED;
                case DENIED -> cause == null ? Refusal.EXCHANGE_REJECTED : denied(cause);
            };
        }
        return Refusal.NOT_FILLED;
    }

    private static Refusal denied(Answer.Cause cause) {
        return switch (cause) {
            case MARGIN -> Refusal.EXCHANGE_MARGIN;
            case LEVERAGE -> Refusal.LEVERAGE_MISMATCH;
            case RATE -> Refusal.EXCHANGE_LIMITS;
            case LEVEL_PASSED,
                    NOTHING_TO_REDUCE,
                    ALREADY_RESTING,
                    TOO_MANY_RESTING,
                    UNKNOWN_ORDER,
                    BUSY,
                    RULES,
                    CONFIGURATION,
                    OTHER -> Refusal.EXCHANGE_REJECTED;
        };
    }

    private static String words(LiveOrder order) {
        return switch (order.state()) {
            case OrderState.Rejected(Denial denial) ->
                denial.code() == 0 ? denial.text() : denial.code() + " " + denial.text();
            case OrderState.Ended(var _, OrderState.Ending ending, var _) -> "the order ended " + ending;
            default -> "";
        };
    }
}
