package quantum.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/** A seeded random walk of one symbol: about 2.3 basis points a step, so that 0.3 % takes some thirty seconds. */
public final class PriceWalk {

    private static final int LARGEST_STEP = 40;
    private static final int STEP_UNIT = 5;
    private static final int SCALE = 16;
    private static final long SHORTEST = TimeUnit.MILLISECONDS.toNanos(100);
    private static final long LONGEST = TimeUnit.MILLISECONDS.toNanos(250);

    private final SplittableRandom random;

    public PriceWalk(long seed, String symbol) {
        random = new SplittableRandom(seed * 31 + symbol.hashCode());
    }

    public BigDecimal next(BigDecimal price) {
        var change = BigDecimal.valueOf(random.nextLong(-LARGEST_STEP, LARGEST_STEP + 1), STEP_UNIT);
        return price.add(price.multiply(change)).setScale(SCALE, RoundingMode.HALF_EVEN);
    }

    public long pause() {
        return random.nextLong(SHORTEST, LONGEST);
    }
}
