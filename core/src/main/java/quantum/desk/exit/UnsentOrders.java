package quantum.desk.exit;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.intent.Closed.Reason;
import quantum.intent.Levels;
import quantum.market.Direction;
import quantum.market.ProtectionForm;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.order.OrderEvent;
import quantum.order.Purpose;
import quantum.record.Notice;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;

/**
 * Orders that the user stream names and that we did not send: a stop or a target of ours that fired is followed like
 * a close of ours; of all others (a hand outside, a liquidation) only the reason is kept, and what they mean is read
 * from the positions, because neither their size nor whether a reading already shows them is known here.
 */
public final class UnsentOrders {

    /**
     * Reasons of orders that are not ours. Heard twice, they are no more ours than heard once: a hand's partial close
     * that came again was followed like a stop that fired, and the rest was closed.
     */
    private static final Set<Reason> FOREIGN =
            Set.of(Reason.EXTERNAL, Reason.LIQUIDATION, Reason.ADL, Reason.SETTLEMENT);

    private final Books books;
    private final Obstacles obstacles;
    private final Liquidations liquidations;

    public UnsentOrders(Books books, Obstacles obstacles, Liquidations liquidations) {
        this.books = books;
        this.obstacles = obstacles;
        this.liquidations = liquidations;
    }

    /** The order to follow, if the update is of a resting order of ours that fired; null if it is not. */
    @Nullable
    public LiveOrder fired(OrderUpdate update, Decision decision) {
        // Executed or not, it rests no more: a close that it stood in the way of may leave now.
        if (update.status().isFinal()) {
            obstacles.gone(update, decision);
        }
        // Placed, or ended unexecuted: nothing of what is held has changed.
        if (update.executed().quantity().signum() == 0) {
            return null;
        }
        Direction closed = Direction.opened(update.side()).opposite();
        // In one-way mode the place may hold the other side, which such an order would have enlarged.
        LivePosition position = books.positions().at(update.symbol(), closed);
        Reason reason = position == null || position.direction() != closed ? null : ownReason(position, update);
        // Alerted whether a position is known or not: the account has lost something (X-F11).
        liquidations.executed(update, reason == null ? foreignReason(update.clientId()) : reason, decision);
        if (position == null || reason == null || FOREIGN.contains(reason)) {
            // How much of it is left only a reading says; followed as ours, it would hold up our own closes.
            explain(update, decision);
            soldBeyond(update, decision);
            decision.ask(new Call.ReadPositions());
            return null;
        }
        // A stop closes whatever is held, so that its size is what is known to be held, or more if it executed more.
        LiveOrder order = new LiveOrder(
                new LiveOrder.Task(
                        update.clientId(),
                        update.symbol(),
                        update.side(),
                        Purpose.CLOSE,
                        new Quantity(position.quantity().max(update.executed().quantity())),
                        1,
                        new LiveOrder.Cause(null, position.epoch(), reason, Levels.NONE, null)),
                decision.now());
        // Executions are not checked against that size, as those of orders that we sized are (B-12).
        order.sizeIsUnknown();
        order.learn(new OrderEvent.Sent());
        books.add(order);
        return order;
    }

    /**
     * A pair whose request came late rested after its position had ended, and was executed before it could be taken off.
     * Nothing cuts it, so that it sold coins of somebody else (docs/decisions/0016).
     */
    private void soldBeyond(OrderUpdate update, Decision decision) {
        boolean isLate = update.clientId().isOurs()
                && books.form(update.symbol()) == ProtectionForm.PAIR
                && books.allPositions().stream()
                        .noneMatch(position -> position.symbol().equals(update.symbol())
                                && position.exitReasons().containsKey(update.orderId()));
        if (isLate) {
            boolean _ = decision.alertOnce(
                    "closed-twice:" + update.clientId(),
                    Notice.Severity.CRITICAL,
                    "order " + update.clientId() + " was executed after its position had ended, and "
                            + update.executed().quantity().stripTrailingZeros().toPlainString()
                            + " was sold that no position had; compare what you hold",
                    update.symbol().name());
        }
    }

    /** Keeps why a position ends, also of one that has just ended and whose trades are being added up. */
    private void explain(OrderUpdate update, Decision decision) {
        for (LivePosition position : books.allPositions()) {
            // By the time of the trade too: an old stop that comes again is no exit of the next position.
            boolean itsExit = position.symbol().equals(update.symbol())
                    && position.direction().exit() == update.side()
                    && !update.exchangeTime().isBefore(position.birth().openedAt())
                    && position.isBeforeEnd(update.exchangeTime());
            if (itsExit && !position.isClosed()) {
                position.endedBy(update.orderId(), reason(position, update));
                decision.changed(position);
            }
        }
    }

    /** Why an order closes a position that is no close of ours. */
    static Reason reason(LivePosition position, OrderUpdate update) {
        Reason own = ownReason(position, update);
        return own == null ? foreignReason(update.clientId()) : own;
    }

    /** Null for an order that is neither a level of this position nor known to have closed a part of it. */
    private static @Nullable Reason ownReason(LivePosition position, OrderUpdate update) {
        Call.Level level = position.protection().levelOf(update.clientId());
        if (level != null) {
            return position.reasonOf(level);
        }
        return position.exitReasons().get(update.orderId());
    }

    /**
     * The exchange's own closes by their prefixes (binance-usdm 5.2), the close of an intent whose record was lost
     * with the process, and a level of an earlier life that the exchange executed late; all others are of a hand
     * outside.
     */
    private static Reason foreignReason(ClientOrderId id) {
        if (id.value().startsWith("autoclose-")) {
            return Reason.LIQUIDATION;
        } else if (id.value().startsWith("adl_autoclose")) {
            return Reason.ADL;
        } else if (id.value().startsWith("settlement_autoclose-")) {
            return Reason.SETTLEMENT;
        }
        if (!id.isOurs()) {
            return Reason.EXTERNAL;
        }
        // The first letters say what the order was for, also where nobody remembers it: a stop of ours stays one.
        return switch (id.value().substring(0, 2)) {
            case "qc" -> Reason.SIGNAL;
            // A bridge guards the same level as the stop that moves over it (binance-usdm 4.6).
            case "qs", "qb" -> Reason.SL;
            case "qt" -> Reason.TP;
            // An exit that the desk decided on, and nobody knows any more why.
            case "qx" -> Reason.EMERGENCY;
            default -> Reason.EXTERNAL;
        };
    }
}
