package quantum.book;

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
import quantum.record.Kept;
import quantum.record.PlanRows;
import quantum.venue.Moment;

/** An order whose ending is not known yet, or whose fill still has consequences. */
public final class LiveOrder implements Kept {

    /** What an order is for; fixed when it is decided. */
    public record Task(
            ClientOrderId id, Symbol symbol, Side side, Purpose purpose, Quantity quantity, int leverage, Cause cause) {
        /** Of the position that it opens or closes. */
        public Direction direction() {
            Direction opened = Direction.opened(side);
            return purpose == Purpose.OPEN ? opened : opened.opposite();
        }
    }

    /**
     * Why it exists: an intent, a life of a position, or both; the reason if it ends a position. {@code reference} is
     * the price that was decided on, from which slippage counts; a restart does not know it.
     */
    public record Cause(
            @Nullable String intentId,
            @Nullable String epoch,
            @Nullable Reason exitReason,
            Levels levels,
            @Nullable Price reference) {}

    private Task task;
    /** By exchange time, so that it holds over a restart. */
    private final Instant sentAt;
    /** By monotonic time; of a restored order the restart. */
    private final long decidedNanos;

    private OrderState state = new OrderState.Pending();
    private int polls;
    private boolean sizeKnown = true;
    /** From then on a reading of the positions may have counted what it executed. */
    private boolean pendingReported;
    /** Executed, while its report waits for the ids of stop and target. */
    private boolean awaitingReport;

    private @Nullable Reason unwanted;
    // The two denials that INV-40 asks for: when the first came, and since when both are there.
    private long firstAbsentNanos;
    private boolean seenAbsent;
    private long absentSinceNanos;
    private boolean absentTwice;
    private final boolean restored;
    private Instant mayArriveFrom;
    private long endedNanos;

    /** Decided now. Until {@link #leftAt} says when it leaves, it counts as having left at once. */
    public LiveOrder(Task task, Moment now) {
        this.task = task;
        this.sentAt = now.exchange();
        this.mayArriveFrom = sentAt;
        this.restored = false;
        this.decidedNanos = now.nanos();
    }

    /**
     * Whether and when a restored order left is not known: it may have left a moment before the process that decided it
     * ended. Later ones never send it, so the first restart counts.
     */
    private LiveOrder(Task task, Entry.OrderRow row, OrderState state, Moment now) {
        this.task = task;
        this.sentAt = row.sentAt();
        this.mayArriveFrom = Objects.requireNonNullElse(row.mayArriveFrom(), now.exchange());
        this.restored = true;
        this.decidedNanos = now.nanos();
        this.endedNanos = now.nanos();
        this.state = state;
    }

    public ClientOrderId id() {
        return task.id();
    }

    public Task task() {
        return task;
    }

    public OrderState state() {
        return state;
    }

    /** The exchange's time at the decision. */
    public Instant sentAt() {
        return sentAt;
    }

    public long decidedNanos() {
        return decidedNanos;
    }

    /**
     * Applies what was learned; true if the state changed. Throws where the two contradict each other, as an execution
     * after a denial does.
     */
    public boolean learn(OrderEvent event) {
        OrderState before = state;
        state = OrderLifecycle.next(state, event);
        return !state.equals(before);
    }

    /** It was refused or proven absent, and the exchange has it all the same. */
    public void goOn(OrderEvent event) {
        state = OrderLifecycle.next(new OrderState.Unconfirmed(), event);
    }

    /** It has not left yet, and what it is to sell is less by now. */
    public void shrinkTo(Quantity less) {
        task = new Task(task.id(), task.symbol(), task.side(), task.purpose(), less, task.leverage(), task.cause());
    }

    /** Its quantity is what was seen executed, because an earlier life decided on it and left no record. */
    public void sizeIsUnknown() {
        sizeKnown = false;
    }

    public boolean isSizeKnown() {
        return sizeKnown;
    }

    public int countPoll() {
        return ++polls;
    }

