package quantum.binance;

import java.math.BigDecimal;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Symbol;
import quantum.order.Fill;
import quantum.order.OrderId;

/**
 * Trades by order, each counted once, so that a fee is told only when every trade behind a quantity was seen. Remembers
 * the latest orders alone; a forgotten one merely has no fee until its trades are read.
 */
final class OrderTrades {

    private static final int ORDERS = 512;
    private static final int TRADES = 2000;

    /** Order ids count by symbol. */
    private record Key(Symbol symbol, OrderId orderId) {}

    /** Running sums of one order. */
    private static final class Sums {
        private final Set<Long> trades = new HashSet<>();
        private BigDecimal quantity = BigDecimal.ZERO;
        private BigDecimal notional = BigDecimal.ZERO;
        private @Nullable BigDecimal fee = BigDecimal.ZERO;
    }

    /** What is known of an order's executions; the quantity is above zero, the fee absent unless all are in quote. */
    record Sum(BigDecimal quantity, Price mean, @Nullable BigDecimal fee) {}

    private final Listings listings;
    private final Map<Key, Sums> orders = new LinkedHashMap<>();

    OrderTrades(Listings listings) {
        this.listings = listings;
    }

    void add(Execution execution) {
        Key key = new Key(execution.symbol(), execution.orderId());
        Sums sums = orders.remove(key);
        if (sums == null) {
            sums = new Sums();
        }
        orders.put(key, sums);
        if (orders.size() > ORDERS) {
            orders.remove(orders.keySet().iterator().next());
        }
        if (sums.trades.size() < TRADES && sums.trades.add(execution.tradeId())) {
            add(sums, execution);
        }
    }

    private void add(Sums sums, Execution execution) {
        sums.quantity = sums.quantity.add(execution.quantity().value());
        sums.notional = sums.notional.add(execution.price().times(execution.quantity()));
        boolean inQuote = execution.fee().signum() == 0 || listings.isQuote(execution.symbol(), execution.feeAsset());
        sums.fee = inQuote && sums.fee != null ? sums.fee.add(execution.fee()) : null;
    }

    /** The executions seen of an order; null if none was. */
    @Nullable
    Sum of(Symbol symbol, OrderId orderId) {
        Sums sums = orders.get(new Key(symbol, orderId));
        if (sums == null || sums.quantity.signum() == 0) {
            return null;
        }
        return new Sum(sums.quantity, Fill.mean(sums.notional, new Quantity(sums.quantity)), sums.fee);
    }

    /** The fee of an executed quantity, if exactly its trades were seen. */
    @Nullable
    BigDecimal fee(Symbol symbol, OrderId orderId, BigDecimal executed) {
        Sum sum = of(symbol, orderId);
        return sum != null && sum.quantity().compareTo(executed) == 0 ? sum.fee() : null;
    }

    /** The sums of a complete list of an order's trades; null if it is empty. */
    static @Nullable Sum sum(Listings listings, List<Execution> trades) {
        OrderTrades orderTrades = new OrderTrades(listings);
        trades.forEach(orderTrades::add);
        return trades.isEmpty()
                ? null
                : orderTrades.of(trades.getFirst().symbol(), trades.getFirst().orderId());
    }
}
