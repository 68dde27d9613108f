package quantum.binance;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Told;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import quantum.venue.Answer;
import quantum.venue.Call;
import quantum.venue.OrderUpdate;
import quantum.venue.VenueEvent.OrderAnswered;
import quantum.venue.VenueEvent.OrderChanged;
import quantum.venue.VenueEvent.OrderTold;

/**
 * Market orders: one request each, and the chain that finds the price which replies to orders do not carry: the user
 * stream, the order itself, its trades (binance-usdm 3.3).
 */
final class Orders {

    private final Conversation talk;
    private final Listings listings;
    private final Leverages leverages;
    private final Tally tally;

    Orders(Conversation talk, Listings listings, Leverages leverages, Tally tally) {
        this.talk = talk;
        this.listings = listings;
        this.leverages = leverages;
        this.tally = tally;
    }

    void open(Call.Open call) {
        leverages.ensure(call.symbol(), call.leverage(), denied -> {
            if (denied == null) {
                place(call.id(), Asks.open(call, talk.settings().positions()));
            } else {
                talk.tell(new OrderAnswered(call.id(), denied));
            }
        });
    }

    void close(Call.Close call) {
        place(call.id(), Asks.close(call, talk.settings().positions()));
    }

    private void place(ClientOrderId id, Ask ask) {
        talk.ask(ask, json -> ownReport(id, json), reply -> {
            if (!(reply instanceof Told<OrderReport>(OrderReport report, var _))) {
                talk.tell(new OrderAnswered(id, reply.answer(OrderReport::onTheBook)));
                return;
            }
            OrderUpdate update = report.update(fee(report));
            talk.tell(new OrderAnswered(id, new Answer.Accepted<>(update == null ? report.onTheBook() : update)));
            if (update == null && !isToldAlready(report)) {
                findPrice(report.symbol(), report.orderId());
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
        Tally.Sum sum = tally.of(report.symbol(), report.orderId());
        return sum != null && sum.quantity().compareTo(report.executed()) >= 0;
    }

    /** Asks for an order whose execution is known and whose price is not; tells the update if it is found. */
    void findPrice(Symbol symbol, OrderId orderId) {
        talk.ask(Asks.order(symbol, orderId), OrderReport::ofReply, reply -> {
            if (reply instanceof Told<OrderReport>(OrderReport report, var _)) {
                complete(report, answer -> {
                    if (answer instanceof Answer.Accepted<OrderUpdate>(OrderUpdate update)) {
                        talk.tell(new OrderChanged(update));
                    }
                });
            }
        });
    }

    void ask(Call.AskOrder call) {
        boolean byOurId = call.orderId() == null;
        talk.ask(Asks.order(call), json -> byOurId ? ownReport(call.id(), json) : OrderReport.ofReply(json), reply -> {
            if (reply instanceof Told<OrderReport>(OrderReport report, var _)) {
                complete(report, answer -> talk.tell(new OrderTold(call.id(), answer)));
            } else {
                talk.tell(new OrderTold(call.id(), reply.answer(OrderReport::onTheBook)));
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
        talk.ask(Asks.tradesOf(report.symbol(), report.orderId()), Execution::all, reply -> {
            if (!(reply instanceof Told<List<Execution>>(List<Execution> trades, var _))) {
                then.accept(new Answer.NoAnswer<>("executed at an unknown price: " + reply.failure()));
                return;
            }
            Tally.Sum sum = Tally.sum(listings, trades);
            then.accept(
                    sum == null
                            ? new Answer.NoAnswer<>("executed, and the exchange does not tell the price yet")
                            : new Answer.Accepted<>(report.with(sum.quantity(), sum.mean(), sum.fee())));
        });
    }

    private @Nullable BigDecimal fee(OrderReport report) {
        return tally.fee(report.symbol(), report.orderId(), report.executed());
    }
}
