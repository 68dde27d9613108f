package quantum.trader.loop;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
 * A second venue by the port alone: an exchange of one coin, where nothing is borrowed and a stop sells. What it holds of ours
 * is what our own orders bought; coins that were there before are somebody's savings, and the desk never hears of them.
 */
final class ToySpot implements Session<Message, Request> {

    static final Symbol SYMBOL = new Symbol("COINUSD");

    private final Map<Long, Call> asked = new LinkedHashMap<>();
    private final Map<Long, Long> askedNanos = new LinkedHashMap<>();
    private final List<Call.Trade> trades = new ArrayList<>();
    private final Map<ClientOrderId, Call.PlaceConditional> resting = new LinkedHashMap<>();
    private final Map<ClientOrderId, OrderUpdate> filled = new LinkedHashMap<>();
    private Price price = Price.of("100");
    private @Nullable Instant exchangeNow;
    private long exchangeNanos;
    private long count;

    @Override
    public Output<Request> start(Moment now) {
        return new Output<>(List.of(new Request(0, "hello", Map.of())), List.of());
    }

    @Override
    public Urgency urgency(Message message) {
        return switch (message.kind()) {
            case "traded", "stop" -> Urgency.ACCOUNT;
            case "price" -> Urgency.PRICE;
            default -> Urgency.ANSWER;
        };
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
        asked.put(request.id(), call);
        askedNanos.put(request.id(), now.nanos());
        return new Output<>(List.of(request), List.of());
    }

    private @Nullable Request request(long id, Call call) {
        return switch (call) {
            case Call.Open open -> new Request(id, "order", order(open.id(), open.side(), open.quantity()));
            case Call.Close close -> new Request(id, "order", order(close.id(), close.side(), close.quantity()));
            case Call.PlaceConditional rest -> {
                resting.put(rest.id(), rest);
                yield new Request(id, "stop", stop(rest));
            }
            case Call.CancelConditional cancel ->
                new Request(id, "cancel", Map.of("id", cancel.id().value()));
            case Call.ReadAccount _ -> new Request(id, "cash", Map.of());
            default -> null;
        };
    }

    private Map<String, String> stop(Call.PlaceConditional rest) {
        BigDecimal quantity = rest.quantity() == null ? held() : rest.quantity().value();
        String level = rest.level().name();
        String trigger = rest.trigger().toString();
        return Map.of("id", rest.id().value(), "level", level, "trigger", trigger, "quantity", "" + quantity);
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
                        resting.values().stream()
                                .map(rest -> rest(rest, ConditionalUpdate.Status.NEW, null))
                                .toList(),
                        now.nanos());
            case Call.QueryOrder ask -> new VenueEvent.OrderQueried(ask.id(), found(filled.get(ask.id())));
            case Call.QueryConditional ask -> {
                Call.PlaceConditional rest = resting.get(ask.id());
                yield new VenueEvent.ConditionalQueried(
                        ask.id(), found(rest == null ? null : rest(rest, ConditionalUpdate.Status.NEW, null)));
            }
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
            case "answer" -> answer(message, now);
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
        BigDecimal amount = new BigDecimal(message.field("cash"));
        return new Balance("USD", amount, amount);
    }

    private static VenueEvent rules(long nanos) {
        LotRule lots = new LotRule(new BigDecimal("0.01"), new BigDecimal("1000"), new BigDecimal("0.01"));
        Instrument.PriceRule prices =
                new Instrument.PriceRule(new BigDecimal("0.01"), BigDecimal.ZERO, BigDecimal.ZERO);
        return new VenueEvent.InstrumentsRead(
                List.of(new Instrument(
                        SYMBOL, true, new Contract.Coin("USD"), prices, lots, lots, new BigDecimal("5"))),
                nanos);
    }

    /** What our orders bought and did not sell yet. */
    private BigDecimal held() {
        return trades.stream().map(trade -> trade.changeOf(Direction.LONG)).reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private VenueEvent positions(long askedNanos) {
        BigDecimal held = held();
        Price entry = trades.stream()
                .filter(trade -> trade.side() == Side.BUY)
                .map(Call.Trade::price)
                .reduce((_, last) -> last)
                .orElse(price);
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
        OrderUpdate.Executed executed =
                new OrderUpdate.Executed(trade.quantity().value(), trade.price(), trade.fee());
        OrderUpdate update = new OrderUpdate(
                SYMBOL, id, trade.orderId(), trade.side(), OrderUpdate.Status.FILLED, executed, trade.time());
        filled.put(id, update);
        return new VenueEvent.OrderChanged(update);
    }

    private VenueEvent stop(Message message) {
        ClientOrderId id = new ClientOrderId(message.field("id"));
        Call.PlaceConditional rest = resting.remove(id);
        String order = message.fields().get("order");
        return rest == null
                ? new VenueEvent.Unread("stop", message.toString())
                : new VenueEvent.ConditionalChanged(rest(
                        rest,
                        order == null ? ConditionalUpdate.Status.CANCELED : ConditionalUpdate.Status.TRIGGERED,
                        order == null ? null : new OrderId(order)));
    }

    private static ConditionalUpdate rest(
            Call.PlaceConditional rest, ConditionalUpdate.Status status, @Nullable OrderId order) {
        return new ConditionalUpdate(SYMBOL, rest.id(), "s" + rest.id(), status, rest.trigger(), order, null, null);
    }

    private List<VenueEvent> answer(Message message, Moment now) {
        Call call = asked.remove(message.id());
        Long nanos = askedNanos.remove(message.id());
        if (call == null || nanos == null) {
            return List.of(new VenueEvent.Unread("answer", message.toString()));
        }
        String refusal = message.fields().get("refused");
        return List.of(refusal == null ? taken(call, message, nanos, now) : refused(call, refusal));
    }

    private VenueEvent taken(Call call, Message message, long nanos, Moment now) {
        return switch (call) {
            case Call.Open open -> placed(open.id(), open.side(), message, now);
            case Call.Close close -> placed(close.id(), close.side(), message, now);
            case Call.PlaceConditional rest ->
                new VenueEvent.ConditionalAnswered(
                        rest.id(), new Answer.Accepted<>(rest(rest, ConditionalUpdate.Status.NEW, null)));
            case Call.CancelConditional cancel ->
                new VenueEvent.ConditionalCancelled(cancel.id(), new Answer.Accepted<>(cancel.id()));
            case Call.ReadAccount _ -> new VenueEvent.AccountRead(List.of(cash(message)), Set.of(), nanos);
            default -> VenueEvent.notSent(call, "not told");
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
            case Call.Open open -> new VenueEvent.OrderAnswered(open.id(), denied(words));
            case Call.Close close -> new VenueEvent.OrderAnswered(close.id(), denied(words));
            case Call.PlaceConditional rest -> {
                resting.remove(rest.id());
                yield new VenueEvent.ConditionalAnswered(rest.id(), denied(words));
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
