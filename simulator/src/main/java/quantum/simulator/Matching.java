package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Admits regular orders, fills them against the book and books what that does to the account. */
public final class Matching {

    private static final int IOC_NOT_FILLED = 2;
    private static final int REDUCE_ONLY_WITHOUT_POSITION = 4;
    private static final int MARKET_REMAINDER = 9;

    private final Simulator exchange;

    Matching(Simulator exchange) {
        this.exchange = exchange;
    }

    /** Admits an order or throws {@link Refused}. With atOnce it is matched before this returns, else after the delay. */
    public Order place(Account account, NewOrder terms, Treatment treatment, boolean atOnce) {
        var market = exchange.prices().quoted(terms.symbol());
        market.instrument().check(terms, market.mark());
        var earlier = account.orders().find(terms.clientId());
        if (earlier != null && earlier.status().open()) throw new Refused(Refusal.DUPLICATE_CLIENT_ID);
        if (terms.reduceOnly()
                && !terms.side().reduces(account.position(terms.symbol()).amount())) {
            throw new Refused(Refusal.REDUCE_ONLY);
        }
        if (account.orders().open(terms.symbol()).size() >= Instrument.MAX_OPEN_ORDERS) {
            throw new Refused(Refusal.TOO_MANY_ORDERS);
        }
        checkBook(terms, market);
        if (!terms.reduceOnly()) checkMargin(account, terms, market);
        var order = admit(account, terms, null, treatment);
        if (atOnce) arrive(account, order);
        else exchange.later(exchange.drawFillDelay(), () -> arrive(account, order));
        return order;
    }

    private static void checkBook(NewOrder terms, Market market) {
        var crosses = crosses(terms, market);
        if (terms.timeInForce() == TimeInForce.GTX && crosses) throw new Refused(Refusal.WOULD_TAKE);
        if (terms.timeInForce() == TimeInForce.FOK && !crosses) throw new Refused(Refusal.CANNOT_FILL_WHOLLY);
    }

    void checkMargin(Account account, NewOrder terms, Market market) {
        var margins = exchange.margins(account);
        var required = margins.required(terms, terms.quantity());
        if (required.signum() == 0) return;
        var position = account.position(terms.symbol()).amount();
        var after = position.add(terms.side().signed(terms.quantity())).abs();
        var cap = Bracket.cap(market.instrument(), account.terms(terms.symbol()).leverage());
        if (after.multiply(market.mark()).compareTo(cap) > 0) throw new Refused(Refusal.POSITION_TOO_LARGE);
        if (required.compareTo(margins.available()) > 0) throw new Refused(Refusal.MARGIN_INSUFFICIENT);
    }

    Order admit(Account account, NewOrder terms, @Nullable AlgoOrder origin, Treatment treatment) {
        var order = new Order(exchange.ids().nextOrder(), terms, origin, treatment, exchange.now());
        account.orders().add(order);
        exchange.report(account, order, Execution.NEW, null);
        return order;
    }

    /** The order reaches the book: it takes what crosses, or rests, or expires. */
    void arrive(Account account, Order order) {
        if (!order.status().open() || order.treatment() == Treatment.NEVER_FILLS) return;
        order.allowMatching();
        var terms = order.terms();
        var market = exchange.prices().market(terms.symbol());
        if (crosses(terms, market)) {
            fill(account, order, terms.side() == Side.BUY ? market.ask() : market.bid(), false);
        } else if (terms.timeInForce() != TimeInForce.GTC && terms.timeInForce() != TimeInForce.GTX) {
            end(account, order, OrderStatus.EXPIRED, IOC_NOT_FILLED);
        }
    }

    void priceMoved(Account account, Market market) {
        for (var order : account.orders().open(market.instrument().symbol())) {
            var limit = order.terms().price();
            if (limit != null && order.status().open() && order.matchable() && crosses(order.terms(), market)) {
                fill(account, order, limit, true);
            }
        }
    }

    private static boolean crosses(NewOrder terms, Market market) {
        var limit = terms.price();
        if (limit == null) return true;
        return terms.side() == Side.BUY
                ? market.ask().compareTo(limit) <= 0
                : market.bid().compareTo(limit) >= 0;
    }

    private void fill(Account account, Order order, BigDecimal price, boolean maker) {
        if (order.terms().reduceOnly()) {
            var held = account.position(order.terms().symbol()).amount();
            if (!order.terms().side().reduces(held)) {
                end(account, order, OrderStatus.EXPIRED, REDUCE_ONLY_WITHOUT_POSITION);
                return;
            }
            order.capAt(held.abs());
        }
        var partial = order.treatment() == Treatment.PARTIAL_THEN_EXPIRE;
        var quantity = partial ? half(order) : order.remaining();
        if (quantity.signum() > 0) execute(account, order, price, quantity, maker);
        if (order.status().open() && partial) end(account, order, OrderStatus.EXPIRED, MARKET_REMAINDER);
    }

