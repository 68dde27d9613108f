package quantum.desk;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.decision.Effect;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.OrderUpdate;
import quantum.venue.OrderUpdate.Executed;
import quantum.venue.OrderUpdate.Status;
import quantum.venue.VenueEvent;

/** The exchange's words, written by hand for one rig. */
final class Replies {

    private final DeskRig rig;
    final List<Call.Trade> trades = new ArrayList<>();
    final List<Call.Payment> payments = new ArrayList<>();

    Replies(DeskRig rig) {
        this.rig = rig;
    }

    OrderUpdate update(ClientOrderId id, Symbol symbol, Side side, Status status, String quantity, String price) {
        BigDecimal executed = new BigDecimal(quantity);
        return new OrderUpdate(
                symbol,
                id,
                orderId(id),
                side,
                status,
                executed.signum() == 0 ? Executed.NOTHING : new Executed(executed, Price.of(price), null),
                rig.now().exchange());
    }

    static OrderId orderId(ClientOrderId id) {
        return new OrderId(Integer.toUnsignedString(id.value().hashCode()));
    }

    OrderUpdate update(Call.Open open, Status status, String quantity, String price) {
        return update(open.id(), open.symbol(), open.side(), status, quantity, price);
    }

    OrderUpdate update(Call.Close close, Status status, String quantity, String price) {
        return update(close.id(), close.symbol(), close.side(), status, quantity, price);
    }

    /** The exchange took the latest open and says it is new. */
    Call.Open acknowledge() {
        Call.Open open = rig.last(Call.Open.class);
        answer(open.id(), new Answer.Accepted<>(update(open, Status.NEW, "0", "0")));
        return open;
    }

    /** The exchange executed the latest open at once, in full. */
    Call.Open fill(String price) {
        Call.Open open = acknowledge();
        stream(update(open, Status.FILLED, open.quantity().toString(), price));
        trade(open.id(), open.side(), open.quantity().toString(), price);
        return open;
    }

    /** The latest close is executed in full. */
    Call.Close fillClose(String price) {
        return fill(rig.last(Call.Close.class), price);
    }

    Call.Close fill(Call.Close close, String price) {
        trade(close.id(), close.side(), close.quantity().toString(), price);
        answer(
                close.id(),
                new Answer.Accepted<>(
                        update(close, Status.FILLED, close.quantity().toString(), price)));
        return close;
    }

    void trade(ClientOrderId id, Side side, String quantity, String price) {
        tradeAt(id, side, quantity, price, rig.now().exchange());
    }

    /** The same at a time of the exchange's own clock. */
    void tradeAt(ClientOrderId id, Side side, String quantity, String price, Instant at) {
        trades.add(new Call.Trade(
                orderId(id),
                trades.size(),
                side,
                null,
                Price.of(price),
                Quantity.of(quantity),
                new BigDecimal("0.01"),
                at));
    }

    /** The trades are read, and then what they do not tell, as far as it is asked for; strange orders are of a hand. */
    void trades(Symbol symbol) {
        int before = rig.effects.size();
        tradesAlone(symbol);
        for (Effect effect : List.copyOf(rig.effects.subList(before, rig.effects.size()))) {
            if (effect instanceof Effect.Ask(Call.ReadIncome call)) {
                income(call);
            } else if (effect instanceof Effect.Ask(Call.QueryOrder(var id, var _, OrderId order))) {
                told(id, new Answer.Accepted<>(byHand(symbol, order)));
            }
        }
    }

    private OrderUpdate byHand(Symbol symbol, OrderId order) {
        return new OrderUpdate(
                symbol,
                new ClientOrderId("web_1"),
                order,
                Side.SELL,
                Status.FILLED,
                new Executed(BigDecimal.ONE, Price.of("1"), null),
                rig.now().exchange());
    }

    /** The trades alone are read. */
    void tradesAlone(Symbol symbol) {
        rig.said(
                new VenueEvent.TradesRead(symbol, List.copyOf(trades), rig.now().nanos()));
    }

