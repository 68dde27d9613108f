package quantum.cryptocom;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.cryptocom.Question.Rank;
import quantum.cryptocom.Reply.Given;
import quantum.json.Malformed;
import quantum.market.Direction;
import quantum.market.Instrument;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.RestingOrder;
import quantum.venue.VenueEvent;

/**
 * Market orders by quantity, and what becomes of them. An acknowledgement is two ids and no fill: the truth is
 * user.order and get-order-detail (crypto-com 0.4). A buy asks for its fee in the quote coin, so that what it bought
 * stays whole.
 */
final class MarketOrders {

    private final Conversation talk;
    private final Instruments instruments;
    private final Executions executions;
    private final PairBook pairs;
    private final Map<ClientOrderId, RequestGate.Waiting> waitingOpens = new HashMap<>();

    private record Ids(OrderId orderId, ClientOrderId clientId) {}

    MarketOrders(Conversation talk, Instruments instruments, Executions executions, PairBook pairs) {
        this.talk = talk;
        this.instruments = instruments;
        this.executions = executions;
        this.pairs = pairs;
    }

    void open(Call.Open call) {
        Instrument instrument = instruments.of(call.symbol());
        if (call.side() != Direction.LONG.entry() || instrument == null) {
            String why =
                    instrument == null ? "the exchange does not list it" : "coins are not sold before they are bought";
            talk.publish(VenueEvent.notSent(call, why));
            return;
        }
        Params params = order(call.id(), call.symbol(), call.side(), call.quantity())
                .with("fee_instrument_name", instrument.contract().quoteAsset());
        RequestGate.Waiting waiting = create(call.id(), call.symbol(), call.side(), call.quantity(), params, Rank.OPEN);
        if (waiting != null) {
            waitingOpens.put(call.id(), waiting);
        }
    }

    void close(Call.Close call) {
        if (call.side() != Direction.LONG.exit()) {
            talk.publish(VenueEvent.notSent(call, "coins are closed by selling them"));
            return;
        }
        Params params = order(call.id(), call.symbol(), call.side(), call.quantity());
        RequestGate.Waiting _ = create(call.id(), call.symbol(), call.side(), call.quantity(), params, Rank.EXIT);
    }

    private static Params order(ClientOrderId id, Symbol symbol, Side side, Quantity quantity) {
        return Params.of("instrument_name", symbol.name())
                .with("side", side.name())
                .with("type", "MARKET")
                .with("quantity", quantity.toString())
                .with("client_oid", id.value())
                .with("spot_margin", "SPOT");
    }

    private RequestGate.@Nullable Waiting create(
            ClientOrderId id, Symbol symbol, Side side, Quantity quantity, Params params, Rank rank) {
        executions.planned(id, quantity.value());
        return talk.ask(Question.create("create-order", params, rank), json -> ids(json, id), reply -> {
            RequestGate.Waiting _ = waitingOpens.remove(id);
            Answer<OrderUpdate> answer = reply.answer(ids -> taken(ids, symbol, side));
            talk.publish(new VenueEvent.OrderAnswered(id, answer));
        });
    }

    /** The ids of an acknowledgement; one that names another order says nothing of ours. */
    private static Ids ids(Json result, ClientOrderId id) {
        String named = result.optionalText("client_oid");
        if (named != null && !named.equals(id.value())) {
            throw new Malformed("the answer names another order");
        }
        return new Ids(result.id("order_id"), id);
    }

    private OrderUpdate taken(Ids ids, Symbol symbol, Side side) {
        return new OrderUpdate(
                symbol,
                ids.clientId(),
                ids.orderId(),
                side,
                OrderUpdate.Status.NEW,
                OrderUpdate.Executed.NOTHING,
                talk.exchangeNow());
    }

    void cancel(Call.CancelOpen call) {
        RequestGate.Waiting waiting = waitingOpens.remove(call.id());
        if (waiting != null && talk.gate().withdraw(waiting)) {
            talk.publish(new VenueEvent.OrderAnswered(call.id(), new Answer.NotSent<>("cancelled before it left")));
            talk.publish(new VenueEvent.OpenCancelled(call.id(), new Answer.Accepted<>(call.id())));
            return;
        }
        Params params = Params.of("client_oid", call.id().value());
        RequestGate.Waiting _ = talk.ask(Question.cancel("cancel-order", params), json -> json, reply -> {
            talk.publish(new VenueEvent.OpenCancelled(call.id(), reply.answer(_ -> call.id())));
            // An acknowledgement says that it is wished, not what was executed until then.
            pairs.ordinary(params, said -> {
                if (said instanceof Given<List<OrderReport>>(List<OrderReport> found, var _)) {
                    found.forEach(this::changed);
                }
            });
        });
    }

