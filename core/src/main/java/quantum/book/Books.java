package quantum.book;

import java.math.BigDecimal;
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
import quantum.market.Instrument;
import quantum.market.ProtectionForm;
import quantum.market.Quantity;
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

/**
 * Everything the desk knows, for its flows to share. Bounded: what has ended leaves, what is remembered has a limit. It
 * decides nothing: where it depends on what was known before whether something is news, a method answers that, and the
 * desk acts on it.
 */
public final class Books implements Kept {

    private final Rules rules;
    /** Also those that are over, for a while: a late frame must still find its order. */
    private final Map<ClientOrderId, LiveOrder> orders = new LinkedHashMap<>();
    /** The few without a proven end, apart: every intent and every reading walks through them. */
    private final Set<LiveOrder> unfinished = new LinkedHashSet<>();

    private final Intents intents = new Intents();
    private final Markets markets = new Markets();
    private final Positions positions;
    /** By epoch. They are no more among what is held, and their orders may still rest. */
    private final Map<String, LivePosition> settling = new LinkedHashMap<>();
    /** Where a flip is under way, other opens are refused as SYMBOL_LOCKED. */
    private final Set<Positions.Place> reversing = new HashSet<>();

    private final UnclearPositions unclear = new UnclearPositions();
    private final ToldAmounts told;
    private final ConditionalSlots slots;

    private final Readiness readiness = new Readiness();
    private final Halts halts = new Halts();
    private final ExitCounts exits = new ExitCounts();
    // Values: a flow computes the next one and sets it as a whole.
    private Guards guards = Guards.NONE;
    private Margin margin = Margin.UNKNOWN;

    public Books(Rules rules) {
        this.rules = rules;
        this.positions = new Positions(rules.positions());
        this.told = new ToldAmounts(positions);
        // Asked for their counts at each question, because both change in between.
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

    /** Whoever sets them names the books as changed as well, so that they outlive the process (M20). */
    public void setGuards(Guards next) {
        guards = next;
    }

    public Margin margin() {
        return margin;
    }

    /** In memory alone: a restart reads the account, and reserves again what restored opens use. */
    public void setMargin(Margin next) {
        margin = next;
    }

    /** A position is being reversed there: closed first, opened when that is proven. */
    public boolean isReversing(Positions.Place place) {
        return reversing.contains(place);
    }

    /** From the close of the one side until the other is opened, or refused. */
    public void reverse(Positions.Place place) {
        reversing.add(place);
    }

    /** The other side was opened, refused or called off. */
    public void reversed(Positions.Place place) {
        reversing.remove(place);
    }

    /** Those whose end is not told, or of which something may still rest on the exchange. */
    public List<LivePosition> settling() {
        return List.copyOf(settling.values());
    }

    /** It has ended: from now on until its end is published and nothing of it can rest. */
    public void settle(LivePosition position) {
        settling.put(position.epoch(), position);
    }

    /** It goes on after all. */
    public void settled(LivePosition position) {
        settling.remove(position.epoch());
    }

    /** Those whose end is told, of which nothing rests any more, and of which no close may still be executed. */
    public void forgetSettled() {
        settling.values()
                .removeIf(position -> position.isClosed()
                        && position.protection().isQuiet()
                        && closesOf(position).isEmpty());
    }

    /** Null for one that nobody here sent, or that was over long ago. */
    @Nullable
    public LiveOrder order(ClientOrderId id) {
        return orders.get(id);
    }

    public List<LiveOrder> orders() {
        return List.copyOf(orders.values());
    }

    /** The ledger keeps them for ever; memory keeps what may still be spoken of. */
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

    /** From now on it is asked about until its end is proven. */
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

    /** An open there without a proven end: a second one beside it would enlarge the position unseen (INC-I63). */
    @Nullable
    public LiveOrder openInFlight(Positions.Place place) {
        return unfinished().stream()
                .filter(o -> o.task().purpose() == Purpose.OPEN && place(o).equals(place))
                .findFirst()
                .orElse(null);
    }

    /**
     * Positions that are held, and those that entries under way will make: each has a stop or needs one. Of opens that
     * come at once only as many are let through as the limit allows (INC-I56).
     */
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

    /** Also while its placing or its cancel has no answer: places are counted by the worse case. */
    private static boolean mayRest(ProtectiveOrder order) {
        return order.state() != ProtectiveOrder.State.GONE && order.state() != ProtectiveOrder.State.FIRING;
    }

    /** In observe mode every position is others' to protect, and one that was found may be by policy. */
    public boolean isLeftAlone(LivePosition position) {
        return rules.observe()
                || (position.isAdopted() && !rules.guarding().adoption().protect());
    }

    /** How what protects it rests; where the exchange lists no such symbol nothing can be placed by quantity. */
    public ProtectionForm form(LivePosition position) {
        return form(position.symbol());
    }

    /** The same of whatever is held in a symbol. */
    public ProtectionForm form(Symbol symbol) {
        Instrument known = markets.instrument(symbol);
        return known == null ? ProtectionForm.FOLLOWING : known.contract().protection();
    }

    /** Too little for any order: it has no stop and cannot be closed, until more is bought or it is worth more. */
    public boolean isDust(LivePosition position) {
        return position.quantity().signum() > 0 && markets.sellable(position, position.quantity()) == null;
    }

    /** Nothing that protects it holds what is to be sold, and none of it is being executed. */
    public boolean isFree(LivePosition position) {
        return position.protection().isGone()
                && closesOf(position).stream()
                        .noneMatch(close -> position.protection().levelOf(close.id()) != null);
    }

    /** Live where it should be, in the form that it should have. */
    public boolean isInPlace(LivePosition position, Level level) {
        Quantity most = markets.sellable(position, position.quantity());
        BigDecimal held = most == null ? position.quantity() : most.value();
        return position.protection().isInPlace(level, held, form(position));
    }

    /** One that ought to have a live stop and has none. What is left alone is shown as it is, and not counted. */
    public boolean isNaked(LivePosition position) {
        return position.isOpen() && !position.isProtected() && !isLeftAlone(position) && !isDust(position);
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

    /** Those on their way, of this position and no later one: together they never exceed it (INV-14). */
    public List<LiveOrder> closesOf(LivePosition position) {
        return unfinished().stream()
                .filter(o -> o.task().purpose() == Purpose.CLOSE
                        && position.epoch().equals(o.task().cause().epoch()))
                .toList();
    }

    /** By the exchange's id, for what comes under a client id that is not ours. */
    @Nullable
    public LiveOrder byOrderId(OrderId id) {
        return orders.values().stream()
                .filter(o -> id.equals(o.state().orderId()))
                .findFirst()
                .orElse(null);
    }

    /** What is held first, then what has ended and is not done with: its orders are still answered. */
    public List<LivePosition> allPositions() {
        List<LivePosition> all = new ArrayList<>(positions.all());
        all.addAll(settling.values());
        return all;
    }

    /** Null for one that is done with. A timer of it then comes to nothing. */
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

    /**
     * A position that was taken for ended, while its trades say as the exchange does that it is held. More had been
     * added than anybody heard of, and nothing protects it by now.
     */
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

    /**
     * A position that an order opened and whose trades do not add up yet. Once they add up and its end is published,
     * the rest of an order is another position.
     */
    @Nullable
    public LivePosition unsettledOf(LiveOrder order, OrderId entry) {
        return settling.values().stream()
                .filter(l -> l.state() instanceof PositionState.Ended
                        && (l.entryOrders().contains(entry) || wasToEnlarge(l, order)))
                .findFirst()
                .orElse(null);
    }
}
