package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/** What an account has tied up in one asset and what is left of it, by the figures of the moment. */
public final class Margins {

    /** A market order is charged margin at a slightly worse price than the book's (binance-usdm 7). */
    private static final BigDecimal MARKET_MARKUP = new BigDecimal("1.0005");

    private static final BigDecimal SHORT_MARKUP = new BigDecimal("1.0015");

    private final Account account;
    private final Prices prices;
    private final String asset;

    Margins(Account account, Prices prices, String asset) {
        this.account = account;
        this.prices = prices;
        this.asset = asset;
    }

    private List<Position> held() {
        var held = account.positions().held();
        held.removeIf(position -> !prices.asset(position.symbol()).equals(asset));
        return held;
    }

    /** What no isolated position has taken for itself. */
    public BigDecimal crossWallet() {
        var cross = account.wallet(asset);
        for (var position : held()) cross = cross.subtract(position.isolatedWallet());
        return cross;
    }

    public BigDecimal unrealized() {
        return unrealized(held());
    }

    public BigDecimal crossUnrealized() {
        return unrealized(cross());
    }

    private BigDecimal unrealized(List<Position> positions) {
        var total = BigDecimal.ZERO;
        for (var position : positions) total = total.add(unrealized(position));
        return total;
    }

    /** The positions that answer for each other. */
    List<Position> cross() {
        var cross = held();
        cross.removeIf(position -> isolated(position.symbol()));
        return cross;
    }

    public BigDecimal unrealized(Position position) {
        return position.unrealized(mark(position));
    }

    public BigDecimal notional(Position position) {
        return position.notional(mark(position));
    }

    private BigDecimal mark(Position position) {
        return prices.market(position.symbol()).mark();
    }

    public boolean isolated(String symbol) {
        return account.terms(symbol).isolated();
    }

    public BigDecimal initial(Position position) {
        return byLeverage(notional(position).abs(), position.symbol());
    }

    public BigDecimal initial() {
        return initial(held());
    }

    private BigDecimal initial(List<Position> positions) {
        var total = BigDecimal.ZERO;
        for (var position : positions) total = total.add(initial(position));
        return total;
    }

    public BigDecimal maintenance(Position position) {
        var market = prices.market(position.symbol());
        var notional = position.notional(market.mark()).abs();
        var tier = Bracket.holding(market.instrument(), notional);
        return Decimals.amount(notional.multiply(tier.maintenance()).subtract(tier.cumulative()));
    }

    public BigDecimal maintenance() {
        return maintenance(held());
    }

    BigDecimal maintenance(List<Position> positions) {
        var total = BigDecimal.ZERO;
        for (var position : positions) total = total.add(maintenance(position));
        return total;
    }

    /** The margin held for the open orders that would enlarge a position. */
    public BigDecimal ofOrders(String symbol, PositionSide side) {
        var demand = account.orders().demand(symbol, side);
        if (demand.equals(Demand.NONE)) return BigDecimal.ZERO;
        return byLeverage(demand.growth(notional(account.positions().of(symbol, side))), symbol);
    }

    public BigDecimal ofOrders() {
        var total = BigDecimal.ZERO;
        for (var symbol : account.orders().symbols()) {
            if (!prices.asset(symbol).equals(asset)) continue;
            for (var side : PositionSide.values()) total = total.add(ofOrders(symbol, side));
        }
        return total;
    }

    /** What a new order may still use. */
    public BigDecimal available() {
        var cross = cross();
        return crossWallet()
                .subtract(initial(cross))
                .subtract(ofOrders())
                .add(unrealized(cross))
                .max(BigDecimal.ZERO);
    }

    /** Initial margin and open loss of the part of an order that enlarges or turns the position (binance-usdm 7). */
    BigDecimal required(NewOrder order) {
        if (order.closing()) return BigDecimal.ZERO;
        var market = prices.market(order.symbol());
        var price = assumedPrice(order, market);
        var notional = notional(account.position(order));
        var before = account.orders().demand(order.symbol(), order.positionSide());
        var growth = before.plus(order.side(), price.multiply(order.quantity()))
                .growth(notional)
                .subtract(before.growth(notional));
        if (growth.signum() <= 0) return BigDecimal.ZERO;
        var distance = order.side()
                .signed(market.mark().subtract(ownPrice(order, market)))
                .min(BigDecimal.ZERO);
        var loss = growth.multiply(distance.abs()).divide(price, Decimals.ASSET_SCALE, RoundingMode.UP);
        return byLeverage(growth, order.symbol()).add(loss);
    }

    /** What margin is asked for: a short at no less than the mark and a little above the last price (binance-usdm 7). */
    static BigDecimal assumedPrice(NewOrder order, Market market) {
        var own = ownPrice(order, market);
        if (order.side() == Side.BUY) return own;
        return own.max(market.mark()).max(market.last().multiply(SHORT_MARKUP));
    }

    private static BigDecimal ownPrice(NewOrder order, Market market) {
        var limit = order.price();
        return limit == null ? market.best(order.side()).multiply(MARKET_MARKUP) : limit;
    }

    private BigDecimal byLeverage(BigDecimal notional, String symbol) {
        return notional.divide(
                BigDecimal.valueOf(account.terms(symbol).leverage()), Decimals.ASSET_SCALE, RoundingMode.UP);
    }

    /** What an isolated position has left, its unrealized profit included; zero for cross ones. */
    public BigDecimal isolatedMargin(Position position) {
        if (!isolated(position.symbol()) || position.flat()) return BigDecimal.ZERO;
        return position.isolatedWallet().add(unrealized(position));
    }

    /** What the cross positions have together, their unrealized profit included. */
    BigDecimal crossMargin() {
        return crossWallet().add(crossUnrealized());
    }

    /** Where the exchange would liquidate; zero when no price would. */
    public BigDecimal liquidationPrice(Position position) {
        if (position.flat()) return BigDecimal.ZERO;
        var market = prices.market(position.symbol());
        var tier = Bracket.holding(market.instrument(), position.notional(market.mark()));
        var wallet = isolated(position.symbol())
                ? position.isolatedWallet()
                : crossMargin().subtract(unrealized(position)).subtract(othersMaintenance(position));
        var amount = position.amount();
        var price = position.cost()
                .subtract(wallet)
                .subtract(tier.cumulative())
                .divide(
                        amount.subtract(amount.abs().multiply(tier.maintenance())),
                        Decimals.ASSET_SCALE,
                        RoundingMode.HALF_EVEN);
        return price.max(BigDecimal.ZERO);
    }

    private BigDecimal othersMaintenance(Position position) {
        return maintenance(cross()).subtract(maintenance(position));
    }
}
