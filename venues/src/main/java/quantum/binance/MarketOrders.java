package quantum.binance;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;
import quantum.json.Malformed;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent.OpenCancelled;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.OrderQueried;

/**
 * Market orders: one request each, and the chain that finds the price which replies to orders do not carry: the user
 * stream, the order itself, its trades (binance-usdm 3.3).
 */
final class MarketOrders {

    private final Conversation talk;
    private final Listings listings;
    private final Leverages leverages;
    private final OrderTrades orderTrades;
    private final UserStreamAudit userAudit;
    /** Opens whose leverage is being seen to; false once they are withdrawn. */
    private final Map<ClientOrderId, Boolean> waiting = new HashMap<>();

    MarketOrders(
            Conversation talk,
            Listings listings,
            Leverages leverages,
            OrderTrades orderTrades,
            UserStreamAudit userAudit) {
        this.talk = talk;
        this.listings = listings;
        this.leverages = leverages;
        this.orderTrades = orderTrades;
        this.userAudit = userAudit;
    }

    /** A market order on its way: who it is, and what it is for. */
    record Placing(ClientOrderId id, Symbol symbol, RestCall ask) {}

    void open(Call.Open call) {
        long asked = talk.now().nanos();
        waiting.put(call.id(), true);
        leverages.ensure(call, denied -> {
            boolean isWanted = Boolean.TRUE.equals(waiting.remove(call.id()));
            if (!isWanted) {
                tell(call.id(), new Answer.NotSent<>("withdrawn before it left"));
            } else if (denied != null) {
                tell(call.id(), denied);
            } else if (talk.now().since(asked).compareTo(Conversation.OPEN_PATIENCE) > 0) {
                tell(call.id(), new Answer.NotSent<>("its leverage was set too late"));
            } else {
                Placing placing = new Placing(
                        call.id(),
                        call.symbol(),
                        Endpoints.open(call, talk.settings().positions()));
                place(placing, reply -> answer(placing, reply));
            }
        });
    }

    /** An open that has not left stays; of another, what is not executed is taken off the book. */
    void cancel(Call.CancelOpen call) {
        if (waiting.replace(call.id(), false) != null) {
            talk.tell(new OpenCancelled(call.id(), new Answer.Accepted<>(call.id())));
            return;
        }
        talk.ask(
                Endpoints.cancel(call),
                json -> json.text("clientOrderId"),
                reply -> talk.tell(new OpenCancelled(call.id(), reply.answer(_ -> call.id()))));
    }

    private void tell(ClientOrderId id, Answer<OrderUpdate> answer) {
        leverages.answered(id);
        talk.tell(new OrderAnswered(id, answer));
    }

    /** Sends it; what is not taken is given to {@code otherwise}, who answers the call. */
    void place(Placing placing, Consumer<Reply<OrderReport>> otherwise) {
        talk.ask(placing.ask(), json -> ownReport(placing.id(), json), reply -> {
            if (reply instanceof Told<OrderReport>(OrderReport report, long asked)) {
                userAudit.tookOrder(placing.symbol(), placing.id(), asked);
                placed(placing, report);
            } else if (reply.isRefusal(BinanceError.DISCONNECTED)) {
                askWhetherTaken(placing, reply, otherwise);
            } else {
                otherwise.accept(reply);
            }
        });
    }

    void answer(Placing placing, Reply<OrderReport> reply) {
        listings.learn(placing.symbol(), reply);
        tell(placing.id(), reply.answer(OrderReport::onTheBook));
    }

    private void placed(Placing placing, OrderReport report) {
        OrderUpdate update = report.update(fee(report));
        tell(placing.id(), new Answer.Accepted<>(update == null ? report.onTheBook() : update));
        if (update == null && !isToldAlready(report)) {
            findPrice(report.symbol(), report.orderId());
        }
    }

