package quantum.position;

import java.math.BigDecimal;

/** Distances in percent of the entry for what a producer leaves open (seed 001: +2.5, -1.5, trailing 1.5 after +1). */
public record ExitDefaults(
        BigDecimal targetPct, BigDecimal stopPct, BigDecimal trailingPct, BigDecimal trailingActivationPct) {

    public static final ExitDefaults SEEDS =
            new ExitDefaults(new BigDecimal("2.5"), new BigDecimal("1.5"), new BigDecimal("1.5"), BigDecimal.ONE);
}
