package quantum.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.venue.Call;
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
        Instant firstTradeAt,
        Instant closedAt,
        Course course,
        List<OrderId> orders) {

    /**
     * What was paid in the quote asset, and in others by their names; not complete where any was taken in another asset,
     * because nobody says what that was worth.
     */
    public record Fees(BigDecimal known, Map<String, BigDecimal> others, boolean complete) {

        static final Fees NONE = new Fees(BigDecimal.ZERO, Map.of(), true);

        Fees plus(Trade trade, BigDecimal amount) {
            BigDecimal traded = trade.quantity().value();
            BigDecimal fee = trade.fee();
            if (fee != null) {
                return new Fees(known.add(part(fee, amount, traded)), others, complete);
            }
            Call.OtherFee other = trade.other();
            Map<String, BigDecimal> all = new TreeMap<>(others);
            if (other != null) {
                all.merge(other.asset(), part(other.amount(), amount, traded), BigDecimal::add);
            }
            return new Fees(known, all, false);
        }

        /** All of them by asset, with this amount in the quote asset. */
        public Map<String, BigDecimal> byAsset(String quote, BigDecimal amount) {
            Map<String, BigDecimal> all = new TreeMap<>(others);
            if (!quote.isEmpty() && amount.signum() != 0) {
                all.merge(quote, amount, BigDecimal::add);
            }
            return all;
        }

        private static BigDecimal part(BigDecimal fee, BigDecimal amount, BigDecimal traded) {
            return amount.compareTo(traded) == 0 ? fee : fee.multiply(amount).divide(traded, 8, RoundingMode.HALF_EVEN);
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
        List<Course.Step> steps = new ArrayList<>();
        List<Trade> life = found == null ? fromFirstEntry(trades, entryOrders) : trades;
        for (Trade trade : life) {
            boolean enters = trade.side() == direction.entry();
            BigDecimal traded = trade.quantity().value();
            // A trade that turned the position belongs to this life as far as it closed it.
            BigDecimal amount = enters ? traded : traded.min(held);
            BigDecimal notional = trade.price().value().multiply(amount);
            held = enters ? held.add(amount) : held.subtract(amount);
            entered = enters ? entered.add(amount) : entered;
            entryNotional = enters ? entryNotional.add(notional) : entryNotional;
            exitNotional = enters ? exitNotional : exitNotional.add(notional);
            fees = fees.plus(trade, amount);
            // The order that closed it comes last.
            orders.remove(trade.orderId());
            orders.add(trade.orderId());
            steps.add(new Course.Step(trade.time(), held));
            if (held.signum() == 0) {
                Quantity quantity = new Quantity(entered);
                BigDecimal gross = exitNotional.subtract(entryNotional).multiply(BigDecimal.valueOf(direction.sign()));
                return Optional.of(new Settlement(
                        Fill.mean(entryNotional, quantity),
                        Fill.mean(exitNotional, quantity),
                        quantity,
                        gross,
                        fees,
                        life.getFirst().time(),
                        trade.time(),
                        new Course(
                                found == null
                                        ? BigDecimal.ZERO
                                        : found.quantity().value(),
                                steps),
                        List.copyOf(orders)));
            }
        }
        return Optional.empty();
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

    /** The order whose trade ended it. */
    public OrderId closedBy() {
        return orders.getLast();
    }

    /**
     * The result after fees and other payments, which are negative where they went out. Before all fees where not all are
     * known in the quote asset: net of one half would look like a result and be none (X-F8).
     */
    public BigDecimal net(BigDecimal payments) {
        return gross.subtract(fees.complete() ? fees.known() : BigDecimal.ZERO).add(payments);
    }

    /** The same in percent of what was entered, to four decimals. */
    public BigDecimal netPercent(BigDecimal payments) {
        return net(payments).movePointRight(2).divide(entryPrice.times(quantity), 4, RoundingMode.HALF_EVEN);
    }
}
