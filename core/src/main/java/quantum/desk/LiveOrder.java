package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed.Reason;
import quantum.intent.Levels;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.Denial;
import quantum.order.Fill;
import quantum.order.OrderEvent;
import quantum.order.OrderId;
import quantum.order.OrderLifecycle;
import quantum.order.OrderState;
import quantum.order.Purpose;
import quantum.record.Entry;
import quantum.record.PlanRows;

/** An order whose ending is not known yet, or whose fill still has consequences. */
final class LiveOrder implements Turn.Kept {

    /** What an order is for; fixed when it is decided. */
    record Task(
            ClientOrderId id, Symbol symbol, Side side, Purpose purpose, Quantity quantity, int leverage, Cause cause) {
        /** Of the position that it opens or closes. */
        Direction direction() {
            Direction opened = Direction.opened(side);
            return purpose == Purpose.OPEN ? opened : opened.opposite();
        }
    }

    /** Why it exists: an intent, a life of a position, or both; the reason if it ends a position. */
    record Cause(
            @Nullable String intentId,
            @Nullable String epoch,
            @Nullable Reason exitReason,
            Levels levels,
            @Nullable Price reference) {}

    private final Task task;
    private final Instant sentAt;
    private final long decidedNanos;
    private OrderState state = new OrderState.Pending();
    private int polls;
    private boolean sizeKnown = true;
    private boolean pendingReported;
    private boolean awaitingReport;
    private long firstAbsentNanos;
    private boolean seenAbsent;
    private long absentSinceNanos;
    private boolean absentTwice;
    private final boolean restored;
    private Instant mayArriveFrom;
    private long endedNanos;

    LiveOrder(Task task, Turn turn) {
        this.task = task;
        this.sentAt = turn.now().exchange();
        this.mayArriveFrom = sentAt;
        this.restored = false;
        this.decidedNanos = turn.now().nanos();
    }

    /**
     * Whether and when a restored order left is not known: it may have left a moment before the process that decided it
     * ended. Later ones never send it, so the first restart counts.
     */
    private LiveOrder(Task task, Entry.OrderRow row, OrderState state, Turn turn) {
        this.task = task;
        this.sentAt = row.sentAt();
        this.mayArriveFrom =
                Objects.requireNonNullElse(row.mayArriveFrom(), turn.now().exchange());
        this.restored = true;
        this.decidedNanos = turn.now().nanos();
        this.endedNanos = turn.now().nanos();
        this.state = state;
    }

    ClientOrderId id() {
        return task.id();
    }

    Task task() {
        return task;
    }

    OrderState state() {
        return state;
    }

    /** The exchange's time at the decision. */
    Instant sentAt() {
        return sentAt;
    }

    long decidedNanos() {
        return decidedNanos;
    }

    /** Applies what was learned; true if the state changed. */
    boolean learn(OrderEvent event) {
        OrderState before = state;
        state = OrderLifecycle.next(state, event);
        return !state.equals(before);
    }

    /** Its quantity is what was seen executed, because an earlier life decided on it and left no record. */
    void sizeIsUnknown() {
        sizeKnown = false;
    }

    boolean isSizeKnown() {
        return sizeKnown;
    }

    int countPoll() {
        return ++polls;
    }

    boolean pendingReported() {
        return pendingReported;
    }

    void setPendingReported() {
        pendingReported = true;
    }

    boolean awaitingReport() {
        return awaitingReport;
    }

    void setAwaitingReport(boolean value) {
        awaitingReport = value;
    }

    /** True for one that an earlier life of the process decided on. */
    boolean isRestored() {
        return restored;
    }

    /** The exchange did not know it just now; true once it said so twice, at least 3 s apart. */
    boolean absentTwice(long nanos) {
        if (!seenAbsent) {
            seenAbsent = true;
            firstAbsentNanos = nanos;
        } else if (!absentTwice && nanos - firstAbsentNanos >= 3_000_000_000L) {
            absentTwice = true;
            absentSinceNanos = nanos;
        }
        return absentTwice;
    }

