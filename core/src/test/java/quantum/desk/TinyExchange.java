package quantum.desk;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.position.PositionMode;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.Moment;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Executed;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/**
 * An exchange that answers late, loses answers, refuses, fills in parts, tells things twice and loses frames, all by
 * one seed. Its books are exact; what it says comes back as events at a time.
 */
class TinyExchange {

    /** An event on its way to the desk. */
    record Coming(long atNanos, long order, VenueEvent event) {}

    private static final BigDecimal FEE = new BigDecimal("0.0004");
    private static final BigDecimal RATE = new BigDecimal("0.0001");

    /** What is held: positive for a long. */
    record Position(BigDecimal signed, BigDecimal entry) {}

    /** Where at most one position is; the direction is absent in one-way mode. */
    private record Place(Symbol symbol, @Nullable Direction direction) {}

    private final Map<Place, Position> positions = new LinkedHashMap<>();
    final Map<ClientOrderId, Call.PlaceConditional> resting = new LinkedHashMap<>();
    final PriorityQueue<Coming> coming =
            new PriorityQueue<>(Comparator.comparingLong(Coming::atNanos).thenComparingLong(Coming::order));
    final Map<ClientOrderId, TinyOrder> orders = new HashMap<>();
    private final List<Call.Trade> trades = new ArrayList<>();
    private final List<Symbol> tradeSymbols = new ArrayList<>();
    private final List<Call.Payment> payments = new ArrayList<>();
    final Map<ClientOrderId, ConditionalUpdate> ended = new HashMap<>();
    private final PositionMode mode;
    final Random random;
    final Supplier<Moment> clock;
    private final Map<Symbol, Price> marks;
    long count;
    private boolean faults = true;
    boolean reachable = true;

    TinyExchange(PositionMode mode, Random random, Supplier<Moment> clock, Map<Symbol, Price> marks) {
        this.mode = mode;
        this.random = random;
        this.clock = clock;
        this.marks = marks;
    }

    /** From now on it answers everything at once and truly, so that all can come to rest. */
    void calm() {
        faults = false;
        reachable = true;
    }

    void setReachable(boolean value) {
        reachable = value;
    }

    boolean chance(int percent) {
        return faults && random.nextInt(100) < percent;
    }

    void later(VenueEvent event) {
        long delay = Duration.ofMillis(1 + random.nextInt(faults ? 300 : 20)).toNanos();
        coming.add(new Coming(clock.get().nanos() + delay, count++, event));
    }

    void stream(VenueEvent event) {
        if (!chance(8)) {
            later(event);
        }
        if (chance(10)) {
            later(event);
        }
    }

    void call(Call call) {
        switch (call) {
            case Call.Open open -> submit(open.id(), open.symbol(), open.side(), open.quantity(), false);
            case Call.Close close -> submit(close.id(), close.symbol(), close.side(), close.quantity(), true);
            case Call.CancelOpen cancel -> later(new VenueEvent.OpenCancelled(cancel.id(), take(cancel.id())));
            case Call.PlaceConditional rest -> later(new VenueEvent.ConditionalAnswered(rest.id(), place(rest)));
            case Call.PlacePair _ -> throw new IllegalStateException("futures have no pairs");
            case Call.CancelConditional cancel ->
                later(new VenueEvent.ConditionalCancelled(cancel.id(), cancel(cancel.id())));
            case Call.QueryOrder ask -> later(new VenueEvent.OrderQueried(ask.id(), lookUp(ask)));
            case Call.QueryConditional ask -> later(new VenueEvent.ConditionalQueried(ask.id(), lookUpRest(ask.id())));
            case Call.ReadPositions _,
                    Call.ReadAccount _,
                    Call.ReadConditionals _,
                    Call.ReadOrders _,
                    Call.ReadTrades _,
                    Call.ReadIncome _ -> later(read(call));
            case Call.ReadRules _ -> throw new IllegalStateException("every symbol is listed");
        }
    }

    private VenueEvent read(Call call) {
        long asked = clock.get().nanos();
        if (!reachable || chance(10)) {
            return new VenueEvent.ReadFailed(call, "timeout");
        }
        return switch (call) {
            case Call.ReadPositions _ -> reading(asked);
            case Call.ReadConditionals _ -> new VenueEvent.ConditionalsRead(rests(), asked);
            case Call.ReadTrades(Symbol symbol, var since) ->
                new VenueEvent.TradesRead(
                        symbol,
                        java.util.stream.IntStream.range(0, trades.size())
                                .filter(i -> tradeSymbols.get(i).equals(symbol))
                                .mapToObj(trades::get)
                                .filter(t -> !t.time().isBefore(since))
                                .toList(),
                        asked);
            case Call.ReadIncome income -> new VenueEvent.IncomeRead(income, List.copyOf(payments), asked);
            case Call.ReadOrders(Symbol symbol) -> new VenueEvent.OrdersRead(symbol, List.of());
            default -> new VenueEvent.AccountRead(List.of(DeskRig.balance("USDT", "100000")), Set.of(), asked);
        };
    }

