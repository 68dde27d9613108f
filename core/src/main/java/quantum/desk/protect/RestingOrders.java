package quantum.desk.protect;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Protection;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.protection.ProtectiveOrder;
import quantum.venue.Call;
import quantum.venue.Call.Level;

/**
 * The stop and the target of each position, as the desk keeps them. Every change of one goes through here: the time
 * without a live stop is measured, the position is recorded and looked at again, and closes that waited for it leave.
 */
final class RestingOrders {

    private final Books books;
    private final LostConditionals losses;

    RestingOrders(Books books) {
        this.books = books;
        this.losses = new LostConditionals(books);
    }

    /** An order of a level is on its way: each time under another id. Where one was lost, that is alerted now. */
    ClientOrderId placing(LivePosition position, Level level, @Nullable Quantity size, Decision decision) {
        ProtectiveOrder order = position.orderAt(level);
        Protection.Lost lost = position.protection().lost(level);
        if (lost != null) {
            position.protection().found(level);
            losses.placedAgain(position, level, lost, decision);
        }
        int attempt = order.attempt() + 1;
        ClientOrderId id = level == Level.STOP
                ? ClientOrderId.stop(position.epoch(), attempt)
                : ClientOrderId.target(position.epoch(), attempt);
        change(position, level, order.placing(id, attempt, size, decision.now().nanos()), decision);
        return id;
    }

    /** Cancels the order of a level, to place it elsewhere, because nothing is held, or because it holds what is sold. */
    void takeOff(LivePosition position, Level level, Decision decision) {
        ProtectiveOrder order = position.orderAt(level);
        ClientOrderId id = order.id();
        long nanos = decision.now().nanos();
        if (books.protectsAnother(position, level)) {
            // Asked about until it may go: it may have fired with the end of its own position.
            change(position, level, order.to(ProtectiveOrder.State.UNKNOWN, nanos), decision);
        } else if (id != null && !books.rules().observe()) {
            change(position, level, order.to(ProtectiveOrder.State.CANCELLING, nanos), decision);
            decision.ask(new Call.CancelConditional(id, position.symbol()));
        }
    }

    void change(LivePosition position, Level level, ProtectiveOrder next, Decision decision) {
        lookAgain(position, decision);
        set(position, level, next, decision);
    }

    /** The one way to set an order, so that no time without a live stop goes unmeasured. */
    void set(LivePosition position, Level level, ProtectiveOrder order, Decision decision) {
        Bridging.tellGap(
                position, position.protection().set(level, order, decision.now().nanos()), decision);
        if (position.closes().areHeld() && books.isFree(position)) {
            decision.wake(Timer.Kind.CLOSE_FREED, position.epoch(), Duration.ZERO);
        }
        decision.changed(position);
    }

    void lookAgain(LivePosition position, Decision decision) {
        decision.wake(
                Timer.Kind.PROTECTION,
                position.epoch(),
                books.rules().guarding().retry());
    }
}
