package quantum.position;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import quantum.intent.Rung;

/**
 * Distances in percent of the entry for what a producer leaves open (seed 001: +2.5, -1.5, trailing 1.5 after +1). A
 * longest time of zero and a ladder without rungs mean none.
 */
public record ExitDefaults(
        BigDecimal targetPct,
        BigDecimal stopPct,
        BigDecimal trailingPct,
        BigDecimal trailingActivationPct,
        BreakEven breakEven,
        Duration maxTime,
        List<Rung> ladder) {

    public static final ExitDefaults SEEDS = new ExitDefaults(
            new BigDecimal("2.5"),
            new BigDecimal("1.5"),
            new BigDecimal("1.5"),
            BigDecimal.ONE,
            new BreakEven(BigDecimal.ZERO, new BigDecimal("0.1")),
            Duration.ZERO,
            List.of());
}