    void paid(Symbol symbol, String amount) {
        payments.add(new Call.Payment(symbol, new BigDecimal(amount), rig.now().exchange()));
    }

    void income(Call.ReadIncome call) {
        rig.said(
                new VenueEvent.IncomeRead(call, List.copyOf(payments), rig.now().nanos()));
    }

    void answer(ClientOrderId id, Answer<OrderUpdate> answer) {
        rig.said(new VenueEvent.OrderAnswered(id, answer));
    }

    void told(ClientOrderId id, Answer<OrderUpdate> answer) {
        rig.said(new VenueEvent.OrderQueried(id, answer));
    }

    void unknown(ClientOrderId id) {
        told(id, new Answer.Denied<>(-2013, "Order does not exist.", Answer.Cause.UNKNOWN_ORDER));
    }

    void deny(ClientOrderId id, int code, Answer.Cause cause) {
        answer(id, new Answer.Denied<>(code, "no", cause));
    }

    void stream(OrderUpdate update) {
        rig.said(new VenueEvent.OrderChanged(update));
    }

    /** Stop and target are seen live. */
    void protect() {
        rest(rig.lastRest(Call.Level.STOP));
        rest(rig.lastRest(Call.Level.TARGET));
    }

    void rest(Call.PlaceConditional rest) {
        rig.said(new VenueEvent.ConditionalAnswered(
                rest.id(), new Answer.Accepted<>(conditional(rest, ConditionalUpdate.Status.NEW, null))));
    }

    void denyRest(Call.PlaceConditional rest, Answer.Cause cause) {
        rig.said(new VenueEvent.ConditionalAnswered(rest.id(), new Answer.Denied<>(-2021, "no", cause)));
    }

    void change(Call.PlaceConditional rest, ConditionalUpdate.Status status, @Nullable OrderId triggered) {
        rig.said(new VenueEvent.ConditionalChanged(conditional(rest, status, triggered)));
    }

    static ConditionalUpdate conditional(
            Call.PlaceConditional rest, ConditionalUpdate.Status status, @Nullable OrderId triggered) {
        return new ConditionalUpdate(
                rest.symbol(), rest.id(), "c" + rest.id(), status, rest.trigger(), triggered, null);
    }

    static VenueEvent.Held held(Symbol symbol, Direction direction, String quantity, String entry, String mark) {
        return new VenueEvent.Held(symbol, direction, Quantity.of(quantity), Price.of(entry), Price.of(mark), null, 1);
    }

    /** A protected position of 10 at 100, opened by an intent with further fields: name, value, name, value. */
    Call.Open position(String id, Symbol symbol, String action, String... more) {
        Map<String, String> fields = new HashMap<>(
                Map.of("intent_id", id, "symbol", symbol.name(), "action", action, "position_size_usd", "1000"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        rig.intent(fields);
        Call.Open open = fill("100");
        protect();
        rig.pass(Duration.ofSeconds(3));
        rig.mark();
        return open;
    }

    /** Every move of a stop that was begun, by its bridge. */
    List<Call.PlaceConditional> moves() {
        return rig.calls(Call.PlaceConditional.class).stream()
                .filter(rest -> rest.quantity() != null)
                .toList();
    }

    /** The exchange lets a stop move: over a bridge to where it belongs. */
    Call.PlaceConditional moved() {
        rest(rig.lastRest(Call.Level.STOP));
        takenOff();
        Call.PlaceConditional rest = rig.lastRest(Call.Level.STOP);
        rest(rest);
        takenOff();
        return rest;
    }

    /** The exchange takes off what was last asked for. */
    void takenOff() {
        Call.CancelConditional off = rig.last(Call.CancelConditional.class);
        rig.said(new VenueEvent.ConditionalCancelled(off.id(), new Answer.Accepted<>(off.id())));
    }

    /** A protected long of 10 at 100, opened by intent {@code id}. */
    Call.Open position(String id, Symbol symbol) {
        rig.buy(id, symbol);
        Call.Open open = fill("100");
        protect();
        rig.pass(Duration.ofMillis(10));
        return open;
    }
}
