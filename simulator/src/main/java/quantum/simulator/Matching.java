package quantum.simulator;

import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Takes regular orders, fills them against the book and ends them. */
public final class Matching {

    static final int IOC_NOT_FILLED = 2;
    static final int REDUCE_ONLY_WITHOUT_POSITION = 4;
    static final int LIQUIDATED = 5;
    static final int DELISTED = 7;
    static final int MARKET_REMAINDER = 9;

    private final Simulator exchange;
    private final Admission admission;
    private final Clearing clearing;

    Matching(Simulator exchange, Admission admission, Clearing clearing) {
        this.exchange = exchange;
        this.admission = admission;
        this.clearing = clearing;
    }

    /** Throws {@link Refused} for an order that would not be taken, and does nothing else. */
    public void test(Account account, NewOrder terms) {
        admission.check(account, terms);
    }

    /** Admits an order or throws {@link Refused}. With atOnce it is matched before this returns, else after the delay. */
    public Order place(Account account, NewOrder terms, Treatment treatment, boolean atOnce) {
        admission.check(account, terms);
        var order = admit(account, terms, null, treatment);
        if (atOnce) arrive(account, order);
        else exchange.later(exchange.drawFillDelay(), () -> arrive(account, order));
        return order;
    }

    /** Puts an order of the exchange itself on record. */
    Order admit(Account account, NewOrder terms, ForcedClose kind) {
        return record(account, build(terms, null, Treatment.NORMAL, kind));
    }

    /** Puts an order on record that has passed its checks, or needs none. */
    Order admit(Account account, NewOrder terms, @Nullable AlgoOrder origin, Treatment treatment) {
        var order = record(account, build(terms, origin, treatment, null));
        endInTime(account, order);
        return order;
    }

    private Order build(NewOrder terms, @Nullable AlgoOrder origin, Treatment treatment, @Nullable ForcedClose forced) {
        var price = Margins.assumedPrice(terms, exchange.prices().market(terms.symbol()));
        long id = exchange.ids().nextOrder(exchange.settings());
        return new Order(id, terms, new Order.Origin(origin, forced), price, treatment, exchange.now());
    }

    private Order record(Account account, Order order) {
        account.orders().add(order);
        exchange.report(account, order, Execution.NEW, null);
        return order;
    }

    /** Orders with an end expire by themselves. */
    void endInTime(Account account, Order order) {
        long end = order.terms().goodTill();
        if (end == 0 || !order.status().open()) return;
        long left = TimeUnit.MILLISECONDS.toNanos(end - exchange.serverMillis());
        exchange.later(Math.max(0, left), () -> {
            if (order.status().open()) end(account, order, OrderStatus.EXPIRED, 0);
        });
    }

    /** The order reaches the book: it takes what crosses, and the rest stays or expires. */
    void arrive(Account account, Order order) {
        if (!order.status().open() || order.treatment() == Treatment.NEVER_FILLS) return;
        if (order.origin() != null && order.treatment() == Treatment.UNFILLED_AT_TRIGGER) {
            end(account, order, OrderStatus.EXPIRED, MARKET_REMAINDER);
            return;
        }
        order.allowMatching();
        var terms = order.terms();
        var market = exchange.prices().market(terms.symbol());
        switch (terms.type() == OrderType.MARKET ? TimeInForce.IOC : terms.timeInForce()) {
            case FOK -> {
                if (fillable(market, terms, order.remaining()).compareTo(order.remaining()) >= 0) {
                    take(account, order, market);
                }
            }
            case GTX -> {
                if (crosses(terms, market)) end(account, order, OrderStatus.EXPIRED, 0);
            }
            case GTC, GTD, IOC -> take(account, order, market);
        }
        if (!order.status().open()) return;
        if (terms.type() == OrderType.MARKET) end(account, order, OrderStatus.EXPIRED, MARKET_REMAINDER);
        else if (!terms.timeInForce().rests()) end(account, order, OrderStatus.EXPIRED, IOC_NOT_FILLED);
    }

    private void take(Account account, Order order, Market market) {
        if (!ready(account, order)) return;
        var terms = order.terms();
        var side = terms.side();
        var partial = order.treatment() == Treatment.PARTIAL_THEN_EXPIRE;
        var quantity = partial ? half(order, market) : order.remaining();
        for (var level : market.depth().quote(side, market.best(side), quantity, limit(terms, market))) {
            if (!order.status().open()) return;
            market.depth().take(side, level.quantity());
            clearing.trade(account, order, level.price(), level.quantity(), false);
        }
        if (order.status().open() && partial) end(account, order, OrderStatus.EXPIRED, MARKET_REMAINDER);
    }