    /** True if the exchange had denied knowing it twice when a question left at that time. */
    boolean absentTwiceBefore(long askedNanos) {
        return absentTwice && askedNanos - absentSinceNanos >= 0;
    }

    /** It left for the network, perhaps long after it was decided. */
    void leftAt(Instant exchangeTime) {
        mayArriveFrom = exchangeTime;
    }

    /** The latest time at which it may have left; the exchange may take it from then on for a receive window. */
    Instant mayArriveFrom() {
        return mayArriveFrom;
    }

    void endedAt(long nanos) {
        endedNanos = nanos;
    }

    /** How long it has been over; zero while it is not. */
    Duration endedFor(long nowNanos) {
        return state.isFinal() ? Duration.ofNanos(nowNanos - endedNanos) : Duration.ZERO;
    }

    /** Time since the decision, in the seeds' form: seconds with one decimal. */
    String elapsed(long nowNanos) {
        long tenths = Duration.ofNanos(nowNanos - decidedNanos).toMillis() / 100;
        return String.format(Locale.ROOT, "%d.%ds", tenths / 10, tenths % 10);
    }

    BigDecimal filledQuantity() {
        Fill fill = state.fill();
        return fill == null ? BigDecimal.ZERO : fill.quantity().value();
    }

    /** What may still be executed. */
    BigDecimal openQuantity() {
        return state.isFinal() ? BigDecimal.ZERO : task.quantity().value().subtract(filledQuantity());
    }

    @Override
    public String rowName() {
        return "order " + id();
    }

    @Override
    public Entry.OrderRow toRow() {
        Fill fill = state.fill();
        OrderId orderId = state.orderId();
        Reason reason = task.cause().exitReason();
        return new Entry.OrderRow(
                task.id().value(),
                task.symbol().name(),
                task.side().name(),
                task.purpose().name(),
                task.quantity().value(),
                task.leverage(),
                task.cause().intentId(),
                task.cause().epoch(),
                reason == null ? null : reason.name(),
                // A recorded call without an outcome may have left: it is asked about, never sent again.
                state instanceof OrderState.Pending
                        ? "Submitted"
                        : state.getClass().getSimpleName(),
                orderId == null ? null : orderId.value(),
                fill == null ? null : fill.price().value(),
                fill == null ? null : fill.quantity().value(),
                fill == null ? null : fill.fee(),
                state instanceof OrderState.Rejected(Denial denial) ? denial.code() + " " + denial.text() : null,
                sentAt,
                restored ? mayArriveFrom : null,
                PlanRows.of(task.cause().levels()));
    }

    static LiveOrder restored(Entry.OrderRow row, Turn turn) {
        Cause cause = new Cause(
                row.intentId(),
                row.epoch(),
                row.exitReason() == null ? null : Reason.valueOf(row.exitReason()),
                PlanRows.levels(row.plan()),
                null);
        Task task = new Task(
                new ClientOrderId(row.clientOrderId()),
                new Symbol(row.symbol()),
                Side.valueOf(row.side()),
                Purpose.valueOf(row.purpose()),
                new Quantity(row.quantity()),
                row.leverage(),
                cause);
        return new LiveOrder(task, row, stateOf(row), turn);
    }

    private static OrderState stateOf(Entry.OrderRow row) {
        Fill fill = row.fillPrice() == null || row.fillQuantity() == null
                ? null
                : new Fill(new Price(row.fillPrice()), new Quantity(row.fillQuantity()), row.fee());
        OrderId id = row.orderId() == null ? null : new OrderId(row.orderId());
        if (id == null) {
            return "Rejected".equals(row.state())
                    ? new OrderState.Rejected(Denial.denied(0, row.denial() == null ? "" : row.denial()))
                    : new OrderState.Unconfirmed();
        }
        if ("Ended".equals(row.state())) {
            return new OrderState.Ended(id, OrderState.Ending.EXPIRED, fill);
        }
        if (fill == null) {
            return new OrderState.Working(id);
        }
        return "Filled".equals(row.state()) ? new OrderState.Filled(id, fill) : new OrderState.PartlyFilled(id, fill);
    }
}