    private BigDecimal half(Order order) {
        var step = exchange.prices()
                .market(order.terms().symbol())
                .instrument()
                .lot()
                .step();
        var half = order.remaining().divide(BigDecimal.valueOf(2));
        return step.signum() == 0 ? half : half.divideToIntegralValue(step).multiply(step);
    }

    private void execute(Account account, Order order, BigDecimal price, BigDecimal quantity, boolean maker) {
        var position = account.position(order.terms().symbol());
        var before = position.amount();
        var rate = maker ? account.feeRates().maker() : account.feeRates().taker();
        var commission = Decimals.amount(price.multiply(quantity).multiply(rate));
        var realized = position.trade(order.terms().side().signed(quantity), price, commission, exchange.now());
        position.isolate(isolatedWallet(account, position, before, price));
        account.setWallet(account.wallet().add(realized).subtract(commission), exchange.now());
        order.execute(price, quantity, exchange.now());
        account.orders().refresh(order);
        var fill = new Fill(
                exchange.ids().nextTrade(), order, price, quantity, commission, realized, maker, exchange.now());
        account.record(fill);
        exchange.report(account, order, Execution.TRADE, fill);
        exchange.report(account, position);
        if (!order.status().open()) exchange.conditionals().orderEnded(account, order);
        if (before.signum() != 0 && position.amount().signum() != before.signum()) {
            exchange.conditionals().positionClosed(account, position.symbol(), before.signum() > 0);
        }
    }

    /** Margin goes in with what enlarges the position and comes out in proportion to what closes it. */
    private static BigDecimal isolatedWallet(Account account, Position position, BigDecimal before, BigDecimal price) {
        var terms = account.terms(position.symbol());
        var amount = position.amount();
        if (!terms.isolated() || amount.signum() == 0) return BigDecimal.ZERO;
        var kept = amount.signum() == before.signum() ? before.abs().min(amount.abs()) : BigDecimal.ZERO;
        var wallet = kept.signum() == 0
                ? BigDecimal.ZERO
                : Decimals.ratio(position.isolatedWallet().multiply(kept), before.abs());
        var added = amount.abs().subtract(kept).multiply(price);
        return wallet.add(added.divide(BigDecimal.valueOf(terms.leverage()), Decimals.ASSET_SCALE, RoundingMode.UP));
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

    private void end(Account account, Order order, OrderStatus status, int reason) {
        order.end(status, reason, exchange.now());
        account.orders().refresh(order);
        var execution = status == OrderStatus.CANCELED ? Execution.CANCELED : Execution.EXPIRED;
        exchange.report(account, order, execution, null);
        exchange.conditionals().orderEnded(account, order);
    }

    /** Changes the leverage of a symbol or throws {@link Refused}. */
    public void chooseLeverage(Account account, String symbol, int leverage) {
        var instrument = exchange.prices().market(symbol).instrument();
        if (leverage < 1 || leverage > instrument.maxLeverage()) throw new Refused(Refusal.LEVERAGE_INVALID);
        var terms = account.terms(symbol);
        var position = account.position(symbol);
        if (terms.isolated() && !position.flat() && leverage < terms.leverage()) {
            throw new Refused(Refusal.LEVERAGE_CUT_ISOLATED);
        }
        account.choose(symbol, new SymbolTerms(leverage, terms.isolated()));
        exchange.reportLeverage(account, symbol, leverage);
    }

    /** Changes the margin type of a symbol or throws {@link Refused}. */
    public void chooseMarginType(Account account, String symbol, boolean isolated) {
        exchange.prices().market(symbol);
        var terms = account.terms(symbol);
        if (terms.isolated() == isolated) throw new Refused(Refusal.MARGIN_TYPE_SAME);
        if (!account.orders().open(symbol).isEmpty()) throw new Refused(Refusal.MARGIN_TYPE_ORDERS);
        if (!account.position(symbol).flat()) throw new Refused(Refusal.MARGIN_TYPE_POSITION);
        account.choose(symbol, new SymbolTerms(terms.leverage(), isolated));
        exchange.changed();
    }

    /** Sets balance and fee rates from outside. */
    public void adjust(Account account, BigDecimal wallet, FeeRates rates) {
        account.charge(rates);
        account.setWallet(wallet, exchange.now());
        exchange.changed();
    }
}
