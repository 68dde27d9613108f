package quantum.desk;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import quantum.market.Balance;
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
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/**
 * The same where coins are bought: a stop and a target rest as one pair that holds what it would sell, each order cancels
 * the other, and a target that is executed in part does so too. Nothing cuts a sale that is too large: it is refused, or
 * sells what somebody had before. Readings show one sum for all symbols, which are of one asset. An order without an answer
 * may be taken later, as long as it is valid.
 */
final class TinyCoins extends TinyExchange {

    static final String ASSET = "COIN";

    private final Map<ClientOrderId, ClientOrderId> partners = new HashMap<>();
    private final BigDecimal savings;

    TinyCoins(Random random, Supplier<Moment> clock, Map<Symbol, Price> marks) {
        super(PositionMode.ONE_WAY, random, clock, marks);
        savings = random.nextBoolean() ? new BigDecimal("1000") : BigDecimal.ZERO;
    }

    @Override
    VenueEvent reading(long asked) {
        BigDecimal all = DeskRig.SYMBOLS.stream()
                .map(symbol -> quantity(symbol, Direction.LONG).subtract(quantity(symbol, Direction.SHORT)))
                .reduce(savings, BigDecimal::add);
        return new VenueEvent.HoldingsRead(List.of(new Balance(ASSET, all, all)), asked);
    }

    @Override
    void call(Call call) {
        switch (call) {
            case Call.PlacePair pair -> later(new VenueEvent.PairAnswered(pair.stopId(), pair.targetId(), place(pair)));
            case Call.CancelConditional cancel ->
                after(cancel.id(), new VenueEvent.ConditionalCancelled(cancel.id(), cancel(cancel.id())));
            case Call.QueryConditional ask ->
                after(ask.id(), new VenueEvent.ConditionalQueried(ask.id(), lookUpRest(ask.id())));
            case Call.PlaceConditional rest -> throw new IllegalStateException("one order alone: " + rest);
            default -> super.call(call);
        }
    }

    /** What an order of a pair executed is told before anything that says what became of it. */
    private void after(ClientOrderId id, VenueEvent event) {
        long at =
                clock.get().nanos() + Duration.ofMillis(1 + random.nextInt(300)).toNanos();
        TinyOrder order = orders.get(id);
        if (order != null) {
            coming.add(new Coming(at, count++, new VenueEvent.OrderChanged(update(order))));
        }
        coming.add(new Coming(at, count++, event));
    }

    @Override
    void end(Call.PlaceConditional rest, ConditionalUpdate.Status status, @Nullable OrderId triggered) {
        ConditionalUpdate update = told(rest, status, triggered);
        ended.put(rest.id(), update);
        if (!chance(8)) {
            after(rest.id(), new VenueEvent.ConditionalChanged(update));
        }
    }

    /** What neither a pair holds nor a sale that waits. */
    private BigDecimal free(Symbol symbol) {
        BigDecimal selling = pendingMost.entrySet().stream()
                .filter(entry -> {
                    TinyOrder order = orders.get(entry.getKey());
                    return order != null && order.side == Side.SELL && order.symbol.equals(symbol);
                })
                .map(Map.Entry::getValue)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        return resting.values().stream()
                .filter(rest -> rest.symbol().equals(symbol)
                        && (rest.level() == Call.Level.STOP || !resting.containsKey(partner(rest))))
                .map(TinyCoins::size)
                .reduce(savings.add(quantity(symbol, Direction.LONG)).subtract(selling), BigDecimal::subtract);
    }

    private @Nullable ClientOrderId partner(Call.PlaceConditional rest) {
        return partners.get(rest.id());
    }

    private static BigDecimal size(Call.PlaceConditional rest) {
        return rest.quantity() == null ? BigDecimal.ZERO : rest.quantity().value();
    }

    private record Late(long atNanos, ClientOrderId id, Symbol symbol, Side side, Quantity quantity) {}

    private final List<Late> late = new ArrayList<>();

    @Override
    void submit(ClientOrderId id, Symbol symbol, Side side, Quantity quantity, boolean reduceOnly) {
        if (chance(3) && (side == Side.BUY || savings.signum() == 0)) {
            later(new VenueEvent.OrderAnswered(id, new Answer.NoAnswer<>("reset")));
            int delay = 300 + random.nextInt(reduceOnly ? 4600 : 1600);
            late.add(new Late(clock.get().nanos() + Duration.ofMillis(delay).toNanos(), id, symbol, side, quantity));
        } else {
            take(id, symbol, side, quantity, reduceOnly);
        }
    }

    @Override
    void work() {
        for (Late order : List.copyOf(late)) {
            if (clock.get().nanos() - order.atNanos() >= 0) {
                late.remove(order);
                take(order.id(), order.symbol(), order.side(), order.quantity(), order.side() == Side.SELL);
            }
        }
        super.work();
    }

    /** Of a step of 0.001, and worth 5 at least: no exchange takes less, not even to protect it. */
    static boolean isTooLittle(BigDecimal quantity, Price price) {
        return quantity.stripTrailingZeros().scale() > 3
                || quantity.multiply(price.value()).compareTo(new BigDecimal("5")) < 0;
    }

    private void take(ClientOrderId id, Symbol symbol, Side side, Quantity quantity, boolean reduceOnly) {
        if (isTooLittle(quantity.value(), mark(symbol))) {
            deny(id, 415, Answer.Cause.RULES);
        } else if (side == Side.SELL && free(symbol).compareTo(quantity.value()) < 0) {
            deny(id, 306, Answer.Cause.MARGIN);
        } else {
            super.submit(id, symbol, side, quantity, reduceOnly);
        }
    }

