package quantum.guard;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * The limits that guards apply to opens; defaults are those of the seeds (design section 4). {@code openMaxAge} is the
 * age at which an open is stale, {@code priceMaxAge} that at which a mark opens nothing.
 */
public record Limits(Rates rates, MarginLimits margin, Exposure exposure, Duration openMaxAge, Duration priceMaxAge) {

    /** Opens per symbol and in all, the pause after a breach of the latter (seed 003), and the breaker of circles. */
    public record Rates(Duration symbolInterval, int opensPerMinute, Duration globalCooldown, Breaker.Limit breaker) {
        /** Rates without a breaker. */
        public Rates(Duration symbolInterval, int opensPerMinute, Duration globalCooldown) {
            this(symbolInterval, opensPerMinute, globalCooldown, Breaker.Limit.NONE);
        }
    }

    /**
     * Free margin: buffer factor, pause after a failure, the failures within a window that mean safe mode, and the amount
     * below which a person is told, 0 for never.
     */
    public record MarginLimits(
            BigDecimal bufferFactor,
            Duration cooldown,
            int failuresForSafeMode,
            Duration failureWindow,
            Duration safeMode,
            BigDecimal toldBelow) {
        /** Limits of which nothing is told before an open fails by them. */
        public MarginLimits(
                BigDecimal bufferFactor,
                Duration cooldown,
                int failuresForSafeMode,
                Duration failureWindow,
                Duration safeMode) {
            this(bufferFactor, cooldown, failuresForSafeMode, failureWindow, safeMode, BigDecimal.ZERO);
        }
    }

    /**
     * Positions, leverage, the share of the way to liquidation (in percent) within which a stop must lie, and what one
     * position may be worth, in dollars: 0 for no bound.
     */
    public record Exposure(
            int maxPositions,
            int defaultLeverage,
            int maxLeverage,
            BigDecimal liquidationSharePct,
            BigDecimal maxNotional) {
        /** Without a bound on what a position is worth. */
        public Exposure(int maxPositions, int defaultLeverage, int maxLeverage, BigDecimal liquidationSharePct) {
            this(maxPositions, defaultLeverage, maxLeverage, liquidationSharePct, BigDecimal.ZERO);
        }

        /** True if a position of this worth is more than allowed. Leverage makes it no smaller (O-3). */
        public boolean isTooMuch(BigDecimal worth) {
            return maxNotional.signum() > 0 && worth.compareTo(maxNotional) > 0;
        }
    }

    public static final Limits DEFAULT = new Limits(
            new Rates(
                    Duration.ofSeconds(30),
                    5,
                    Duration.ofSeconds(300),
                    new Breaker.Limit(6, 3, Duration.ofSeconds(300))),
            new MarginLimits(
                    new BigDecimal("1.25"),
                    Duration.ofSeconds(300),
                    5,
                    Duration.ofSeconds(300),
                    Duration.ofSeconds(900),
                    new BigDecimal("100")),
            new Exposure(20, 1, 10, new BigDecimal("60")),
            Duration.ofSeconds(60),
            Duration.ofSeconds(3));
}