    /** All that is held. */
    VenueEvent reading(long asked) {
        return new VenueEvent.PositionsRead(held(), asked);
    }

    private List<VenueEvent.Held> held() {
        List<VenueEvent.Held> held = new ArrayList<>();
        positions.forEach((place, p) -> {
            Symbol symbol = place.symbol();
            if (p.signed().signum() != 0) {
                held.add(new VenueEvent.Held(
                        symbol,
                        p.signed().signum() > 0 ? Direction.LONG : Direction.SHORT,
                        new Quantity(p.signed().abs()),
                        new Price(p.entry()),
                        mark(symbol),
                        null,
                        1));
            }
        });
        return held;
    }

    List<ConditionalUpdate> rests() {
        return resting.values().stream()
                .map(r -> told(r, ConditionalUpdate.Status.NEW, null))
                .toList();
    }

    void submit(ClientOrderId id, Symbol symbol, Side side, Quantity quantity, boolean reduceOnly) {
        if (!reachable || chance(5)) {
            later(new VenueEvent.OrderAnswered(
                    id, random.nextBoolean() ? new Answer.NotSent<>("down") : new Answer.NoAnswer<>("down")));
            return;
        }
        if (orders.containsKey(id)) {
            throw new IllegalStateException("sent twice: " + id);
        }
        Direction position = reduceOnly ? Direction.opened(side).opposite() : Direction.opened(side);
        BigDecimal signed = signed(symbol, position);
        boolean reduces = signed.signum() != 0 && (signed.signum() > 0) == (side == Side.SELL);
        if (reduceOnly && !reduces) {
            deny(id, -2022, Answer.Cause.NOTHING_TO_REDUCE);
        } else if (chance(8)) {
            Answer.Cause[] causes = {Answer.Cause.BUSY, Answer.Cause.MARGIN, Answer.Cause.RULES, Answer.Cause.OTHER};
            deny(id, -1000, causes[random.nextInt(causes.length)]);
        } else {
            BigDecimal most = reduceOnly ? quantity.value().min(signed.abs()) : quantity.value();
            TinyOrder order = new TinyOrder(
                    id,
                    symbol,
                    side,
                    position,
                    quantity.value(),
                    count++,
                    clock.get().exchange());
            orders.put(id, order);
            boolean lost = chance(10);
            if (random.nextBoolean()) {
                execute(order, most);
            } else {
                pendingMost.put(id, most);
            }
            later(new VenueEvent.OrderAnswered(
                    id, lost ? new Answer.NoAnswer<>("reset") : new Answer.Accepted<>(update(order))));
        }
    }

    final Map<ClientOrderId, BigDecimal> pendingMost = new LinkedHashMap<>();

    void deny(ClientOrderId id, int code, Answer.Cause cause) {
        later(new VenueEvent.OrderAnswered(id, new Answer.Denied<>(code, "no", cause)));
    }

    /** Some orders that wait are executed, in part or in full; some parts then expire. */
    void work() {
        for (Map.Entry<ClientOrderId, BigDecimal> entry : List.copyOf(pendingMost.entrySet())) {
            TinyOrder order = orders.get(entry.getKey());
            if (order != null && (!faults || random.nextInt(4) == 0)) {
                pendingMost.remove(entry.getKey());
                BigDecimal held = quantity(order.symbol, order.position);
                boolean closes =
                        order.id.value().startsWith("qc-") || order.id.value().startsWith("qx-");
                execute(order, closes ? entry.getValue().min(held) : entry.getValue());
            }
        }
    }

    private void execute(TinyOrder order, BigDecimal most) {
        BigDecimal part =
                chance(20) ? most.multiply(new BigDecimal("0.5")).setScale(3, java.math.RoundingMode.DOWN) : most;
        if (part.signum() > 0) {
            fill(order, part);
        }
        if (order.executed.compareTo(order.quantity) == 0) {
            order.status = Status.FILLED;
        } else if (part.compareTo(most) == 0 || random.nextBoolean()) {
            order.status = Status.EXPIRED;
        } else {
            order.status = order.executed.signum() > 0 ? Status.PARTIALLY_FILLED : Status.NEW;
            pendingMost.put(order.id, most.subtract(part));
        }
        stream(new VenueEvent.OrderChanged(update(order)));
    }

