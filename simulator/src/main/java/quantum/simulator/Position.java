package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Deque;

/** A position of one account in one symbol: a signed amount with its exact signed cost. */
public final class Position {

    private static final int REMEMBERED = 16;

    private final String symbol;
    private final PositionSide side;
    private BigDecimal amount = BigDecimal.ZERO;
    private BigDecimal cost = BigDecimal.ZERO;
    private BigDecimal isolatedWallet = BigDecimal.ZERO;
    private BigDecimal realized = BigDecimal.ZERO;
    private BigDecimal carried = BigDecimal.ZERO;
    private long updatedAt;
    private boolean warned;
    private long until;
    private final Deque<Position> past = new ArrayDeque<>();

    Position(String symbol, PositionSide side) {
        this.symbol = symbol;
        this.side = side;
    }

    public String symbol() {
        return symbol;
    }

    /** The net position of one-way mode, or the long or short one of hedge mode. */
    public PositionSide side() {
        return side;
    }

    /** Positive for long, negative for short. */
    public BigDecimal amount() {
        return amount;
    }

    public boolean flat() {
        return amount.signum() == 0;
    }

    /** Amount times entry price, with the amount's sign. */
    BigDecimal cost() {
        return cost;
    }

    public BigDecimal entryPrice() {
        return flat() ? BigDecimal.ZERO : Decimals.shorten(cost.divide(amount, 12, RoundingMode.HALF_EVEN));
    }

    /** The price at which closing now would give back all fees and gains of this position's life. */
    public BigDecimal breakEvenPrice() {
        if (flat()) return BigDecimal.ZERO;
        return Decimals.shorten(cost.add(carried).divide(amount, Decimals.ASSET_SCALE, RoundingMode.HALF_EVEN));
    }

    public BigDecimal isolatedWallet() {
        return isolatedWallet;
    }

    /** Everything realized in this symbol so far, before fees. */
    public BigDecimal realized() {
        return realized;
    }

    public long updatedAt() {
        return updatedAt;
    }

    public BigDecimal notional(BigDecimal mark) {
        return amount.multiply(mark);
    }

    public BigDecimal unrealized(BigDecimal mark) {
        return notional(mark).subtract(cost);
    }

    /**
     * Applies a trade and answers the profit it realized. What a partial close takes from the cost is rounded, and the
     * rest stays in the cost, so that the profits of a whole life always sum up exactly.
     */
    BigDecimal trade(BigDecimal change, BigDecimal price, BigDecimal commission, long now) {
        remember(now);
        updatedAt = now;
        carried = carried.add(commission);
        if (amount.signum() * change.signum() >= 0) {
            amount = amount.add(change);
            cost = cost.add(change.multiply(price));
            return BigDecimal.ZERO;
        }
        var closing = change.abs().min(amount.abs());
        var whole = closing.compareTo(amount.abs()) == 0;
        var removed = whole ? cost : Decimals.ratio(cost.multiply(closing), amount.abs());
        var closed = change.signum() > 0 ? closing : closing.negate();
        var gain = closed.multiply(price).negate().subtract(removed);
        amount = amount.add(closed);
        cost = cost.subtract(removed);
        realized = realized.add(gain);
        carried = whole ? BigDecimal.ZERO : carried.subtract(gain);
        var opening = change.subtract(closed);
        amount = amount.add(opening);
        cost = cost.add(opening.multiply(price));
        return gain;
    }

    private void remember(long now) {
        var was = new Position(symbol, side);
        was.restore(amount, cost, isolatedWallet, updatedAt);
        was.restore(realized, carried);
        was.until = now;
        past.addLast(was);
        if (past.size() > REMEMBERED) past.removeFirst();
    }

    /** What it was at an earlier moment, as far as its latest trades tell. */
    public Position asOf(long moment) {
        return past.stream().filter(was -> was.until > moment).findFirst().orElse(this);
    }

    void isolate(BigDecimal wallet) {
        isolatedWallet = wallet;
    }

    /** True while a margin call is out for it. */
    boolean warned() {
        return warned;
    }

    void warn(boolean endangered) {
        warned = endangered;
    }

    /** Fees less gains since the position was opened. */
    BigDecimal carried() {
        return carried;
    }

    void restore(BigDecimal restoredAmount, BigDecimal restoredCost, BigDecimal wallet, long when) {
        amount = restoredAmount;
        cost = restoredCost;
        isolatedWallet = wallet;
        updatedAt = when;
    }

    /** What it realized so far, and what of it the break-even price has to make good. */
    void restore(BigDecimal gains, BigDecimal fees) {
        realized = gains;
        carried = fees;
    }
}
