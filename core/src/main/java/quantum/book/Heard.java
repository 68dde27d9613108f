package quantum.book;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.order.Fill;
import quantum.order.OrderId;
import quantum.venue.Call;

/**
 * What was heard to be executed of one position by orders of ours, since the process began: a list of trades must hold
 * it. A list that lags may lack some of it and add up all the same (seed 1569). A restart forgets it.
 */
public final class Heard {

    /** By the exchange's order ids, which trades bear; what each executed in all. */
    private final Map<OrderId, BigDecimal> entries = new HashMap<>();

    private final Map<OrderId, BigDecimal> exits = new HashMap<>();
    private BigDecimal exitWorth = BigDecimal.ZERO;
    // Added after a restart, while the ledger's quantity may hold it already (seed 34441).
    private BigDecimal uncounted = BigDecimal.ZERO;
    private long uncountedNanos;
    private boolean shown;
    private boolean confirmed;

    public void entry(OrderId order, BigDecimal by) {
        entries.merge(order, by, BigDecimal::add);
    }

    /**
     * Added, while a reading may have counted it before it was proven: the next one shows which. Until then a close of
     * all that is known leaves it held.
     */
    public void perhapsCounted(BigDecimal by, long nanos) {
        uncounted = uncounted.add(by);
        uncountedNanos = nanos;
    }

    /** What is held was read, or told, at this time or later: with it whatever had been added. */
    public void counted(long nanos) {
        if (nanos - uncountedNanos >= 0) {
            uncounted = BigDecimal.ZERO;
        }
    }

    /** What may be held beside the quantity that is known. */
    public BigDecimal uncounted() {
        return uncounted;
    }

    /** The worth gives an exit price where the exchange's trades cannot be had (X-F7). */
    public void exit(OrderId order, BigDecimal by, BigDecimal worth) {
        exits.merge(order, by, BigDecimal::add);
        exitWorth = exitWorth.add(worth);
    }

    /**
     * The exchange spoke of the position itself, not of its orders alone. What only its own fill spoke of may never
     * have been: the order may have met another hand's position (B-1).
     */
    public void shown() {
        shown = true;
    }

    public boolean isShown() {
        return shown;
    }

    /** A reading showed it long after the one that it was found in. One list alone may be a late one. */
    public void confirmed() {
        confirmed = true;
    }

    public boolean isConfirmed() {
        return confirmed;
    }

    /** How much more was closed than opened, where it is known how it was opened. */
    public BigDecimal closedBeyond() {
        return entries.isEmpty()
                ? BigDecimal.ZERO
                : sum(exits).subtract(sum(entries)).max(BigDecimal.ZERO);
    }

    private static BigDecimal sum(Map<OrderId, BigDecimal> orders) {
        return orders.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** True where a list tells less; of a found position it does not tell how it was entered. */
    public boolean isMoreThan(List<Call.Trade> trades, boolean isFound) {
        Map<OrderId, BigDecimal> listed = new HashMap<>();
        trades.forEach(trade -> listed.merge(trade.orderId(), trade.quantity().value(), BigDecimal::add));
        return isMoreThan(listed, exits) || (!isFound && isMoreThan(listed, entries));
    }

    private static boolean isMoreThan(Map<OrderId, BigDecimal> listed, Map<OrderId, BigDecimal> heard) {
        return heard.entrySet().stream()
                .anyMatch(order ->
                        listed.getOrDefault(order.getKey(), BigDecimal.ZERO).compareTo(order.getValue()) < 0);
    }

    /**
     * The mean price of the exits, where they closed exactly this. Where a part was closed by others, no price is
     * better than a wrong one.
     */
    @Nullable
    public Price exitPrice(Quantity all) {
        return sum(exits).compareTo(all.value()) == 0 ? Fill.mean(exitWorth, all) : null;
    }
}
