package quantum.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.venue.Call.Trade;

/**
 * One position life added up from the exchange's own trades, so that prices, fees and results are never ours to guess
 * (INC-I59: an own log showed 72.7 % wins where the exchange showed 7.1 %). Exact decimals.
 */
public record Settlement(
        Price entryPrice,
        Price exitPrice,
        Quantity quantity,
        BigDecimal gross,
        Fees fees,
        Instant closedAt,
        Set<OrderId> orders) {

    /** What was paid in the quote asset; not complete where a fee was taken in another asset. */
    public record Fees(BigDecimal known, boolean complete) {

        static final Fees NONE = new Fees(BigDecimal.ZERO, true);

        Fees plus(@Nullable BigDecimal fee, BigDecimal amount, BigDecimal traded) {
            if (fee == null) {
                return new Fees(known, false);
            }
            BigDecimal part = amount.compareTo(traded) == 0
                    ? fee
                    : fee.multiply(amount).divide(traded, 8, RoundingMode.HALF_EVEN);
            return new Fees(known.add(part), complete);
        }
    }

    /** What was held before the first trade that we know of: a position found on the exchange. */
    public record Found(Quantity quantity, Price entryPrice) {}

    /**
     * Adds up the trades of a life, from its first entry until nothing is held.
     *
     * @param trades of the symbol, oldest first; earlier and later lives may be among them
     * @param entryOrders the orders that opened it; ignored for a found position
     * @return absent while the trades do not end at zero
     */
    public static Optional<Settlement> of(
            Direction direction, List<Trade> trades, Set<OrderId> entryOrders, @Nullable Found found) {
        BigDecimal held = found == null ? BigDecimal.ZERO : found.quantity().value();
        BigDecimal entered = held;
        BigDecimal entryNotional =
                found == null ? BigDecimal.ZERO : found.entryPrice().times(found.quantity());
        BigDecimal exitNotional = BigDecimal.ZERO;
        Fees fees = Fees.NONE;
        Set<OrderId> orders = new LinkedHashSet<>();
        List<Trade> life = found == null ? fromFirstEntry(trades, entryOrders) : trades;
        int last = lastEntry(life, entryOrders);
        for (int i = 0; i < life.size(); i++) {
            Trade trade = life.get(i);
            boolean enters = trade.side() == direction.entry();
            BigDecimal traded = trade.quantity().value();
            // A trade that turned the position belongs to this life as far as it closed it.
            BigDecimal amount = enters ? traded : traded.min(held);
            BigDecimal notional = trade.price().value().multiply(amount);
            held = enters ? held.add(amount) : held.subtract(amount);
            entered = enters ? entered.add(amount) : entered;
            entryNotional = enters ? entryNotional.add(notional) : entryNotional;
            exitNotional = enters ? exitNotional : exitNotional.add(notional);
            fees = fees.plus(trade.fee(), amount, traded);
            orders.add(trade.orderId());
            // What ended unnoticed, and was added to by an order of the same life, ends with what was added.
            if (held.signum() == 0 && i >= last) {
                Quantity quantity = new Quantity(entered);
                BigDecimal gross = exitNotional.subtract(entryNotional).multiply(BigDecimal.valueOf(direction.sign()));
                return Optional.of(new Settlement(
                        Fill.mean(entryNotional, quantity),
                        Fill.mean(exitNotional, quantity),
                        quantity,
                        gross,
                        fees,
                        trade.time(),
                        orders));
            }
        }
        return Optional.empty();
    }

    private static int lastEntry(List<Trade> trades, Set<OrderId> entryOrders) {
        int last = 0;
        for (int i = 0; i < trades.size(); i++) {
            last = entryOrders.contains(trades.get(i).orderId()) ? i : last;
        }
        return last;
    }

    private static List<Trade> fromFirstEntry(List<Trade> trades, Set<OrderId> entryOrders) {
        List<Trade> life = new ArrayList<>();
        for (Trade trade : trades) {
            if (!life.isEmpty() || entryOrders.contains(trade.orderId())) {
                life.add(trade);
            }
        }
        return life;
    }

    /** The result after the fees that are known. */
    public BigDecimal net() {
        return gross.subtract(fees.known());
    }

    /** The net result in percent of what was entered, to four decimals. */
    public BigDecimal netPercent() {
        return net().movePointRight(2).divide(entryPrice.times(quantity), 4, RoundingMode.HALF_EVEN);
    }
}
