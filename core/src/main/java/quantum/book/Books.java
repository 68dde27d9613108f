package quantum.book;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import quantum.guard.Guards;
import quantum.guard.Margin;
import quantum.market.Direction;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.order.Purpose;
import quantum.position.PositionState;
import quantum.protection.ProtectiveOrder;
import quantum.record.Entry;
import quantum.record.GuardRows;
import quantum.record.Kept;
import quantum.rules.Rules;
import quantum.venue.Call.Level;

/** Everything the desk knows, for its flows to share. Bounded: what has ended leaves, what is remembered has a limit. */
public final class Books implements Kept {

    private final Rules rules;
    private final Map<ClientOrderId, LiveOrder> orders = new LinkedHashMap<>();
    private final Set<LiveOrder> unfinished = new LinkedHashSet<>();
    private final Intents intents = new Intents();
    private final Markets markets = new Markets();
    private final Positions positions;
    private final Map<String, LivePosition> settling = new LinkedHashMap<>();
    private final Set<Positions.Place> reversing = new HashSet<>();
    private final UnclearPositions unclear = new UnclearPositions();
    private final ToldAmounts told;
    private final ConditionalSlots slots;

    private final Readiness readiness = new Readiness();
    private final Halts halts = new Halts();
    private final ExitCounts exits = new ExitCounts();
    private Guards guards = Guards.NONE;
    private Margin margin = Margin.UNKNOWN;

    public Books(Rules rules) {
        this.rules = rules;
        this.positions = new Positions(rules.positions());
        this.told = new ToldAmounts(positions);
        this.slots = new ConditionalSlots(rules.guarding().slots(), this::positionsSoon, this::restingBeside);
    }

    public Rules rules() {
        return rules;
    }

    public Intents intents() {
        return intents;
    }

    public Markets markets() {
        return markets;
    }

    /** What is held now. */
    public Positions positions() {
        return positions;
    }

    public UnclearPositions unclear() {
        return unclear;
    }

    public ToldAmounts told() {
        return told;
    }

    public ConditionalSlots slots() {
        return slots;
    }

    public Readiness readiness() {
        return readiness;
    }

    public Halts halts() {
        return halts;
    }

    public ExitCounts exits() {
        return exits;
    }

    public Guards guards() {
        return guards;
    }

    public void setGuards(Guards next) {
        guards = next;
    }

    public Margin margin() {
        return margin;
    }

    public void setMargin(Margin next) {
        margin = next;
    }

    /** A position is being reversed there: closed first, opened when that is proven. */
    public boolean isReversing(Positions.Place place) {
        return reversing.contains(place);
    }

    public void reverse(Positions.Place place) {
        reversing.add(place);
    }

    public void reversed(Positions.Place place) {
        reversing.remove(place);
    }

    /** Those whose end is not told, or of which something may still rest on the exchange. */
    public List<LivePosition> settling() {
        return List.copyOf(settling.values());
    }

    public void settle(LivePosition position) {
        settling.put(position.epoch(), position);
    }

    public void settled(LivePosition position) {
        settling.remove(position.epoch());
    }

    /** Those whose end is told and of which nothing rests any more. */
    public void forgetSettled() {
        settling.values()
                .removeIf(
                        position -> position.isClosed() && position.protection().isQuiet());
    }

    @Nullable
    public LiveOrder order(ClientOrderId id) {
        return orders.get(id);
    }

    public List<LiveOrder> orders() {
        return List.copyOf(orders.values());
    }

    public void forgetOrders(Predicate<LiveOrder> which) {
        orders.values().removeIf(which);
    }

    /** Of its own it keeps the guards. */
    @Override
    public String rowName() {
        return "guards";
    }

    @Override
    public Entry toRow() {
        return GuardRows.of(guards);
    }

    public void add(LiveOrder order) {
        orders.put(order.id(), order);
        unfinished.add(order);
    }

    /** The orders without a proven end; few, while those that are over are remembered for a minute. */
    public List<LiveOrder> unfinished() {
        unfinished.removeIf(order -> order.state().isFinal());
        return List.copyOf(unfinished);
    }

    /** Where the position is that an order opens or closes. */
    public Positions.Place place(LiveOrder order) {
        return positions.place(order.task().symbol(), order.task().direction());
    }

    @Nullable
    public LiveOrder openInFlight(Positions.Place place) {
        return unfinished().stream()
                .filter(o -> o.task().purpose() == Purpose.OPEN && place(o).equals(place))
                .findFirst()
                .orElse(null);
    }

    /** Positions that are held, and those that entries under way will make: each has a stop or needs one. */
    public int positionsSoon() {
        long opening = unfinished().stream()
                .filter(o -> o.task().purpose() == Purpose.OPEN && positions.at(place(o)) == null)
                .count();
        return positions.size() + Math.toIntExact(opening);
    }