    void query(Call.QueryOrder call) {
        OrderId orderId = call.orderId();
        Params params =
                orderId == null ? Params.of("client_oid", call.id().value()) : Params.of("order_id", orderId.value());
        pairs.ordinary(params, reply -> {
            Answer<OrderUpdate> answer = reply instanceof Given<List<OrderReport>>(List<OrderReport> found, var _)
                    ? found(found, call)
                    : reply.failed();
            talk.publish(new VenueEvent.OrderQueried(call.id(), answer));
        });
    }

    private Answer<OrderUpdate> found(List<OrderReport> found, Call.QueryOrder call) {
        if (found.isEmpty()) {
            return new Answer.Denied<>(CryptoComError.NO_SUCH_ORDER, "an empty answer", Answer.Cause.UNKNOWN_ORDER);
        }
        OrderReport report = found.getFirst();
        if (!report.clientId().equals(call.id()) && !report.orderId().equals(call.orderId())) {
            return new Answer.NoAnswer<>("the answer shows another order");
        }
        if (report.lacksItsPrice()) {
            return new Answer.NoAnswer<>("executed, and the exchange does not say at what price yet");
        }
        boolean _ = pairs.hear(report);
        return new Answer.Accepted<>(executions.update(report));
    }

    /**
     * An order changed, ours or another's: every road says what is executed so far, so that hearing it twice is no
     * harm.
     */
    void changed(OrderReport report) {
        if (!report.hasKnownStatus()) {
            talk.odd("order status " + report.status(), report.orderId() + " of " + report.symbol());
        }
        if (report.lacksItsPrice()) {
            Params params = Params.of("order_id", report.orderId().value());
            pairs.ordinary(params, reply -> {
                if (reply instanceof Given<List<OrderReport>>(List<OrderReport> found, var _)) {
                    found.stream().filter(again -> !again.lacksItsPrice()).forEach(this::changed);
                }
            });
            return;
        }
        if (!pairs.hear(report)) {
            talk.publish(new VenueEvent.OrderChanged(executions.update(report)));
            if (report.side() == Direction.LONG.exit() && !executions.isPlanned(report.clientId())) {
                pairs.suspect(report.symbol());
            }
        }
    }

    /** Of one symbol or of all; what belongs to a pair of ours is shown with the conditional orders. */
    void read(Call.ReadOrders call) {
        openOrders(
                call.symbol(),
                Rank.QUESTION,
                reply -> talk.publish(
                        reply instanceof Given<List<RestingOrder>>(List<RestingOrder> orders, var _)
                                ? new VenueEvent.OrdersRead(call.symbol(), orders)
                                : new VenueEvent.ReadFailed(call, reply.failure(), reply.isFinal())));
    }

    void openOrders(@Nullable Symbol symbol, Rank rank, Consumer<Reply<List<RestingOrder>>> then) {
        Params params = symbol == null ? Params.NONE : Params.of("instrument_name", symbol.name());
        RequestGate.Waiting _ = talk.ask(Question.read("get-open-orders", params, rank), this::resting, then);
    }

    private List<RestingOrder> resting(Json result) {
        List<RestingOrder> orders = new ArrayList<>();
        for (Json row : result.list("data")) {
            try {
                OrderReport report = OrderReport.ordinary(row, talk.exchangeNow());
                BigDecimal done = report.executed() == null ? BigDecimal.ZERO : report.executed();
                BigDecimal left = report.quantity() == null
                        ? BigDecimal.ZERO
                        : report.quantity().subtract(done);
                if (left.signum() > 0 && !pairs.isLeg(report.clientId())) {
                    orders.add(new RestingOrder(
                            report.symbol(),
                            report.clientId(),
                            report.orderId(),
                            report.type(),
                            report.side(),
                            report.limit(),
                            new Quantity(left),
                            false));
                }
            } catch (Malformed | IllegalArgumentException | ArithmeticException e) {
                talk.odd("open order " + row.optionalText("order_id"), String.valueOf(e.getMessage()));
            }
        }
        return List.copyOf(orders);
    }
}
