package quantum.trader.loop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.market.Balance;
import quantum.market.Contract;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.LotRule;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.trader.loop.ToySpotExchange.Message;
import quantum.trader.loop.ToySpotExchange.Request;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.Load;
import quantum.venue.Moment;
import quantum.venue.OrderUpdate;
import quantum.venue.Session;
import quantum.venue.Urgency;
import quantum.venue.VenueEvent;

/**
 * A second venue by the port alone: one coin, nothing borrowed, orders in pairs. What it holds of ours is what our own
 * orders bought; the coins that were there before are somebody's savings, and the desk never hears of them.
 */
final class ToySpot implements Session<Message, Request> {

    static final Symbol SYMBOL = new Symbol("COINUSD");

    private record Asked(Call call, long nanos) {}

    private final Map<Long, Asked> asked = new LinkedHashMap<>();
    private final List<Call.Trade> trades = new ArrayList<>();
    private final Map<ClientOrderId, Call.PlacePair> resting = new LinkedHashMap<>();
    private final Map<ClientOrderId, OrderUpdate> filled = new LinkedHashMap<>();
    /** What our orders bought and did not sell yet, and at what price the last of it. */
    private BigDecimal held = BigDecimal.ZERO;

    private Price entry = Price.of("100");
    private Price price = entry;
    private @Nullable Instant exchangeNow;
    private long exchangeNanos;
    private long count;

    @Override
    public Output<Request> start(Moment now) {
        return new Output<>(List.of(new Request(0, "hello", Map.of())), List.of());
    }

    @Override
    public Urgency urgency(Message message) {
        return message.kind().equals("price") ? Urgency.PRICE : Urgency.ACCOUNT;
    }

    @Override
    public @Nullable Instant exchangeTime(long nanos) {
        return exchangeNow == null ? null : exchangeNow.plusNanos(nanos - exchangeNanos);
    }

    @Override
    public Load load() {
        return new Load(count, 1_000_000);
    }

    @Override
    public Output<Request> call(Call call, Moment now) {
        Request request = request(count + 1, call);
        if (request == null) {
            return new Output<>(List.of(), List.of(known(call, now)));
        }
        count++;
        asked.put(request.id(), new Asked(call, now.nanos()));
        return new Output<>(List.of(request), List.of());
    }

    private @Nullable Request request(long id, Call call) {
        return switch (call) {
            case Call.Open open -> new Request(id, "order", order(open.id(), open.side(), open.quantity()));
            case Call.Close close -> new Request(id, "order", order(close.id(), close.side(), close.quantity()));
            case Call.PlacePair pair -> {
                resting.put(pair.stopId(), pair);
                resting.put(pair.targetId(), pair);
                yield new Request(id, "pair", pair(pair));
            }
            case Call.CancelConditional cancel ->
                new Request(id, "cancel", Map.of("id", cancel.id().value()));
            case Call.ReadAccount _ -> new Request(id, "cash", Map.of());
            default -> null;
        };
    }

    private static Map<String, String> pair(Call.PlacePair pair) {
        String stop = pair.stopId() + " at " + pair.stop();
        String target = pair.targetId() + " at " + pair.target();
        return Map.of(
                "STOP", stop, "TARGET", target, "quantity", pair.quantity().toString());
    }

    private static Map<String, String> order(ClientOrderId id, Side side, Quantity quantity) {
        return Map.of("id", id.value(), "side", side.name(), "quantity", quantity.toString());
    }

