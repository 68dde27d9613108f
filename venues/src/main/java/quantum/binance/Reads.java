package quantum.binance;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import quantum.binance.AccountReplies.Row;
import quantum.binance.Reply.Told;
import quantum.market.Balance;
import quantum.market.Quantity;
import quantum.order.OrderId;
import quantum.venue.Call;
import quantum.venue.ConditionalUpdate;
import quantum.venue.RestingOrder;
import quantum.venue.VenueEvent;
import quantum.venue.VenueEvent.AccountRead;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.OrdersRead;
import quantum.venue.VenueEvent.PositionsRead;
import quantum.venue.VenueEvent.ReadFailed;
import quantum.venue.VenueEvent.RestsRead;
import quantum.venue.VenueEvent.TradesRead;

/** Whole pictures of the account; each is told or fails as one. */
final class Reads {

    /** One list of trades covers at most this much time (binance-usdm 3.5). */
    private static final Duration TRADES_WINDOW = Duration.ofDays(7).minusMillis(1);

    private final Conversation talk;
    private final Listings listings;
    private final Leverages leverages;
    private final Ears ears;

    /** A read's result, or why there is none. */
    sealed interface Read<E extends VenueEvent> {
        record Done<E extends VenueEvent>(E event) implements Read<E> {}

        record Failed<E extends VenueEvent>(String cause) implements Read<E> {}
    }

    Reads(Conversation talk, Listings listings, Leverages leverages, Ears ears) {
        this.talk = talk;
        this.listings = listings;
        this.leverages = leverages;
        this.ears = ears;
    }

    /** Tells the result of a call. */
    <E extends VenueEvent> Consumer<Read<E>> answerTo(Call call) {
        return read -> talk.tell(
                switch (read) {
                    case Read.Done<E>(E event) -> event;
                    case Read.Failed<E>(String cause) -> new ReadFailed(call, cause);
                });
    }

    void account(Ask ask, Consumer<Read<AccountRead>> then) {
        talk.ask(ask, AccountReplies::balances, reply -> {
            if (reply instanceof Told<List<Balance>>(List<Balance> balances, long asked)) {
                then.accept(new Read.Done<>(new AccountRead(balances, asked)));
            } else {
                then.accept(new Read.Failed<>(reply.failure()));
            }
        });
    }

    void rests(Ask.Claim claim, Consumer<Read<RestsRead>> then) {
        talk.ask(Asks.rests().by(claim), Rests::all, reply -> {
            if (reply instanceof Told<List<ConditionalUpdate>>(List<ConditionalUpdate> rests, long asked)) {
                ears.listed(rests, asked);
                then.accept(new Read.Done<>(new RestsRead(rests, asked)));
            } else {
                then.accept(new Read.Failed<>(reply.failure()));
            }
        });
    }

    /** Positions; their leverage comes from symbolConfig, because positionRisk v3 has none (binance-usdm 0.5). */
    void positions(Ask.Claim claim, Consumer<Read<PositionsRead>> then) {
        talk.ask(
                Asks.positions().by(claim),
                json -> AccountReplies.positions(json, talk.settings().positions()),
                reply -> {
                    if (!(reply instanceof Told<List<Row>>(List<Row> rows, long asked))) {
                        then.accept(new Read.Failed<>(reply.failure()));
                        return;
                    }
                    ears.held(rows, asked);
                    PositionsRead known = joined(rows, asked);
                    if (known != null) {
                        then.accept(new Read.Done<>(known));
                        return;
                    }
                    leverages.readAll(claim, failure -> {
                        PositionsRead joined = joined(rows, asked);
                        then.accept(
                                joined != null
                                        ? new Read.Done<>(joined)
                                        : new Read.Failed<>(
                                                failure != null ? failure : "the leverage of a position is not told"));
                    });
                });
    }

    private @Nullable PositionsRead joined(List<Row> rows, long asked) {
        List<Held> held = new ArrayList<>();
        for (Row row : rows) {
            Integer leverage = leverages.of(row.symbol());
            if (leverage == null) {
                return null;
            }
            held.add(new Held(
                    row.symbol(),
                    row.direction(),
                    row.quantity(),
                    row.entryPrice(),
                    row.mark(),
                    row.liquidation(),
                    leverage));
        }
        return new PositionsRead(List.copyOf(held), asked);
    }

    /** Regular orders on the book, whosever they are (binance-usdm 3.3). */
    void orders(Call.ReadOrders call) {
        talk.ask(Asks.openOrders(call), Reads::restingOrders, reply -> {
            if (reply instanceof Told<List<RestingOrder>>(List<RestingOrder> orders, var _)) {
                talk.tell(new OrdersRead(call.symbol(), orders));
            } else {
                talk.tell(new ReadFailed(call, reply.failure()));
            }
        });
    }

    private static List<RestingOrder> restingOrders(Json json) {
        List<RestingOrder> orders = new ArrayList<>();
        for (Json order : json.elements()) {
            OrderId id = order.id("orderId");
            BigDecimal left = order.decimal("origQty").subtract(order.decimal("executedQty"));
            if (left.signum() > 0) {
                orders.add(new RestingOrder(
                        order.symbol("symbol"),
                        order.clientId("clientOrderId", id),
                        id,
                        order.text("type"),
                        order.side("side"),
                        order.optionalPrice("price"),
                        new Quantity(left),
                        order.has("reduceOnly") && order.flag("reduceOnly")));
            }
        }
        return List.copyOf(orders);
    }

    /** Trades since an instant: window by window until the first ones, from there on by trade id. */
    void trades(Call.ReadTrades call) {
        tradesSince(call, call.since(), talk.now().nanos());
    }

    private void tradesSince(Call.ReadTrades call, Instant from, long asked) {
        Instant to = from.plus(TRADES_WINDOW);
        talk.ask(Asks.tradesBetween(call.symbol(), from, to), Execution::all, reply -> {
            boolean isLast = to.isAfter(talk.clock().at(talk.now().nanos()));
            if (reply instanceof Told<List<Execution>>(List<Execution> page, var _) && page.isEmpty() && !isLast) {
                tradesSince(call, to.plusMillis(1), asked);
            } else {
                page(call, List.of(), reply, asked, isLast);
            }
        });
    }

    private void page(
            Call.ReadTrades call, List<Execution> earlier, Reply<List<Execution>> reply, long asked, boolean isLast) {
        if (!(reply instanceof Told<List<Execution>>(List<Execution> page, var _))) {
            boolean isFinal = reply instanceof Reply.Refused<List<Execution>>(BinanceError error, var _)
                    && error.kind() == BinanceError.Kind.TERMINAL;
            talk.tell(new ReadFailed(call, reply.failure(), isFinal));
            return;
        }
        List<Execution> all = new ArrayList<>(earlier);
        all.addAll(page);
        if (page.size() < Asks.TRADES_PAGE && isLast) {
            tell(call, all, asked);
            return;
        }
        long next = all.getLast().tradeId() + 1;
        talk.ask(
                Asks.tradesFrom(call.symbol(), next),
                Execution::all,
                following -> page(call, all, following, asked, true));
    }

    private void tell(Call.ReadTrades call, List<Execution> all, long asked) {
        talk.tell(new TradesRead(call.symbol(), all.stream().map(this::trade).toList(), asked));
    }

    private Call.Trade trade(Execution execution) {
        boolean inQuote = execution.fee().signum() == 0 || listings.isQuote(execution.symbol(), execution.feeAsset());
        return execution.trade(inQuote);
    }
}