    /**
     * The exchange broke off inside. It says that nothing was done; one question has to say so too before an exit leaves
     * again and before an open is given up (binance-usdm 8.2, 503 C).
     */
    private void askWhetherTaken(Placing placing, Reply<OrderReport> first, Consumer<Reply<OrderReport>> otherwise) {
        boolean isExit = placing.ask().claim() == RestCall.Claim.EXIT;
        // An open that was taken waits for its stop as much as an exit for its fill.
        RestCall question = Endpoints.order(placing.symbol(), placing.id()).forExit();
        talk.ask(question, json -> ownReport(placing.id(), json), reply -> {
            if (reply instanceof Told<OrderReport>(OrderReport report, var _)) {
                placed(placing, report);
            } else if (!reply.isRefusal(BinanceError.NO_SUCH_ORDER)) {
                otherwise.accept(new Reply.Unknown<>("broken off inside, and " + reply.failure(), false));
            } else if (isExit) {
                talk.ask(placing.ask(), json -> ownReport(placing.id(), json), again -> {
                    if (again instanceof Told<OrderReport>(OrderReport report, var _)) {
                        placed(placing, report);
                    } else {
                        otherwise.accept(again);
                    }
                });
            } else {
                otherwise.accept(first);
            }
        });
    }

    private static OrderReport ownReport(ClientOrderId id, Json json) {
        OrderReport report = OrderReport.ofReply(json);
        if (!report.clientId().equals(id)) {
            throw new Malformed("the reply is about another order");
        }
        return report;
    }

    private boolean isToldAlready(OrderReport report) {
        OrderTrades.Sum sum = orderTrades.of(report.symbol(), report.orderId());
        return sum != null && sum.quantity().compareTo(report.executed()) >= 0;
    }

    /** Asks for an order whose execution is known and whose price is not; tells the update if it is found. */
    void findPrice(Symbol symbol, OrderId orderId) {
        talk.ask(Endpoints.order(symbol, orderId).forExit(), OrderReport::ofReply, reply -> {
            if (reply instanceof Told<OrderReport>(OrderReport report, var _)) {
                complete(report, answer -> {
                    if (answer instanceof Answer.Accepted<OrderUpdate>(OrderUpdate update)) {
                        talk.tell(new OrderChanged(update));
                    }
                });
            }
        });
    }

    /** What was executed waits for its stop, so no limit but a ban holds the question back. */
    void ask(Call.QueryOrder call) {
        boolean byOurId = call.orderId() == null;
        talk.ask(
                Endpoints.order(call).forExit(),
                json -> byOurId ? ownReport(call.id(), json) : OrderReport.ofReply(json),
                reply -> {
                    if (reply instanceof Told<OrderReport>(OrderReport report, var _)) {
                        complete(report, answer -> talk.tell(new OrderQueried(call.id(), answer)));
                    } else {
                        talk.tell(new OrderQueried(call.id(), reply.answer(OrderReport::onTheBook)));
                    }
                });
    }

    /** The order's update, with its trades where it does not tell its price itself. */
    private void complete(OrderReport report, Consumer<Answer<OrderUpdate>> then) {
        OrderUpdate update = report.update(fee(report));
        if (update != null) {
            then.accept(new Answer.Accepted<>(update));
            return;
        }
        talk.ask(Endpoints.tradesOf(report.symbol(), report.orderId()).forExit(), Execution::all, reply -> {
            if (!(reply instanceof Told<List<Execution>>(List<Execution> trades, var _))) {
                then.accept(new Answer.NoAnswer<>("executed at an unknown price: " + reply.failure()));
                return;
            }
            OrderTrades.Sum sum = OrderTrades.sum(listings, trades);
            then.accept(
                    sum == null
                            ? new Answer.NoAnswer<>("executed, and the exchange does not tell the price yet")
                            : new Answer.Accepted<>(report.with(sum.quantity(), sum.mean(), sum.fee())));
        });
    }

    private @Nullable BigDecimal fee(OrderReport report) {
        return orderTrades.fee(report.symbol(), report.orderId(), report.executed());
    }
}