    void fill(TinyOrder order, BigDecimal amount) {
        Price price = mark(order.symbol);
        order.changed = clock.get().exchange();
        order.executed = order.executed.add(amount);
        order.worth = order.worth.add(amount.multiply(price.value()));
        Place place = place(order.symbol, order.position);
        BigDecimal before = signed(order.symbol, order.position);
        BigDecimal after = order.side == Side.BUY ? before.add(amount) : before.subtract(amount);
        Position old = positions.get(place);
        boolean grows = before.signum() == 0 || after.abs().compareTo(before.abs()) > 0;
        BigDecimal entry = old == null || before.signum() == 0
                ? price.value()
                : grows
                        ? old.entry()
                                .multiply(before.abs())
                                .add(price.value().multiply(amount))
                                .divide(after.abs(), MathContext.DECIMAL32)
                        : old.entry();
        positions.put(place, new Position(after, entry));
        trades.add(new Call.Trade(
                order.orderId,
                count++,
                order.side,
                place.direction(),
                price,
                new Quantity(amount),
                amount.multiply(price.value()).multiply(FEE),
                clock.get().exchange()));
        tradeSymbols.add(order.symbol);
    }

    OrderUpdate update(TinyOrder order) {
        Executed executed = order.executed.signum() == 0
                ? Executed.NOTHING
                : new Executed(
                        order.executed, new Price(order.worth.divide(order.executed, MathContext.DECIMAL32)), null);
        return new OrderUpdate(
                order.symbol, order.id, order.orderId, order.side, order.status, executed, order.changed);
    }

    private Answer<OrderUpdate> lookUp(Call.QueryOrder ask) {
        TinyOrder order = orders.values().stream()
                .filter(o -> o.orderId.equals(ask.orderId()))
                .findFirst()
                .orElse(orders.get(ask.id()));
        if (!reachable || chance(10)) {
            return new Answer.NoAnswer<>("timeout");
        }
        return order == null
                ? new Answer.Denied<>(-2013, "no such order", Answer.Cause.UNKNOWN_ORDER)
                : new Answer.Accepted<>(update(order));
    }

    private Answer<ConditionalUpdate> place(Call.PlaceConditional rest) {
        boolean passed = passed(rest);
        boolean doubled = resting.values().stream()
                .anyMatch(r -> r.symbol().equals(rest.symbol())
                        && mode.joins(r.direction(), rest.direction())
                        && r.level() == rest.level());
        if (!reachable || chance(4)) {
            return random.nextBoolean() ? new Answer.NotSent<>("down") : new Answer.NoAnswer<>("down");
        } else if (passed) {
            return new Answer.Denied<>(-2021, "would trigger", Answer.Cause.LEVEL_PASSED);
        } else if (doubled) {
            return new Answer.Denied<>(-4130, "exists", Answer.Cause.ALREADY_RESTING);
        } else if (chance(8)) {
            return new Answer.Denied<>(-1000, "no", Answer.Cause.OTHER);
        }
        resting.put(rest.id(), rest);
        return chance(5)
                ? new Answer.NoAnswer<>("reset")
                : new Answer.Accepted<>(told(rest, ConditionalUpdate.Status.NEW, null));
    }

    /** What is said of a resting order. */
    ConditionalUpdate told(Call.PlaceConditional rest, ConditionalUpdate.Status status, @Nullable OrderId triggered) {
        return Replies.conditional(rest, status, triggered);
    }

    boolean passed(Call.PlaceConditional rest) {
        Price mark = mark(rest.symbol());
        boolean stop = rest.level() == Call.Level.STOP;
        return stop
                ? !rest.direction().gains(rest.trigger(), mark)
                : !rest.direction().gains(mark, rest.trigger());
    }

    Answer<ClientOrderId> cancel(ClientOrderId id) {
        if (!reachable || chance(5)) {
            return new Answer.NoAnswer<>("down");
        }
        Call.PlaceConditional rest = resting.remove(id);
        if (rest == null) {
            return new Answer.Denied<>(-2011, "unknown", Answer.Cause.UNKNOWN_ORDER);
        }
        end(rest, ConditionalUpdate.Status.CANCELED, null);
        return new Answer.Accepted<>(id);
    }

