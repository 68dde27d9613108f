package quantum.binance;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import quantum.binance.AccountReplies.Positions;
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
import quantum.venue.VenueEvent.ConditionalsRead;
import quantum.venue.VenueEvent.Held;
import quantum.venue.VenueEvent.OrdersRead;
import quantum.venue.VenueEvent.PositionsRead;
import quantum.venue.VenueEvent.ReadFailed;
import quantum.venue.VenueEvent.TradesRead;

/** Whole pictures of the account; each is told or fails as one, and one odd row is odd alone. */
final class AccountReads {

    /** One list of trades covers at most this much time (binance-usdm 3.5). */
    private static final Duration TRADES_WINDOW = Duration.ofDays(7).minusMillis(1);

    private final Conversation talk;
    private final Listings listings;
    private final Leverages leverages;
    private final UserStreamAudit userAudit;
    private final Balances balances = new Balances();

    /** A read's result, or why there is none. */
    sealed interface Read<E extends VenueEvent> {
        record Done<E extends VenueEvent>(E event) implements Read<E> {}

        record Failed<E extends VenueEvent>(String cause) implements Read<E> {}
    }

    AccountReads(Conversation talk, Listings listings, Leverages leverages, UserStreamAudit userAudit) {
        this.talk = talk;
        this.listings = listings;
        this.leverages = leverages;
        this.userAudit = userAudit;
    }

    /** Tells the result of a call. */
    <E extends VenueEvent> Consumer<Read<E>> answerTo(Call call) {
        return read -> talk.tell(
                switch (read) {
                    case Read.Done<E>(E event) -> event;
                    case Read.Failed<E>(String cause) -> new ReadFailed(call, cause);
                });
    }

    void account(RestCall ask, Consumer<Read<AccountRead>> then) {
        talk.ask(ask, json -> AccountReplies.balances(json, talk::odd), reply -> {
            if (reply instanceof Told<List<Balance>>(List<Balance> list, long asked)) {
                then.accept(new Read.Done<>(balances.told(list, asked)));
            } else {
                then.accept(new Read.Failed<>(reply.failure()));
            }
        });
    }

    void rests(RestCall.Claim claim, Consumer<Read<ConditionalsRead>> then) {
        talk.ask(Endpoints.rests().by(claim), json -> ConditionalOrders.all(json, talk::odd), reply -> {
            if (reply instanceof Told<List<ConditionalUpdate>>(List<ConditionalUpdate> rests, long asked)) {
                userAudit.listed(rests, asked);
                then.accept(new Read.Done<>(new ConditionalsRead(rests, asked)));
            } else {
                then.accept(new Read.Failed<>(reply.failure()));
            }
        });
    }

    /** Positions; their leverage comes from symbolConfig, because positionRisk v3 has none (binance-usdm 0.5). */
    void positions(RestCall.Claim claim, Consumer<Read<PositionsRead>> then) {
        talk.ask(
                Endpoints.positions().by(claim),
                json -> AccountReplies.positions(json, talk.settings().positions(), talk::mark, talk::odd),
                reply -> {
                    if (!(reply instanceof Told<Positions>(Positions shown, long asked))) {
                        then.accept(new Read.Failed<>(reply.failure()));
                        return;
                    }
                    if (shown.unclear().isEmpty()) {
                        userAudit.held(shown.rows(), asked);
                    }
                    if (shown.rows().stream().allMatch(row -> leverages.of(row.symbol()) != null)) {
                        then.accept(new Read.Done<>(joined(shown, asked)));
                        return;
                    }
                    leverages.readAll(claim, failure -> {
                        // A leverage that nobody tells delays the protection of nothing.
                        if (failure == null) {
                            then.accept(new Read.Done<>(joined(shown, asked)));
                        } else {
                            then.accept(new Read.Failed<>(failure));
                        }
                    });
                });
    }

    private PositionsRead joined(Positions shown, long asked) {
        List<Held> held = new ArrayList<>();
        for (Row row : shown.rows()) {
            Integer leverage = leverages.of(row.symbol());
            if (leverage == null) {
                talk.odd("leverage of the position in " + row.symbol(), "it is not told; 1 is taken for it");
            }
            held.add(new Held(
                    row.symbol(),
                    row.direction(),
                    row.quantity(),
                    row.entryPrice(),
                    row.mark(),
                    row.liquidation(),
                    leverage == null ? 1 : leverage));
        }
        return new PositionsRead(List.copyOf(held), shown.unclear(), asked);
    }

    /** Regular orders on the book, whosever they are (binance-usdm 3.3). */
    void orders(Call.ReadOrders call) {
        talk.ask(Endpoints.openOrders(call), AccountReads::restingOrders, reply -> {
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
        talk.ask(Endpoints.tradesBetween(call.symbol(), from, to), Execution::all, reply -> {
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
        if (page.size() < Endpoints.TRADES_PAGE && isLast) {
            tell(call, all, asked);
            return;
        }
        long next = all.getLast().tradeId() + 1;
        talk.ask(
                Endpoints.tradesFrom(call.symbol(), next),
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