    /** A resting order fills at its own price with what lies between it and the market. */
    private void make(Account account, Order order, BigDecimal limit, Market market) {
        if (!ready(account, order)) return;
        var partial = order.treatment() == Treatment.PARTIAL_THEN_EXPIRE;
        var quantity = fillable(market, order.terms(), partial ? half(order, market) : order.remaining());
        if (quantity.signum() > 0) {
            market.depth().take(order.terms().side(), quantity);
            clearing.trade(account, order, limit, quantity, true);
        }
        if (order.status().open() && partial) end(account, order, OrderStatus.EXPIRED, MARKET_REMAINDER);
    }

    /** Closing orders are cut to the position, and end where there is none. */
    private boolean ready(Account account, Order order) {
        if (!order.terms().closing()) return true;
        var held = account.position(order.terms()).amount();
        if (!order.terms().side().reduces(held)) {
            end(account, order, OrderStatus.EXPIRED, REDUCE_ONLY_WITHOUT_POSITION);
            return false;
        }
        order.capAt(held.abs());
        account.orders().refresh(order);
        return true;
    }

    /** How much of a quantity the book gives within the order's limit. */
    static BigDecimal fillable(Market market, NewOrder terms, BigDecimal quantity) {
        var side = terms.side();
        return market.depth().quote(side, market.best(side), quantity, limit(terms, market)).stream()
                .map(Depth.Take::quantity)
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static BigDecimal limit(NewOrder terms, Market market) {
        var limit = terms.price();
        return limit == null ? market.bound(terms.side()) : limit;
    }

    static boolean crosses(NewOrder terms, Market market) {
        return !terms.side().worse(market.best(terms.side()), limit(terms, market));
    }

    void priceMoved(Account account, Market market) {
        if (account.orders().quiet(market.instrument().symbol())) return;
        for (var order : account.orders().open(market.instrument().symbol())) {
            var limit = order.terms().price();
            if (limit != null && order.status().open() && order.matchable() && crosses(order.terms(), market)) {
                make(account, order, limit, market);
            }
        }
    }

    private static BigDecimal half(Order order, Market market) {
        var step = market.instrument().lot().step();
        var half = order.remaining().divide(BigDecimal.valueOf(2));
        return step.signum() == 0 ? half : half.divideToIntegralValue(step).multiply(step);
    }

    /** Cancels an open order or throws {@link Refused} with UNKNOWN_ORDER. */
    public Order cancel(Account account, String symbol, @Nullable Order order) {
        if (order == null
                || !order.terms().symbol().equals(symbol)
                || !order.status().open()) {
            throw new Refused(Refusal.UNKNOWN_ORDER);
        }
        end(account, order, OrderStatus.CANCELED, 0);
        return order;
    }

    public List<Order> cancelAll(Account account, String symbol) {
        var open = account.orders().open(symbol);
        for (var order : open) end(account, order, OrderStatus.CANCELED, 0);
        return open;
    }

    /** Ends what is open in a symbol because the exchange says so. */
    void expireAll(Account account, String symbol, int reason) {
        for (var order : account.orders().open(symbol)) end(account, order, OrderStatus.EXPIRED, reason);
    }

    /** Ends what rests to close a position that is gone (binance-usdm 5.2, er 4). */
    void expireClosing(Account account, Position position) {
        for (var order : account.orders().open(position.symbol())) {
            var terms = order.terms();
            if (order.status().open()
                    && order.matchable()
                    && terms.closing()
                    && terms.timeInForce().rests()
                    && terms.type() == OrderType.LIMIT
                    && terms.positionSide() == position.side()) {
                end(account, order, OrderStatus.EXPIRED, REDUCE_ONLY_WITHOUT_POSITION);
            }
        }
    }

    void end(Account account, Order order, OrderStatus status, int reason) {
        order.end(status, reason, exchange.now());
        account.orders().refresh(order);
        var execution = status == OrderStatus.CANCELED ? Execution.CANCELED : Execution.EXPIRED;
        exchange.report(account, order, execution, null);
        exchange.conditionals().orderEnded(account, order);
    }
}
