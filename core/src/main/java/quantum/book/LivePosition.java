package quantum.book;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed.Reason;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.position.ExitDefaults;
import quantum.position.ExitPlan;
import quantum.position.ExitRules;
import quantum.position.PositionEvent;
import quantum.position.PositionLifecycle;
import quantum.position.PositionState;
import quantum.position.RoundTrip;
import quantum.protection.ProtectiveOrder;
import quantum.record.Entry;
import quantum.record.Kept;
import quantum.record.PlanRows;
import quantum.venue.Call.Level;

/**
 * One life of a position, from its first fill to its {@code trade.closed}. The epoch names the position, so that a late
 * close or an old stop cannot be taken for one of a re-entry.
 */
public final class LivePosition implements Kept {

    /** What does not change in the life of a position. */
    public record Birth(
            String epoch,
            Symbol symbol,
            Direction direction,
            int leverage,
            @Nullable String intentId,
            Instant openedAt,
            RoundTrip.@Nullable Found found) {}

    /** In an epoch: the life of what an order still executed after the life of its first part was settled. */
    public static final String REST = "+";

    private Birth birth;
    private final Protection protection;
    private PositionState state = new PositionState.Held();
    private BigDecimal quantity;
    private Price entryPrice;
    private final ExitProgress progress;
    private final Closes closes = new Closes();
    private final Heard heard = new Heard();
    private int exitAttempt;
    private final Set<OrderId> entryOrders = new LinkedHashSet<>();
    private final Set<Reason> noticedExits = EnumSet.noneOf(Reason.class);
    private final Map<OrderId, Reason> exitReasons = new LinkedHashMap<>();
    private long touchedNanos;
    private @Nullable Long readNanos;
    private @Nullable LiveIntent update;

    public LivePosition(Birth birth, Quantity quantity, Price entryPrice, ExitPlan plan, long nanos) {
        this(
                birth,
                quantity,
                entryPrice,
                new ExitProgress(birth.direction(), plan, entryPrice, quantity.value()),
                Protection.none(birth.epoch(), plan, nanos),
                nanos);
    }

    private LivePosition(
            Birth birth,
            Quantity quantity,
            Price entryPrice,
            ExitProgress progress,
            Protection protection,
            long nanos) {
        this.birth = birth;
        this.protection = protection;
        this.quantity = quantity.value();
        this.entryPrice = entryPrice;
        this.progress = progress;
        this.touchedNanos = nanos;
        this.readNanos = birth.found() == null ? null : nanos;
    }

    public String epoch() {
        return birth.epoch();
    }

    public Birth birth() {
        return birth;
    }

    public Symbol symbol() {
        return birth.symbol();
    }

    public Direction direction() {
        return birth.direction();
    }

    public PositionState state() {
        return state;
    }

    public void on(PositionEvent event) {
        state = PositionLifecycle.next(state, event);
    }

    /** Something is held, or nothing that is believed says otherwise. */
    public boolean isOpen() {
        return state.isOpen();
    }

    public boolean isClosed() {
        return state instanceof PositionState.Closed;
    }

    public boolean isAdopted() {
        return birth.found() != null;
    }

    /** What was traded before it began is of its order's first part. */
    public boolean isRest() {
        return birth.epoch().contains(REST);
    }

    public BigDecimal quantity() {
        return quantity;
    }

    public Price entryPrice() {
        return entryPrice;
    }

    public ExitProgress progress() {
        return progress;
    }

    public ExitPlan plan() {
        return progress.plan();
    }

    public void replan(ExitPlan next) {
        progress.replan(next);
    }

    /** When it has lasted long enough, by exchange time; null if it may last. */
    @Nullable
    public Instant deadline() {
        Duration longest = plan().watch().maxTime();
        return longest.isZero() ? null : birth.openedAt().plus(longest);
    }

    /** Why it ends when its order at this level fires. */
    public Reason reasonOf(Level level) {
        return level == Level.STOP ? ExitRules.stopReason(plan()) : Reason.TP;
    }

    public Protection protection() {
        return protection;
    }

    public ProtectiveOrder orderAt(Level level) {
        return protection.at(level);
    }

    public boolean isProtected() {
        return protection.isProtected();
    }

    /** The mean entry moves with it; levels stay where they are (docs/decisions/0003). */
    public void enlarge(Quantity by, BigDecimal notional, long nanos) {
        BigDecimal worth = entryPrice.value().multiply(quantity).add(notional);
        quantity = quantity.add(by.value());
        entryPrice = Fill.mean(worth, new Quantity(quantity));
        progress.holds(quantity);
        touchedNanos = nanos;
        on(new PositionEvent.Executed());
    }

    /** What was found turns out to be ours: it is settled from its entry's own trades, fees and all (INV-28). */
    public void claimedBy(@Nullable String intentId, Instant sentAt) {
        birth = new Birth(birth.epoch(), birth.symbol(), birth.direction(), birth.leverage(), intentId, sentAt, null);
        progress.holds(quantity);
    }

    /** Its trades are added up from the first of these on. */
    public void openedBy(OrderId order) {
        entryOrders.add(order);
    }

    /** Orders that enlarged another position, as their trades tell. */
    public void openedByOthers(Set<OrderId> orders) {
        entryOrders.removeAll(orders);
    }

    /** Reduces what is held; what would go below zero is cut off, and true is returned for it. */
    public boolean reduce(BigDecimal by, long nanos) {
        touchedNanos = nanos;
        on(new PositionEvent.Reduced());
        boolean crossed = by.compareTo(quantity) > 0;
        quantity = crossed ? BigDecimal.ZERO : quantity.subtract(by);
        return crossed;
    }