    /** Targets, and stops of positions that ended, each of which takes a place of its own. */
    private int restingBeside() {
        long targets = allPositions().stream()
                .filter(position -> mayRest(position.orderAt(Level.TARGET)))
                .count();
        long leftStops = settling.values().stream()
                .filter(position -> mayRest(position.orderAt(Level.STOP)))
                .count();
        return Math.toIntExact(targets + leftStops);
    }

    private static boolean mayRest(ProtectiveOrder order) {
        return order.state() != ProtectiveOrder.State.GONE && order.state() != ProtectiveOrder.State.FIRING;
    }

    /** In observe mode every position is others' to protect, and one that was found may be by policy. */
    public boolean isLeftAlone(LivePosition position) {
        return rules.observe()
                || (position.isAdopted() && !rules.guarding().adoption().protect());
    }

    /** A position that ought to have a live stop and has none. */
    public boolean isNaked(LivePosition position) {
        return position.isOpen() && !position.isProtected() && !isLeftAlone(position);
    }

    /**
     * True for the stop of an ended position while a later position in its place has no live stop of its own, or while an open
     * of ours there has no fill yet: it may be all that the exchange closes that one by, so it is let go later (law 4).
     */
    public boolean protectsAnother(LivePosition ended, Level level) {
        if (level != Level.STOP || ended.isOpen()) {
            return false;
        }
        Positions.Place place = positions.place(ended.symbol(), ended.direction());
        LivePosition held = positions.at(place);
        LiveOrder opening = openInFlight(place);
        return (held != null && held.direction() == ended.direction() && isNaked(held))
                || (opening != null
                        && opening.state().fill() == null
                        && opening.task().direction() == ended.direction());
    }

    /** True for a resting order of a position that an open without an outcome may have begun before the ledger was lost. */
    public boolean mayBegin(ClientOrderId rest) {
        return unfinished().stream()
                .anyMatch(order -> order.task().purpose() == Purpose.OPEN
                        && rest.isRestOf(order.id().value()));
    }

    /**
     * True while an order of ours changes what is held, so that a reading of the positions cannot be merged. An open
     * whose fill wait is over without any fill known counts no more: if a position shows, it is protected.
     */
    public boolean isMoving(Positions.Place place) {
        return unfinished().stream()
                .anyMatch(o -> place(o).equals(place)
                        && !(o.pendingReported()
                                && o.task().purpose() == Purpose.OPEN
                                && o.state().fill() == null));
    }

    public List<LiveOrder> closesOf(LivePosition position) {
        return unfinished().stream()
                .filter(o -> o.task().purpose() == Purpose.CLOSE
                        && position.epoch().equals(o.task().cause().epoch()))
                .toList();
    }

    @Nullable
    public LiveOrder byOrderId(OrderId id) {
        return orders.values().stream()
                .filter(o -> id.equals(o.state().orderId()))
                .findFirst()
                .orElse(null);
    }

    public List<LivePosition> allPositions() {
        List<LivePosition> all = new ArrayList<>(positions.all());
        all.addAll(settling.values());
        return all;
    }

    @Nullable
    public LivePosition positionOf(String epoch) {
        return allPositions().stream()
                .filter(l -> l.epoch().equals(epoch))
                .findFirst()
                .orElse(null);
    }

    /** True for an order that was decided on to add to a position, and that was executed after all when that had ended. */
    public boolean wasToEnlarge(LivePosition position, LiveOrder order) {
        boolean isOlder = order.isRestored()
                // When it was decided is known by its position alone: another may have begun before the restart.
                ? position.epoch().equals(order.task().cause().epoch()) || mayHaveMade(position, order)
                : order.decidedNanos() - position.touchedNanos() <= 0;
        return isOlder
                && position.direction() == order.task().direction()
                && positions.place(position.symbol(), position.direction()).equals(place(order));
    }

    /** True for an order that was decided on before a position was found, which it may have made. */
    public static boolean mayHaveMade(LivePosition found, LiveOrder order) {
        return found.isAdopted() && !order.sentAt().isAfter(found.birth().openedAt());
    }

    /** A position that was taken for ended, while its trades say as the exchange does that it is held. */
    @Nullable
    public LivePosition heldAfterAll(Symbol symbol, Direction direction) {
        return settling.values().stream()
                .filter(l -> l.state() instanceof PositionState.Ended ended
                        && ended.heldByTrades()
                        && l.symbol().equals(symbol)
                        && l.direction() == direction)
                .findFirst()
                .orElse(null);
    }

    /** A position that an order opened and whose trades do not add up yet. */
    @Nullable
    public LivePosition unsettledOf(LiveOrder order, OrderId entry) {
        return settling.values().stream()
                .filter(l -> l.state() instanceof PositionState.Ended
                        && (l.entryOrders().contains(entry) || wasToEnlarge(l, order)))
                .findFirst()
                .orElse(null);
    }
}