    /** What the session knows without asking: the account trades by these orders alone. */
    private VenueEvent known(Call call, Moment now) {
        return switch (call) {
            case Call.ReadPositions _ -> positions(now.nanos());
            case Call.ReadConditionals _ ->
                new VenueEvent.ConditionalsRead(
                        resting.keySet().stream().map(this::resting).toList(), now.nanos());
            case Call.QueryOrder ask -> new VenueEvent.OrderQueried(ask.id(), found(filled.get(ask.id())));
            case Call.QueryConditional ask ->
                new VenueEvent.ConditionalQueried(
                        ask.id(), found(resting.containsKey(ask.id()) ? resting(ask.id()) : null));
            case Call.ReadTrades read -> new VenueEvent.TradesRead(read.symbol(), List.copyOf(trades), now.nanos());
            case Call.ReadOrders read -> new VenueEvent.OrdersRead(read.symbol(), List.of());
            case Call.ReadRules _ -> rules(now.nanos());
            default -> VenueEvent.notSent(call, "there is none here");
        };
    }

    private static <T> Answer<T> found(@Nullable T known) {
        return known == null
                ? new Answer.Denied<>(1, "no such order", Answer.Cause.UNKNOWN_ORDER)
                : new Answer.Accepted<>(known);
    }

    @Override
    public Output<Request> input(Message message, Moment now) {
        List<VenueEvent> events = switch (message.kind()) {
            case "hello" -> hello(message, now);
            case "price" -> {
                price = Price.of(message.field("price"));
                yield List.of(new VenueEvent.Marked(Map.of(SYMBOL, price), now.exchange()));
            }
            case "traded" -> List.of(traded(message, now));
            case "stop" -> List.of(stop(message));
            case "answer" -> List.of(answer(message, now));
            default -> List.of(new VenueEvent.Unread(message.kind(), message.toString()));
        };
        return new Output<>(List.of(), events);
    }

    private List<VenueEvent> hello(Message message, Moment now) {
        exchangeNow = Instant.parse(message.field("time"));
        exchangeNanos = now.nanos();
        price = Price.of(message.field("price"));
        List<Balance> cash = List.of(cash(message));
        return List.of(
                rules(now.nanos()),
                new VenueEvent.AccountRead(cash, Set.of(), now.nanos()),
                positions(now.nanos()),
                new VenueEvent.ConditionalsRead(List.of(), now.nanos()),
                new VenueEvent.Marked(Map.of(SYMBOL, price), exchangeNow),
                new VenueEvent.Ready(new VenueEvent.SelfTest(exchangeNow, 0, 1, cash, "toy"), false));
    }

    private static Balance cash(Message message) {
        return new Balance("USD", new BigDecimal(message.field("cash")), new BigDecimal(message.field("cash")));
    }

    private static VenueEvent rules(long nanos) {
        LotRule lots = new LotRule(new BigDecimal("0.01"), new BigDecimal("1000"), new BigDecimal("0.01"));
        Instrument.PriceRule prices =
                new Instrument.PriceRule(new BigDecimal("0.01"), BigDecimal.ZERO, BigDecimal.ZERO);
        return new VenueEvent.InstrumentsRead(
                List.of(new Instrument(
                        SYMBOL, true, new Contract.Coin("COIN", "USD"), prices, lots, lots, new BigDecimal("5"))),
                nanos);
    }

    private VenueEvent positions(long askedNanos) {
        return new VenueEvent.PositionsRead(
                held.signum() == 0
                        ? List.of()
                        : List.of(
                                new VenueEvent.Held(SYMBOL, Direction.LONG, new Quantity(held), entry, price, null, 1)),
                askedNanos);
    }

    private VenueEvent traded(Message message, Moment now) {
        ClientOrderId id = new ClientOrderId(message.field("id"));
        Call.Trade trade = new Call.Trade(
                new OrderId(message.field("order")),
                trades.size() + 1L,
                Side.valueOf(message.field("side")),
                null,
                Price.of(message.field("price")),
                Quantity.of(message.field("quantity")),
                new BigDecimal(message.field("fee")),
                now.exchange());
        trades.add(trade);
        held = held.add(trade.changeOf(Direction.LONG));
        entry = trade.side() == Side.BUY ? trade.price() : entry;
        OrderUpdate.Executed executed =
                new OrderUpdate.Executed(trade.quantity().value(), trade.price(), trade.fee());
        OrderUpdate update = new OrderUpdate(
                SYMBOL, id, trade.orderId(), trade.side(), OrderUpdate.Status.FILLED, executed, trade.time());
        filled.put(id, update);
        return new VenueEvent.OrderChanged(update);
    }

