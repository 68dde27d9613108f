package quantum.cryptocom;

import java.math.BigDecimal;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.json.Malformed;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Call.Level;
import quantum.venue.ConditionalUpdate;
import quantum.venue.ConditionalUpdate.Status;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.ConditionalChanged;
import quantum.venue.VenueEvent.OrderChanged;

/**
 * One order of a pair, and what was heard of it. The target is an order on the book with executions of its own; the
 * stop becomes another order when it fires, and only that is executed (crypto-com 0.6). The same is heard over several
 * roads and in any order, so that a state never goes back and only what is new is published.
 */
final class Leg {

    /** The states of one that rests and holds coins. */
    static final Set<Status> LIVE = Set.of(Status.NEW, Status.TRIGGERING);

    private final ClientOrderId id;
    private final Symbol symbol;
    private final Level level;
    private Price trigger;
    private @Nullable Quantity quantity;
    private @Nullable OrderId orderId;
    /** Null until the exchange shows it. */
    private @Nullable Status status;
    /** The order that is executed: of the target itself, of a stop the one that it became. */
    private @Nullable OrderId child;

    private BigDecimal executed = BigDecimal.ZERO;
    private @Nullable String refusal;
    private boolean isBeingPlaced;

    /** One that is on its way: that it rests is the answer to placing it, and no news. */
    Leg(ClientOrderId id, Symbol symbol, Level level, Price trigger, Quantity quantity) {
        this.id = id;
        this.symbol = symbol;
        this.level = level;
        this.trigger = trigger;
        this.quantity = quantity;
        isBeingPlaced = true;
    }

    /** One that the exchange shows; what it says of itself is still to be heard. */
    Leg(OrderReport shown) {
        id = shown.clientId();
        symbol = shown.symbol();
        level = shown.isStop() ? Level.STOP : Level.TARGET;
        Price price = shown.level();
        if (price == null) {
            throw new Malformed("a conditional order without a level");
        }
        trigger = price;
    }

    ClientOrderId id() {
        return id;
    }

    Symbol symbol() {
        return symbol;
    }

    @Nullable
    OrderId orderId() {
        return orderId;
    }

    @Nullable
    OrderId child() {
        return child;
    }

    boolean isSeen() {
        return status != null;
    }

    /** Resting and untouched. */
    boolean rests() {
        return status == Status.NEW && executed.signum() == 0;
    }

    boolean isOver() {
        return status == Status.FINISHED
                || status == Status.CANCELED
                || status == Status.EXPIRED
                || status == Status.REJECTED;
    }

    boolean isRefused() {
        return status == Status.REJECTED;
    }

    /** It was executed, or is being executed: what remains to be known is how far. */
    boolean hasFired() {
        return status == Status.TRIGGERED || status == Status.FINISHED || executed.signum() > 0;
    }

    @Nullable
    String refusal() {
        return refusal;
    }

    void placed() {
        isBeingPlaced = false;
    }

    /** As it is known now; only of one that was seen. */
    ConditionalUpdate update() {
        Status known = status == null ? Status.NEW : status;
        ConditionalUpdate.Shape shape = new ConditionalUpdate.Shape(Side.SELL, Direction.LONG, level, quantity);
        String conditionalId = orderId == null ? id.value() : orderId.value();
        return new ConditionalUpdate(symbol, id, conditionalId, known, trigger, child, refusal, shape);
    }

    /** The exchange shows this leg, or the order that it became; {@code executions} says what is executed of it. */
    void hear(OrderReport row, Executions executions, Consumer<VenueEvent> publish) {
        if (!row.hasKnownStatus() || row.lacksItsPrice()) {
            return;
        }
        // A channel of ordinary orders may show the stop itself while it waits: what it becomes is no stop any more.
        boolean isChild = level == Level.STOP && !row.isAdvanced() && !row.isStop();
        if (!isChild) {
            learn(row);
        }
        if (row.isAdvanced() && (level == Level.STOP ? !row.isStop() : !row.isTarget())) {
            // The exchange took it for another order than the one that was asked for: it does not protect (ORIGIN 521).
            refusal = "it rests as " + row.type();
            to(Status.REJECTED, publish);
        } else if (isChild) {
            hearChild(row, executions, publish);
        } else if (level == Level.STOP) {
            hearStop(row, executions, publish);
        } else {
            hearTarget(row, executions, publish);
        }
    }

