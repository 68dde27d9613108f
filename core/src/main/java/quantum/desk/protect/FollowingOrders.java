package quantum.desk.protect;

import java.time.Duration;
import java.util.Comparator;
import java.util.Objects;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.book.Protection;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.market.ProtectionForm;
import quantum.market.Quantity;
import quantum.order.ClientOrderId;
import quantum.protection.ProtectiveOrder;
import quantum.venue.Call;
import quantum.venue.Call.Level;

/**
 * A stop and a target beside each other that follow the position whatever its size. The stop moves over a bridge, the
 * target by itself; where another hand's order holds the place, ours rests by quantity beside it (X-F5).
 */
final class FollowingOrders implements Placement {

    /** What is laid with others in one moment is answered by one list. */
    private static final Duration TOGETHER = Duration.ofMillis(20);

    private final Books books;
    private final RestingOrders orders;
    private final Bridging bridging;

    FollowingOrders(Books books, RestingOrders orders, Bridging bridging) {
        this.books = books;
        this.orders = orders;
        this.bridging = bridging;
    }

    /** Stops come first: a target without a place is guarded by the watch (binance-usdm 4.7). */
    @Override
    public void place(LivePosition position, Level level, Decision decision) {
        if (level == Level.TARGET && !books.slots().hasTargetPlace()) {
            return;
        }
        Quantity size = position.protection().beside(level) == null ? null : new Quantity(position.quantity());
        ClientOrderId id = orders.placing(position, level, size, decision);
        decision.ask(new Call.PlaceConditional(
                id,
                position.symbol(),
                position.direction(),
                level,
                position.orderAt(level).trigger(),
                size));
        if (level == Level.STOP && books.slots().isOverfull()) {
            makeRoom(decision);
        }
    }

    /** The latest target gives its place to a stop; the watch guards its level. */
    @Override
    public void makeRoom(Decision decision) {
        books.positions().all().stream()
                .filter(position -> books.form(position) == ProtectionForm.FOLLOWING
                        && position.orderAt(Level.TARGET).isLive())
                .max(Comparator.comparing(
                                (LivePosition position) -> position.birth().openedAt())
                        .thenComparing(LivePosition::epoch))
                .ifPresent(position -> orders.takeOff(position, Level.TARGET, decision));
    }

    @Override
    public void move(LivePosition position, Level level, Decision decision) {
        ProtectiveOrder order = position.orderAt(level);
        if (books.isInPlace(position, level)
                || !order.isLive()
                || books.rules().observe()
                || (level == Level.STOP
                        && position.protection().isBridgePausing(books.rules().guarding(), decision.now()))) {
            return;
        }
        if (level == Level.TARGET || !bridging.lay(position, decision)) {
            orders.takeOff(position, level, decision);
        }
    }

    /** By quantity: the next list names the order beside it, or takes off what nobody remembers. */
    @Override
    public void rests(LivePosition position, Level level, Decision decision) {
        if (position.orderAt(level).size() == null) {
            position.protection().besideOf(level, null);
            position.protection().hasPlace(level);
            return;
        }
        Protection.Beside beside =
                Objects.requireNonNullElse(position.protection().beside(level), new Protection.Beside(null, 0));
        position.protection().besideOf(level, beside);
        if (beside.other() == null) {
            decision.wake(Timer.Kind.RESTS, "", TOGETHER);
        }
    }

    /** An order by quantity goes along. */
    @Override
    public void resized(LivePosition position, Decision decision) {
        for (Level level : Level.values()) {
            if (position.protection().beside(level) != null) {
                move(position, level, decision);
            }
        }
    }
}
