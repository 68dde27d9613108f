package quantum.simulator;

import java.math.BigDecimal;
import java.util.List;

/**
 * One contract with everything an order for it is checked against. The bound for market orders is
 * a share of the mark price, the liquidation fee one of the notional.
 */
public record Instrument(
        String symbol,
        String baseAsset,
        PriceRule price,
        Lot lot,
        Lot marketLot,
        BigDecimal minNotional,
        int maxOrders,
        BigDecimal marketTakeBound,
        BigDecimal liquidationFee,
        List<Bracket> brackets,
        BigDecimal startPrice,
        Contract contract) {

    /** The open limit orders one symbol may hold where the filters say nothing. */
    static final int STANDARD_MAX_ORDERS = 200;

    static final BigDecimal STANDARD_TAKE_BOUND = new BigDecimal("0.05");
    static final BigDecimal STANDARD_LIQUIDATION_FEE = new BigDecimal("0.0125");

    public int maxLeverage() {
        return brackets.getFirst().leverage();
    }

    Instrument withMarketTakeBound(BigDecimal bound) {
        return new Instrument(
                symbol,
                baseAsset,
                price,
                lot,
                marketLot,
                minNotional,
                maxOrders,
                bound,
                liquidationFee,
                brackets,
                startPrice,
                contract);
    }

    Instrument withBrackets(List<Bracket> table) {
        return new Instrument(
                symbol,
                baseAsset,
                price,
                lot,
                marketLot,
                minNotional,
                maxOrders,
                marketTakeBound,
                liquidationFee,
                table,
                startPrice,
                contract);
    }

    /** The same rules under another name. */
    Instrument named(String other) {
        return new Instrument(
                other,
                other.replaceFirst(contract.quoteAsset() + "$", ""),
                price,
                lot,
                marketLot,
                minNotional,
                maxOrders,
                marketTakeBound,
                liquidationFee,
                brackets,
                startPrice,
                contract.named(other));
    }

    void check(NewOrder order, BigDecimal mark) {
        lot.check(order.quantity());
        if (order.type() == OrderType.MARKET) marketLot.check(order.quantity());
        var limit = order.price();
        if (limit != null) {
            price.check(limit);
            price.checkAgainstMark(order.side(), limit, mark);
        }
        var notional = order.quantity().multiply(limit == null ? mark : limit);
        if (!order.closing() && notional.compareTo(minNotional) < 0) {
            throw new Refused(
                    Refusal.NOTIONAL_TOO_SMALL, minNotional.stripTrailingZeros().toPlainString());
        }
    }
}
