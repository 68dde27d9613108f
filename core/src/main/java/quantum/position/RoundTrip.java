package quantum.position;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
public record RoundTrip(
        Price entryPrice,
        Price exitPrice,
        Quantity quantity,
        BigDecimal gross,
        Fees fees,
        Instant firstTradeAt,
        Instant closedAt,
        HeldOverTime course,
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
     * What is known of the end beside the trades.
     *
     * @param reducing orders that only reduce: what one of them closed was held
     * @param listed whether the list holds everything up to the end, after which nothing was held
     */
    public record End(Set<OrderId> reducing, boolean listed) {

        /** Nothing but the trades. */
        public static final End UNKNOWN = new End(Set.of(), false);
    }

    /**
     * Adds up the trades of a position, from its first entry until nothing is held. Where that does not add up, another hand's
     * order was executed around ours: then they are counted back from the end, at which nothing was held.
     *
     * @param trades of the symbol, oldest first; earlier and later positions may be among them
     * @param entryOrders the orders that opened it; ignored for a found position
     * @return absent while the trades do not end at zero
     */
    public static Optional<RoundTrip> of(
            Direction direction, List<Trade> trades, Set<OrderId> entryOrders, @Nullable Found found, End end) {
        Sum sum = new Sum(direction, found);
        int last = -1;
        boolean isBegun = found != null;
        for (int i = 0; i < trades.size() && last < 0; i++) {
            Trade trade = trades.get(i);
            isBegun |= entryOrders.contains(trade.orderId());
            if (isBegun) {
                // A trade that turned the position belongs to it as far as it closed it.
                sum.add(trade, sum.enters(trade) ? trade.quantity().value() : sum.most(trade));
                last = sum.held.signum() == 0 ? i : -1;
            }
        }
        // What such an order closed was held: more than the entries that are known.
        boolean isShort = last >= 0
                && sum.cut.signum() > 0
                && end.reducing().contains(trades.get(last).orderId());
        Optional<RoundTrip> forward = last >= 0 && !isShort ? Optional.of(sum.settlement()) : Optional.empty();
        if (forward.isPresent() || !end.listed()) {
            return forward;
        }
        return found == null ? backward(direction, trades, entryOrders) : found(direction, trades, found);
    }

    /** What was found may have been less or more by then: as much was held as its trades closed since. */
    private static Optional<RoundTrip> found(Direction direction, List<Trade> trades, Found found) {
        BigDecimal closed =
                trades.stream().map(trade -> trade.changeOf(direction)).reduce(BigDecimal.ZERO, BigDecimal::subtract);
        if (closed.signum() <= 0) {
            return Optional.empty();
        }
        Sum sum = new Sum(direction, new Found(new Quantity(closed), found.entryPrice()));
        trades.forEach(trade -> sum.add(trade, trade.quantity().value()));
        return Optional.of(sum.settlement());
    }

    /** Adds up the trades of a life of whose end nothing else is known. */
    public static Optional<RoundTrip> of(
            Direction direction, List<Trade> trades, Set<OrderId> entryOrders, @Nullable Found found) {
        return of(direction, trades, entryOrders, found, End.UNKNOWN);
    }

    /** From the last trade, after which nothing was held, back to the one before which nothing was held of this direction. */
    private static Optional<RoundTrip> backward(Direction direction, List<Trade> trades, Set<OrderId> entryOrders) {
        BigDecimal after = BigDecimal.ZERO;
        boolean isOurs = false;
        for (int i = trades.size() - 1; i >= 0; i--) {
            Trade trade = trades.get(i);
            BigDecimal traded = trade.quantity().value();
            boolean enters = trade.side() == direction.entry();
            isOurs |= enters && entryOrders.contains(trade.orderId());
            if (enters && after.compareTo(traded) <= 0) {
                return isOurs && after.signum() > 0 ? Optional.of(from(i, after, direction, trades)) : Optional.empty();
            }
            after = after.subtract(trade.changeOf(direction));
        }
        return Optional.empty();
    }

    /** A trade that turned the position belongs to it as far as it opened it. */
    private static RoundTrip from(int first, BigDecimal opened, Direction direction, List<Trade> trades) {
        Sum sum = new Sum(direction, null);
        sum.add(trades.get(first), opened);
        trades.subList(first + 1, trades.size())
                .forEach(trade -> sum.add(trade, trade.quantity().value()));
        return sum.settlement();
    }

    /** Trades of one position, oldest first. */
    private static final class Sum {
        private final Direction direction;
        private final BigDecimal before;
        private BigDecimal held;
        private BigDecimal entered;
        private BigDecimal entryNotional;
        private BigDecimal exitNotional = BigDecimal.ZERO;
        /** What the last trade closed beyond what was held. */
        private BigDecimal cut = BigDecimal.ZERO;

        private Fees fees = Fees.NONE;
        private @Nullable Trade first;
        private @Nullable Trade last;
        private final Set<OrderId> orders = new LinkedHashSet<>();
        private final List<HeldOverTime.Step> steps = new ArrayList<>();

        Sum(Direction direction, @Nullable Found found) {
            this.direction = direction;
            this.before = found == null ? BigDecimal.ZERO : found.quantity().value();
            this.held = before;
            this.entered = before;
            this.entryNotional =
                    found == null ? BigDecimal.ZERO : found.entryPrice().times(found.quantity());
        }

        boolean enters(Trade trade) {
            return trade.side() == direction.entry();
        }

        BigDecimal most(Trade trade) {
            return trade.quantity().value().min(held);
        }

        void add(Trade trade, BigDecimal amount) {
            BigDecimal notional = trade.price().value().multiply(amount);
            if (enters(trade)) {
                held = held.add(amount);
                entered = entered.add(amount);
                entryNotional = entryNotional.add(notional);
            } else {
                held = held.subtract(amount);
                exitNotional = exitNotional.add(notional);
            }
            cut = trade.quantity().value().subtract(amount);
            fees = fees.plus(trade, amount);
            // The order that closed it comes last.
            orders.remove(trade.orderId());
            orders.add(trade.orderId());
            steps.add(new HeldOverTime.Step(trade.time(), held));
            first = first == null ? trade : first;
            last = trade;
        }

        RoundTrip settlement() {
            Quantity quantity = new Quantity(entered);
            return new RoundTrip(
                    Fill.mean(entryNotional, quantity),
                    Fill.mean(exitNotional, quantity),
                    quantity,
                    exitNotional.subtract(entryNotional).multiply(BigDecimal.valueOf(direction.sign())),
                    fees,
                    Objects.requireNonNull(first).time(),
                    Objects.requireNonNull(last).time(),
                    new HeldOverTime(before, steps),
                    List.copyOf(orders));
        }
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
