package quantum.simulator;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What can be taken from the book between two moves of the price: so many levels, this far apart, of the same quantity
 * each, on either side. A quantity of zero stands for a book without bottom.
 */
public final class Depth {

    /** What one level gives. */
    public record Take(BigDecimal price, BigDecimal quantity) {}

    private final BigDecimal perLevel;
    private final int levels;
    private final BigDecimal distance;
    private BigDecimal bought = BigDecimal.ZERO;
    private BigDecimal sold = BigDecimal.ZERO;

    /** The distance is a price. */
    public Depth(BigDecimal perLevel, int levels, BigDecimal distance) {
        this.perLevel = perLevel;
        this.levels = levels;
        this.distance = distance;
    }

    public static Depth bottomless() {
        return new Depth(BigDecimal.ZERO, 1, BigDecimal.ZERO);
    }

    public BigDecimal perLevel() {
        return perLevel;
    }

    public int levels() {
        return levels;
    }

    public void refill() {
        bought = BigDecimal.ZERO;
        sold = BigDecimal.ZERO;
    }

    /** The levels that an order of this side and size would take, best first, none of them worse than the limit. */
    public List<Take> quote(Side side, BigDecimal best, BigDecimal quantity, @Nullable BigDecimal limit) {
        var takes = new ArrayList<Take>();
        var skipped = side == Side.BUY ? bought : sold;
        var missing = quantity;
        var price = best;
        for (int level = 0; level < levels && missing.signum() > 0 && price.signum() > 0; level++) {
            if (limit != null && side.worse(price, limit)) break;
            var left = perLevel.signum() == 0 ? missing : perLevel.subtract(skipped.min(perLevel));
            skipped = skipped.subtract(perLevel).max(BigDecimal.ZERO);
            if (left.signum() > 0) takes.add(new Take(price, left.min(missing)));
            missing = missing.subtract(left.min(missing));
            price = price.add(side.signed(distance));
        }
        return takes;
    }

    public void take(Side side, BigDecimal quantity) {
        if (perLevel.signum() == 0) return;
        if (side == Side.BUY) bought = bought.add(quantity);
        else sold = sold.add(quantity);
    }
}