    private VenueEvent stop(Message message) {
        ClientOrderId id = new ClientOrderId(message.field("id"));
        Call.PlacePair pair = resting.remove(id);
        String order = message.fields().get("order");
        return pair == null
                ? new VenueEvent.Unread("stop", message.toString())
                : new VenueEvent.ConditionalChanged(rest(
                        pair,
                        id,
                        order == null ? ConditionalUpdate.Status.CANCELED : ConditionalUpdate.Status.TRIGGERED,
                        order == null ? null : new OrderId(order)));
    }

    private ConditionalUpdate resting(ClientOrderId id) {
        return rest(Objects.requireNonNull(resting.get(id)), id, ConditionalUpdate.Status.NEW, null);
    }

    private static ConditionalUpdate rest(
            Call.PlacePair pair, ClientOrderId id, ConditionalUpdate.Status status, @Nullable OrderId order) {
        boolean stop = id.equals(pair.stopId());
        Call.Level level = stop ? Call.Level.STOP : Call.Level.TARGET;
        Price trigger = stop ? pair.stop() : pair.target();
        ConditionalUpdate.Shape shape =
                new ConditionalUpdate.Shape(Side.SELL, pair.direction(), level, pair.quantity());
        return new ConditionalUpdate(SYMBOL, id, "s" + id, status, trigger, order, null, shape);
    }

    private VenueEvent answer(Message message, Moment now) {
        Asked of = asked.remove(message.id());
        String refusal = message.fields().get("refused");
        if (of == null) {
            return new VenueEvent.Unread("answer", message.toString());
        }
        return refusal == null ? taken(of, message, now) : refused(of.call(), refusal);
    }

    private VenueEvent taken(Asked of, Message message, Moment now) {
        return switch (of.call()) {
            case Call.Open open -> placed(open.id(), open.side(), message, now);
            case Call.Close close -> placed(close.id(), close.side(), message, now);
            case Call.PlacePair pair -> {
                VenueEvent.Pair answer = new VenueEvent.Pair(resting(pair.stopId()), resting(pair.targetId()));
                yield new VenueEvent.PairAnswered(pair.stopId(), pair.targetId(), new Answer.Accepted<>(answer));
            }
            case Call.CancelConditional cancel ->
                new VenueEvent.ConditionalCancelled(cancel.id(), new Answer.Accepted<>(cancel.id()));
            case Call.ReadAccount _ -> new VenueEvent.AccountRead(List.of(cash(message)), Set.of(), of.nanos());
            default -> VenueEvent.notSent(of.call(), "not told");
        };
    }

    private static VenueEvent placed(ClientOrderId id, Side side, Message message, Moment now) {
        return new VenueEvent.OrderAnswered(
                id,
                new Answer.Accepted<>(new OrderUpdate(
                        SYMBOL,
                        id,
                        new OrderId(message.field("order")),
                        side,
                        OrderUpdate.Status.NEW,
                        OrderUpdate.Executed.NOTHING,
                        now.exchange())));
    }

    private VenueEvent refused(Call call, String words) {
        return switch (call) {
            case Call.Open _, Call.Close _ ->
                new VenueEvent.OrderAnswered(Objects.requireNonNull(call.sends()), denied(words));
            case Call.PlacePair pair -> {
                resting.keySet().removeAll(List.of(pair.stopId(), pair.targetId()));
                yield new VenueEvent.PairAnswered(pair.stopId(), pair.targetId(), denied(words));
            }
            case Call.CancelConditional cancel ->
                new VenueEvent.ConditionalCancelled(cancel.id(), found((ClientOrderId) null));
            default -> VenueEvent.notSent(call, words);
        };
    }

    private static <T> Answer<T> denied(String words) {
        return new Answer.Denied<>(2, words, Answer.Cause.MARGIN);
    }
}
