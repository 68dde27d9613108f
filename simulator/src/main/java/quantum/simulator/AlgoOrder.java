package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** A conditional order on the exchange and, once it fired, the regular order it became. */
public final class AlgoOrder {

    private final long id;
    private final NewAlgo terms;
    private final Treatment treatment;
    private final long createdAt;
    private long updatedAt;
    private long triggeredAt;
    private AlgoStatus status = AlgoStatus.NEW;
    private @Nullable Order actual;
    private String rejection = "";
    private boolean activated;
    private @Nullable BigDecimal extreme;

    AlgoOrder(long id, NewAlgo terms, Treatment treatment, long now) {
        this.id = id;
        this.terms = terms;
        this.treatment = treatment;
        this.createdAt = now;
        this.updatedAt = now;
    }

    public long id() {
        return id;
    }

    public NewAlgo terms() {
        return terms;
    }

    Treatment treatment() {
        return treatment;
    }

    public long createdAt() {
        return createdAt;
    }

    public long updatedAt() {
        return updatedAt;
    }

    /** Zero before it fired. */
    public long triggeredAt() {
        return triggeredAt;
    }

    public AlgoStatus status() {
        return status;
    }

    /** The regular order, once it exists. */
    public @Nullable Order actual() {
        return actual;
    }

    /** Why it was rejected or expired; empty otherwise. */
    public String rejection() {
        return rejection;
    }

    /** For trailing orders: whether the activation price was reached. */
    public boolean activated() {
        return activated;
    }

    void become(Order order, long now) {
        actual = order;
        move(AlgoStatus.TRIGGERED, now);
    }

    void move(AlgoStatus next, long now) {
        if (next == AlgoStatus.TRIGGERING) triggeredAt = now;
        status = next;
        updatedAt = now;
    }

    void end(AlgoStatus last, String why, long now) {
        rejection = why;
        move(last, now);
    }

    /** The best price a trailing order has seen since it was activated; null before. */
    @Nullable
    BigDecimal extreme() {
        return extreme;
    }

    /** True when the price fires this order; a trailing order also remembers the price (binance-usdm 4.3). */
    boolean fires(BigDecimal price) {
        if (terms.type() == OrderType.TRAILING_STOP_MARKET) return trails(price);
        var level = terms.trigger().price();
        if (level == null) return false;
        var upward = (terms.side() == Side.BUY) != terms.type().takesProfit();
        return upward ? price.compareTo(level) >= 0 : price.compareTo(level) <= 0;
    }

    private boolean trails(BigDecimal price) {
        var buy = terms.side() == Side.BUY;
        if (!activated) {
            var activation = terms.trigger().activation();
            activated =
                    activation == null || (buy ? price.compareTo(activation) <= 0 : price.compareTo(activation) >= 0);
            if (!activated) return false;
        }
        var best = extreme == null ? price : buy ? extreme.min(price) : extreme.max(price);
        extreme = best;
        var callback = terms.trigger().callbackPercent();
        if (callback == null) return false;
        var distance = best.multiply(callback).movePointLeft(2);
        var level = buy ? best.add(distance) : best.subtract(distance);
        return buy ? price.compareTo(level) >= 0 : price.compareTo(level) <= 0;
    }

    /** The level that now fires a trailing order, or its trigger price. */
    public @Nullable BigDecimal level() {
        var callback = terms.trigger().callbackPercent();
        if (extreme == null || callback == null) return terms.trigger().price();
        var distance = extreme.multiply(callback).movePointLeft(2);
        var level = terms.side() == Side.BUY ? extreme.add(distance) : extreme.subtract(distance);
        return level.setScale(Decimals.ASSET_SCALE, RoundingMode.HALF_EVEN);
    }

    void restore(AlgoStatus last, @Nullable Order order, @Nullable BigDecimal best, long updated, long triggered) {
        status = last;
        actual = order;
        extreme = best;
        activated = best != null;
        updatedAt = updated;
        triggeredAt = triggered;
    }
}