    private Answer<VenueEvent.Pair> place(Call.PlacePair pair) {
        Call.PlaceConditional stop = leg(pair, pair.stopId(), Call.Level.STOP, pair.stop());
        Call.PlaceConditional target = leg(pair, pair.targetId(), Call.Level.TARGET, pair.target());
        if (!reachable || chance(4)) {
            return random.nextBoolean() ? new Answer.NotSent<>("down") : new Answer.NoAnswer<>("down");
        } else if (passed(stop) || passed(target)) {
            return new Answer.Denied<>(50007, "passed", Answer.Cause.LEVEL_PASSED);
        } else if (isTooLittle(pair.quantity().value(), mark(pair.symbol()))) {
            return new Answer.Denied<>(415, "too little", Answer.Cause.RULES);
        } else if (free(pair.symbol()).compareTo(pair.quantity().value()) < 0) {
            return new Answer.Denied<>(306, "balance", Answer.Cause.MARGIN);
        } else if (chance(8)) {
            return new Answer.Denied<>(50001, "no", Answer.Cause.OTHER);
        }
        partners.put(stop.id(), target.id());
        partners.put(target.id(), stop.id());
        resting.put(stop.id(), stop);
        resting.put(target.id(), target);
        return chance(5)
                ? new Answer.NoAnswer<>("reset")
                : new Answer.Accepted<>(new VenueEvent.Pair(
                        told(stop, ConditionalUpdate.Status.NEW, null),
                        told(target, ConditionalUpdate.Status.NEW, null)));
    }

    private static Call.PlaceConditional leg(Call.PlacePair pair, ClientOrderId id, Call.Level level, Price trigger) {
        return new Call.PlaceConditional(id, pair.symbol(), pair.direction(), level, trigger, pair.quantity());
    }

    @Override
    ConditionalUpdate told(Call.PlaceConditional rest, ConditionalUpdate.Status status, @Nullable OrderId triggered) {
        ConditionalUpdate.Shape shape =
                new ConditionalUpdate.Shape(Side.SELL, rest.direction(), rest.level(), rest.quantity());
        return new ConditionalUpdate(
                rest.symbol(), rest.id(), "c" + rest.id(), status, rest.trigger(), triggered, null, shape);
    }

    @Override
    Answer<ClientOrderId> cancel(ClientOrderId id) {
        Answer<ClientOrderId> answer = super.cancel(id);
        if (answer instanceof Answer.Accepted) {
            endOrder(id);
            endPartner(id, ConditionalUpdate.Status.CANCELED);
        }
        return answer;
    }

    /** What of a target was executed before stays so. */
    private void endOrder(ClientOrderId id) {
        TinyOrder order = orders.get(id);
        if (order != null && order.status == Status.PARTIALLY_FILLED) {
            order.status = Status.CANCELED;
            order.changed = clock.get().exchange();
            stream(new VenueEvent.OrderChanged(update(order)));
        }
    }

    private void endPartner(ClientOrderId id, ConditionalUpdate.Status status) {
        ClientOrderId other = partners.get(id);
        Call.PlaceConditional rest = other == null ? null : resting.remove(other);
        if (rest != null) {
            endOrder(rest.id());
            end(rest, status, null);
        }
    }

    @Override
    void trigger() {
        for (Call.PlaceConditional rest : List.copyOf(resting.values())) {
            if (!resting.containsKey(rest.id())) {
                // Its partner was before it.
                continue;
            }
            if (passed(rest) && !chance(20)) {
                fire(rest);
            } else if (chance(1) && random.nextInt(10) == 0) {
                resting.remove(rest.id());
                endOrder(rest.id());
                end(rest, ConditionalUpdate.Status.EXPIRED, null);
                endPartner(rest.id(), ConditionalUpdate.Status.EXPIRED);
            }
        }
    }

    /** A target rests on the book: it may be executed in part, and what is left of it rests on alone. */
    private void fire(Call.PlaceConditional rest) {
        endPartner(rest.id(), ConditionalUpdate.Status.CANCELED);
        TinyOrder order = orders.computeIfAbsent(
                rest.id(),
                id -> new TinyOrder(
                        id,
                        rest.symbol(),
                        Side.SELL,
                        rest.direction(),
                        size(rest),
                        count++,
                        clock.get().exchange()));
        BigDecimal part = rest.level() == Call.Level.TARGET && chance(40)
                ? size(rest).multiply(new BigDecimal("0.4")).setScale(3, RoundingMode.DOWN)
                : size(rest);
        if (part.signum() > 0) {
            fill(order, part);
        }
        BigDecimal left = size(rest).subtract(part);
        if (left.signum() > 0) {
            order.status = Status.PARTIALLY_FILLED;
            Call.PlaceConditional smaller = new Call.PlaceConditional(
                    rest.id(), rest.symbol(), rest.direction(), rest.level(), rest.trigger(), new Quantity(left));
            resting.put(rest.id(), smaller);
            stream(new VenueEvent.ConditionalChanged(told(smaller, ConditionalUpdate.Status.NEW, order.orderId)));
            stream(new VenueEvent.OrderChanged(update(order)));
        } else {
            resting.remove(rest.id());
            order.status = Status.FILLED;
            end(rest, ConditionalUpdate.Status.TRIGGERED, order.orderId);
            stream(new VenueEvent.OrderChanged(update(order)));
            end(rest, ConditionalUpdate.Status.FINISHED, order.orderId);
        }
    }
}