    /** Its fill wait was over without a proof, if only in an earlier life of the process. */
    public boolean pendingReported() {
        return pendingReported;
    }

    public void setPendingReported() {
        pendingReported = true;
    }

    /** Why what it executes from now on is closed; null while it is wanted. Kept in its row: the close has its ending. */
    public @Nullable Reason unwanted() {
        return unwanted;
    }

    /** A close of all came while it was under way. */
    public void setUnwanted(Reason why) {
        unwanted = why;
    }

    public boolean awaitingReport() {
        return awaitingReport;
    }

    public void setAwaitingReport(boolean value) {
        awaitingReport = value;
    }

    /**
     * True for one that an earlier life of the process decided on. When it was decided, compared with what is held, is
     * not known then.
     */
    public boolean isRestored() {
        return restored;
    }

    /** The exchange did not know it just now; true once it said so twice, at least 3 s apart. */
    public boolean absentTwice(long nanos) {
        if (!seenAbsent) {
            seenAbsent = true;
            firstAbsentNanos = nanos;
        } else if (!absentTwice && nanos - firstAbsentNanos >= 3_000_000_000L) {
            absentTwice = true;
            absentSinceNanos = nanos;
        }
        return absentTwice;
    }

    /** The exchange was asked for it and did not know it, once at least. */
    public boolean isDenied() {
        return seenAbsent;
    }

    /**
     * True if the exchange had denied knowing it twice when a question left at that time. An older answer may not know
     * of it yet.
     */
    public boolean absentTwiceBefore(long askedNanos) {
        return absentTwice && askedNanos - absentSinceNanos >= 0;
    }

    /** It left for the network, perhaps long after it was decided. */
    public void leftAt(Instant exchangeTime) {
        mayArriveFrom = exchangeTime;
    }

    /** The latest time at which it may have left; the exchange may take it from then on for a receive window. */
    public Instant mayArriveFrom() {
        return mayArriveFrom;
    }

    /** When its end was known; late frames still find it for a while. */
    public void endedAt(long nanos) {
        endedNanos = nanos;
    }

    /** How long it has been over; zero while it is not. */
    public Duration endedFor(long nowNanos) {
        return state.isFinal() ? Duration.ofNanos(nowNanos - endedNanos) : Duration.ZERO;
    }

    /** Time since the decision, in the seeds' form: seconds with one decimal. */
    public String elapsed(long nowNanos) {
        long tenths = Duration.ofNanos(nowNanos - decidedNanos).toMillis() / 100;
        return String.format(Locale.ROOT, "%d.%ds", tenths / 10, tenths % 10);
    }

    /** Zero while no fill is proven. */
    public BigDecimal filledQuantity() {
        Fill fill = state.fill();
        return fill == null ? BigDecimal.ZERO : fill.quantity().value();
    }

    /** What may still be executed. An order without an answer counts in full, because it may have arrived (law 3). */
    public BigDecimal openQuantity() {
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
                PlanRows.of(task.cause().levels()),
                unwanted == null ? null : unwanted.name());
    }

    /**
     * As the ledger knew it. Its intent's levels come along: they are laid with its first fill, whenever that is
     * proven.
     */
    public static LiveOrder restored(Entry.OrderRow row, Moment now) {
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
        LiveOrder order = new LiveOrder(task, row, stateOf(row), now);
        order.unwanted = row.unwanted() == null ? null : Reason.valueOf(row.unwanted());
        return order;
    }

    /**
     * What a row proves. Without the exchange's id that is a denial, or nothing: then the exchange is asked, and the
     * order is never sent again. The kind of an ending is not recorded, because nothing that follows depends on it.
     */
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
        // The exchange had taken it; whether it executed anything since is asked.
        if (fill == null) {
            return new OrderState.Working(id);
        }
        return "Filled".equals(row.state()) ? new OrderState.Filled(id, fill) : new OrderState.PartlyFilled(id, fill);
    }
}
