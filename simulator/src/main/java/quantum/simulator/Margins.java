package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What an account has tied up and what is left, by the figures of the moment. */
public final class Margins {

    /** A market order is charged margin at a slightly worse price than the book's (binance-usdm 7). */
    private static final BigDecimal MARKET_MARKUP = new BigDecimal("1.0005");

    private final Account account;
    private final Prices prices;

    Margins(Account account, Prices prices) {
        this.account = account;
        this.prices = prices;
    }

    public BigDecimal unrealized() {
        return sum(account.positions().stream().map(this::unrealized).toList());
    }

    public BigDecimal crossUnrealized() {
        return sum(account.positions().stream()
                .filter(position -> !isolated(position.symbol()))
                .map(this::unrealized)
                .toList());
    }

    public BigDecimal unrealized(Position position) {
        return position.unrealized(prices.market(position.symbol()).mark());
    }

    public boolean isolated(String symbol) {
        return account.terms(symbol).isolated();
    }

    public BigDecimal initial(Position position) {
        var notional =
                position.notional(prices.market(position.symbol()).mark()).abs();
        return byLeverage(notional, position.symbol());
    }

    public BigDecimal initial() {
        return sum(account.positions().stream().map(this::initial).toList());
    }

    public BigDecimal maintenance(Position position) {
        var market = prices.market(position.symbol());
        var notional = position.notional(market.mark()).abs();
        var tier = Bracket.holding(market.instrument(), notional);
        return Decimals.amount(notional.multiply(tier.maintenance()).subtract(tier.cumulative()));
    }

    public BigDecimal maintenance() {
        return sum(account.positions().stream().map(this::maintenance).toList());
    }

    /** The margin held for the open orders of a symbol that would enlarge its position. */
    public BigDecimal ofOrders(String symbol) {
        return sum(account.orders().open(symbol).stream()
                .filter(order -> !order.terms().reduceOnly())
                .map(order -> required(order.terms(), order.remaining()))
                .toList());
    }

    public BigDecimal ofOrders() {
        return sum(account.orders().open().stream()
                .filter(order -> !order.terms().reduceOnly())
                .map(order -> required(order.terms(), order.remaining()))
                .toList());
    }

    /** What a new order may still use. */
    public BigDecimal available() {
        var cross = sum(account.positions().stream()
                .filter(position -> !isolated(position.symbol()))
                .map(this::initial)
                .toList());
        return account.crossWallet()
                .subtract(cross)
                .subtract(ofOrders())
                .add(crossUnrealized())
                .max(BigDecimal.ZERO);
    }

    /** Initial margin and open loss of the part of an order that enlarges or turns the position. */
    BigDecimal required(NewOrder order, BigDecimal quantity) {
        var held = account.position(order.symbol()).amount();
        var enlarging = order.side().reduces(held) ? quantity.subtract(held.abs()) : quantity;
        if (enlarging.signum() <= 0) return BigDecimal.ZERO;
        var market = prices.market(order.symbol());
        var price = assumedPrice(order, market);
        var margin = byLeverage(price.multiply(enlarging), order.symbol());
        var difference = market.mark().subtract(price);
        var loss = (order.side() == Side.BUY ? difference : difference.negate()).min(BigDecimal.ZERO);
        return margin.add(loss.abs().multiply(enlarging));
    }

    private static BigDecimal assumedPrice(NewOrder order, Market market) {
        var limit = order.price();
        if (limit != null) return order.side() == Side.BUY ? limit : limit.max(market.bid());
        return (order.side() == Side.BUY ? market.ask() : market.bid()).multiply(MARKET_MARKUP);
    }

    private BigDecimal byLeverage(BigDecimal notional, String symbol) {
        return notional.divide(
                BigDecimal.valueOf(account.terms(symbol).leverage()), Decimals.ASSET_SCALE, RoundingMode.UP);
    }

    /** Where the exchange would liquidate; zero when no price would. */
    public BigDecimal liquidationPrice(Position position) {
        if (position.flat()) return BigDecimal.ZERO;
        var market = prices.market(position.symbol());
        var tier = Bracket.holding(market.instrument(), position.notional(market.mark()));
        var wallet = isolated(position.symbol())
                ? position.isolatedWallet()
                : account.crossWallet().add(crossUnrealized()).subtract(unrealized(position));
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

    private static BigDecimal sum(Iterable<BigDecimal> amounts) {
        var total = BigDecimal.ZERO;
        for (var amount : amounts) total = total.add(amount);
        return total;
    }
}