    private void learn(OrderReport row) {
        Price shown = row.level();
        trigger = shown == null ? trigger : shown;
        BigDecimal size = row.quantity();
        if (size != null && size.signum() > 0) {
            quantity = new Quantity(size);
        }
        if (row.isAdvanced() || orderId == null) {
            orderId = row.orderId();
        }
    }

    private void hearTarget(OrderReport row, Executions executions, Consumer<VenueEvent> publish) {
        BigDecimal shown = row.executed();
        if (row.isOver() && (shown == null || (row.status().equals("FILLED") && shown.signum() == 0))) {
            // How much it sold is asked of the ordinary order first.
            return;
        }
        BigDecimal done = shown == null ? BigDecimal.ZERO : shown;
        boolean isMore = done.compareTo(executed) > 0;
        if (isMore) {
            OrderId other = row.child();
            executed = done;
            child = child != null ? child : other != null ? other : row.orderId();
        }
        if (row.status().equals("FILLED")) {
            to(Status.TRIGGERED, publish);
        } else if (isMore && !isOver()) {
            status = Status.NEW;
            publish.accept(new ConditionalChanged(update()));
        } else if (row.isOpen()) {
            to(Status.NEW, publish);
        }
        if (isMore || (row.isOver() && !isOver() && executed.signum() > 0)) {
            publish.accept(new OrderChanged(ofThis(executions.update(row))));
        }
        switch (row.status()) {
            case "FILLED" -> to(Status.FINISHED, publish);
            case "CANCELED" -> to(Status.CANCELED, publish);
            case "EXPIRED" -> to(Status.EXPIRED, publish);
            case "REJECTED" -> refused(row, publish);
            default -> {}
        }
    }

    /** Under one id whichever road it came by: two ids would be two sales. */
    private OrderUpdate ofThis(OrderUpdate update) {
        return new OrderUpdate(
                update.symbol(),
                id,
                child == null ? update.orderId() : child,
                update.side(),
                update.status(),
                update.executed(),
                update.exchangeTime());
    }

    private void hearStop(OrderReport row, Executions executions, Consumer<VenueEvent> publish) {
        OrderId became = row.child();
        if (became != null) {
            fired(became, publish);
            if (row.status().equals("REJECTED")) {
                refused(row, publish);
            }
        } else if (row.isExecuted()) {
            hearChild(row, executions, publish);
        } else {
            switch (row.status()) {
                case "FILLED" -> to(Status.TRIGGERED, publish);
                case "CANCELED" -> to(Status.CANCELED, publish);
                case "EXPIRED" -> to(Status.EXPIRED, publish);
                case "REJECTED" -> refused(row, publish);
                default -> to(Status.NEW, publish);
            }
        }
    }

    /** The order that the stop became: its client id is the exchange's affair and is passed on as it is. */
    private void hearChild(OrderReport row, Executions executions, Consumer<VenueEvent> publish) {
        fired(row.orderId(), publish);
        OrderUpdate update = executions.update(row);
        boolean isNews = update.executed().quantity().compareTo(executed) > 0 || (row.isOver() && !isOver());
        executed = executed.max(update.executed().quantity());
        if (isNews) {
            publish.accept(new OrderChanged(update));
        }
        if (row.status().equals("REJECTED")) {
            refused(row, publish);
            publish.accept(new VenueEvent.TriggerRefused(symbol, String.valueOf(refusal)));
        } else if (row.isOver()) {
            to(Status.FINISHED, publish);
        }
    }

    private void fired(OrderId order, Consumer<VenueEvent> publish) {
        boolean isNews = child == null;
        child = isNews ? order : child;
        if (isNews && status == Status.TRIGGERED) {
            publish.accept(new ConditionalChanged(update()));
        } else {
            to(Status.TRIGGERED, publish);
        }
    }

    private void refused(OrderReport row, Consumer<VenueEvent> publish) {
        String words = row.refusal();
        refusal = words == null ? "rejected without a reason" : words;
        to(Status.REJECTED, publish);
    }

    private void to(Status next, Consumer<VenueEvent> publish) {
        boolean isBack = status == Status.TRIGGERED && (next == Status.NEW || next == Status.CANCELED);
        if (status == next || isOver() || isBack) {
            return;
        }
        status = next;
        if (!(isBeingPlaced && next == Status.NEW)) {
            publish.accept(new ConditionalChanged(update()));
        }
    }
}