    /** A reading is believed: quantity and entry are the exchange's, all else stays ours (INC-I01). */
    public void hold(Quantity exchangeQuantity, Price exchangeEntry, long nanos) {
        quantity = exchangeQuantity.value();
        entryPrice = exchangeEntry;
        progress.holds(quantity);
        touchedNanos = nanos;
        readNanos = nanos;
        on(new PositionEvent.Shown());
    }

    /** True the first time that a reason to close this position is noticed in observe mode. */
    public boolean noticeExit(Reason reason) {
        return noticedExits.add(reason);
    }

    /** By the exchange's order id. The one whose trade closed the last part gives the reason of the end. */
    public void endedBy(OrderId order, Reason reason) {
        exitReasons.put(order, reason);
    }

    public Map<OrderId, Reason> exitReasons() {
        return exitReasons;
    }

    public Set<OrderId> entryOrders() {
        return entryOrders;
    }

    /** Nothing is held any more; what that came to is the exchange's trades to say. */
    public void end(@Nullable Reason known, long nanos, @Nullable Instant at) {
        on(new PositionEvent.Gone(known, at));
        touchedNanos = nanos;
        quantity = BigDecimal.ZERO;
    }

    /** It had ended, and this event says that it goes on. */
    public void resume(PositionEvent event, Quantity held, BigDecimal notional, long nanos) {
        on(event);
        quantity = held.value();
        entryPrice = Fill.mean(notional, held);
        progress.holds(quantity);
        touchedNanos = nanos;
        readNanos = nanos;
        protection.nakedFrom(nanos);
    }

    /** Whether its end was not believed yet, by exchange time. */
    public boolean isBeforeEnd(Instant time) {
        Instant at = endedAt();
        return at == null || !time.isAfter(at);
    }

    /** When its end was believed, by exchange time; null while it goes on. */
    @Nullable
    public Instant endedAt() {
        PositionState.End end = state.end();
        return end == null ? null : end.at();
    }

    @Nullable
    public Reason endReason() {
        PositionState.End end = state.end();
        return end == null ? null : end.reason();
    }

    public Closes closes() {
        return closes;
    }

    public Heard heard() {
        return heard;
    }

    /** How many exits the desk decided on by itself. */
    public int exitAttempt() {
        return exitAttempt;
    }

    /** Recorded, so that no close after a restart has the id of one before. */
    public int nextExitAttempt() {
        return ++exitAttempt;
    }

    /** When what is held was last set here: a reading that was asked for before is no news. */
    public long touchedNanos() {
        return touchedNanos;
    }

    /** Whether a reading of the positions has set what it holds since then. */
    public boolean isReadSince(long nanos) {
        return readNanos != null && readNanos - nanos >= 0;
    }

    /** When the question left whose answer did not show what is held; null where nothing that is newer speaks for an end. */
    @Nullable
    public Long doubtedSince() {
        return state instanceof PositionState.Doubted(long askedNanos) ? askedNanos : null;
    }

    /** The intent whose levels are on their way to the exchange; one at a time, null for none. */
    @Nullable
    public LiveIntent update() {
        return update;
    }

    public void setUpdate(@Nullable LiveIntent intent) {
        update = intent;
    }

    @Override
    public String rowName() {
        return "position " + epoch();
    }

    @Override
    public Entry.PositionRow toRow() {
        Map<String, String> reasons = new LinkedHashMap<>();
        exitReasons.forEach((order, reason) -> reasons.put(order.value(), reason.name()));
        List<String> entries = new ArrayList<>();
        entryOrders.forEach(order -> entries.add(order.value()));
        RoundTrip.Found found = birth.found();
        return new Entry.PositionRow(
                birth.epoch(),
                birth.symbol().name(),
                birth.direction().name(),
                quantity,
                entryPrice.value(),
                birth.leverage(),
                birth.intentId(),
                birth.openedAt(),
                state.row(),
                PlanRows.of(plan()),
                progress.extremes().high().value(),
                progress.extremes().low().value(),
                protection.at(Level.STOP).attempt(),
                protection.at(Level.TARGET).attempt(),
                exitAttempt,
                found == null ? null : found.quantity().value(),
                entries,
                reasons,
                progress.toRow(),
                endedAt(),
                found == null ? null : found.entryPrice().value());
    }

    /** A position as the ledger knew it; its resting orders are unknown until the exchange lists them. */
    public static LivePosition restored(Entry.PositionRow row, ExitDefaults defaults, long nanos) {
        Price entry = new Price(row.entryPrice());
        ExitPlan plan = PlanRows.plan(row, defaults);
        Direction direction = Direction.valueOf(row.direction());
        BigDecimal foundQuantity = row.foundQuantity();
        Price foundPrice = row.foundPrice() == null ? entry : new Price(row.foundPrice());
        Birth birth = new Birth(
                row.epoch(),
                new Symbol(row.symbol()),
                direction,
                row.leverage(),
                row.intentId(),
                row.openedAt(),
                foundQuantity == null ? null : new RoundTrip.Found(new Quantity(foundQuantity), foundPrice));
        // A quantity is above zero; what is held is set below.
        Quantity held = new Quantity(row.quantity().signum() > 0 ? row.quantity() : BigDecimal.ONE);
        LivePosition position = new LivePosition(
                birth,
                held,
                entry,
                new ExitProgress(direction, plan, row),
                Protection.restored(row, plan, nanos),
                nanos);
        position.state = PositionState.of(row.state(), row.endedAt());
        position.quantity = row.quantity();
        position.exitAttempt = row.exitAttempt();
        row.entryOrders().forEach(id -> position.entryOrders.add(new OrderId(id)));
        row.exitReasons().forEach((id, reason) -> position.exitReasons.put(new OrderId(id), Reason.valueOf(reason)));
        return position;
    }
}
