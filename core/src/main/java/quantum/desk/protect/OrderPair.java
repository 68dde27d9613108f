package quantum.desk.protect;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.order.OrderState;
import quantum.protection.ProtectiveOrder;
import quantum.venue.Call;
import quantum.venue.Call.Level;

/**
 * One pair of a stop and a target for what is held and not being sold (docs/decisions/0016). Nothing else can sell what the
 * pair holds, not even a better pair: it goes before the next one comes, and the time between is measured like any other
 * without a live stop, while the watch guards both levels.
 */
final class OrderPair implements Placement {

    private final Books books;
    private final RestingOrders orders;

    OrderPair(Books books, RestingOrders orders) {
        this.books = books;
        this.orders = orders;
    }

    /** Both orders, whichever is wanted: one that was left alone holds what the pair would sell, and goes first. */
    @Override
    public void place(LivePosition position, Level level, Decision decision) {
        Quantity size = wanted(position);
        if (size == null || position.closes().areHeld()) {
            return;
        }
        if (!position.protection().isGone()) {
            takeOff(position, decision);
            return;
        }
        ClientOrderId stop = orders.placing(position, Level.STOP, size, decision);
        ClientOrderId target = orders.placing(position, Level.TARGET, size, decision);
        decision.ask(new Call.PlacePair(
                stop,
                target,
                position.symbol(),
                position.direction(),
                size,
                position.orderAt(Level.STOP).trigger(),
                position.orderAt(Level.TARGET).trigger()));
    }

    /** What an entry still brings is protected together with what it brought, so that its parts do not move the pair each. */
    @Override
    public void move(LivePosition position, Level level, Decision decision) {
        ProtectiveOrder order = position.orderAt(level);
        if (!order.isLive() || books.rules().observe()) {
            return;
        }
        Quantity wanted = wanted(position);
        boolean fits = wanted == null ? books.isDust(position) : order.isOf(wanted.value()) || isEntering(position);
        if (position.closes().areHeld() || !order.isInPlace() || !fits) {
            takeOff(position, decision);
        }
    }

    /**
     * What is held and not being sold. A close whose answer was lost and that the exchange does not know has hardly come:
     * the pair protects what it was to sell while its absence is proven.
     */
    private @Nullable Quantity wanted(LivePosition position) {
        BigDecimal free = books.closesOf(position).stream()
                .filter(close -> !(close.state() instanceof OrderState.Unconfirmed && close.isDenied()))
                .map(LiveOrder::openQuantity)
                .reduce(position.quantity(), BigDecimal::subtract);
        return books.markets().sellable(position, free);
    }

    private boolean isEntering(LivePosition position) {
        return books.openInFlight(books.positions().place(position.symbol(), position.direction())) != null;
    }

    private void takeOff(LivePosition position, Decision decision) {
        for (Level level : Level.values()) {
            if (position.orderAt(level).isLive()) {
                orders.takeOff(position, level, decision);
            }
        }
        orders.lookAgain(position, decision);
    }

    @Override
    public void rests(LivePosition position, Level level, Decision decision) {
        move(position, level, decision);
    }

    @Override
    public void resized(LivePosition position, Decision decision) {
        if (!position.protection().isGone()) {
            move(position, Level.STOP, decision);
            move(position, Level.TARGET, decision);
        } else if (!books.isLeftAlone(position)) {
            // What a close left over.
            place(position, Level.STOP, decision);
        }
    }

    /** What a pair holds is its own: it gives no place to another. */
    @Override
    public void makeRoom(Decision decision) {}
}
