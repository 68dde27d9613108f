package quantum.simulator;

import java.math.BigDecimal;

/** One perpetual contract against USDT with everything an order for it is checked against. */
public record Instrument(
        String symbol,
        String baseAsset,
        PriceRule price,
        Lot lot,
        Lot marketLot,
        BigDecimal minNotional,
        int maxLeverage,
        BigDecimal startPrice) {

    /** The open orders one symbol may hold. */
    public static final int MAX_OPEN_ORDERS = 200;

    void check(NewOrder order, BigDecimal mark) {
        lot.check(order.quantity());
        if (order.type() == OrderType.MARKET) marketLot.check(order.quantity());
        var limit = order.price();
        if (limit != null) {
            price.check(limit);
            price.checkAgainstMark(order.side(), limit, mark);
        }
        var notional = order.quantity().multiply(limit == null ? mark : limit);
        if (!order.reduceOnly() && notional.compareTo(minNotional) < 0) {
            throw new Refused(
                    Refusal.NOTIONAL_TOO_SMALL, minNotional.stripTrailingZeros().toPlainString());
        }
    }
}