    /** What of an order is not executed is taken off the book. */
    private Answer<ClientOrderId> take(ClientOrderId id) {
        if (!reachable || chance(5)) {
            return new Answer.NoAnswer<>("down");
        }
        TinyOrder order = orders.get(id);
        if (order == null || pendingMost.remove(id) == null) {
            return new Answer.Denied<>(-2011, "unknown", Answer.Cause.UNKNOWN_ORDER);
        }
        order.status = Status.CANCELED;
        order.changed = clock.get().exchange();
        stream(new VenueEvent.OrderChanged(update(order)));
        return new Answer.Accepted<>(id);
    }

    void end(Call.PlaceConditional rest, ConditionalUpdate.Status status, @Nullable OrderId triggered) {
        ConditionalUpdate update = told(rest, status, triggered);
        ended.put(rest.id(), update);
        stream(new VenueEvent.ConditionalChanged(update));
    }

    Answer<ConditionalUpdate> lookUpRest(ClientOrderId id) {
        if (!reachable || chance(5)) {
            return new Answer.NoAnswer<>("down");
        }
        Call.PlaceConditional rest = resting.get(id);
        ConditionalUpdate over = ended.get(id);
        if (rest != null) {
            return new Answer.Accepted<>(told(rest, ConditionalUpdate.Status.NEW, null));
        }
        return over == null
                ? new Answer.Denied<>(-2013, "unknown", Answer.Cause.UNKNOWN_ORDER)
                : new Answer.Accepted<>(over);
    }

    /** Resting orders whose level the mark has passed close what is held. */
    void trigger() {
        for (Call.PlaceConditional rest : List.copyOf(resting.values())) {
            if (passed(rest) && !chance(20)) {
                resting.remove(rest.id());
                BigDecimal held = quantity(rest.symbol(), rest.direction());
                TinyOrder order = new TinyOrder(
                        rest.id(),
                        rest.symbol(),
                        rest.direction().exit(),
                        rest.direction(),
                        held,
                        count++,
                        clock.get().exchange());
                end(rest, ConditionalUpdate.Status.TRIGGERED, order.orderId);
                if (held.signum() > 0) {
                    orders.put(rest.id(), order);
                    fill(order, held);
                    order.status = Status.FILLED;
                    stream(new VenueEvent.OrderChanged(update(order)));
                }
                end(rest, ConditionalUpdate.Status.FINISHED, order.orderId);
            } else if (chance(1) && random.nextInt(10) == 0) {
                resting.remove(rest.id());
                end(rest, ConditionalUpdate.Status.EXPIRED, null);
            }
        }
    }

    /** Somebody trades by hand on the same account. */
    void byHand(Symbol symbol, Side side, String quantity) {
        TinyOrder order = new TinyOrder(
                new ClientOrderId("web_" + count),
                symbol,
                side,
                Direction.opened(side),
                new BigDecimal(quantity),
                count++,
                clock.get().exchange());
        orders.put(order.id, order);
        fill(order, order.quantity);
        order.status = Status.FILLED;
        stream(new VenueEvent.OrderChanged(update(order)));
    }

    /** Whoever is long in a symbol pays whoever is short. */
    void fund(Symbol symbol) {
        positions.forEach((place, position) -> {
            if (place.symbol().equals(symbol) && position.signed().signum() != 0) {
                BigDecimal amount = position.signed()
                        .multiply(mark(symbol).value())
                        .multiply(RATE)
                        .negate();
                payments.add(new Call.Payment(symbol, amount, clock.get().exchange()));
                stream(new VenueEvent.FundingSettled(symbol, clock.get().exchange()));
            }
        });
    }

    List<Call.Payment> payments() {
        return payments;
    }

    private Place place(Symbol symbol, Direction direction) {
        return new Place(symbol, mode == PositionMode.ONE_WAY ? null : direction);
    }

    /** What is held of a direction; zero where the other is held in one-way mode. */
    BigDecimal quantity(Symbol symbol, Direction direction) {
        BigDecimal signed = signed(symbol, direction);
        return signed.signum() == direction.sign() ? signed.abs() : BigDecimal.ZERO;
    }

    private BigDecimal signed(Symbol symbol, Direction direction) {
        Position position = positions.get(place(symbol, direction));
        return position == null ? BigDecimal.ZERO : position.signed();
    }

    Collection<Call.PlaceConditional> restingOrders() {
        return resting.values();
    }

    Price mark(Symbol symbol) {
        Price mark = marks.get(symbol);
        return mark == null ? Price.of("100") : mark;
    }
}
