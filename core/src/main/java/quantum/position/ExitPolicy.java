package quantum.position;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import quantum.market.Symbol;

/**
 * How positions end where their intents do not say it, by symbol, and how the watch over them acts.
 *
 * @param absurdPct a mark further than this from the one before is believed only after a second one
 * @param smallPart what becomes of a part below the exchange's smallest size
 */
public record ExitPolicy(
        ExitDefaults standard,
        Map<Symbol, ExitDefaults> bySymbol,
        Ratchet ratchet,
        BigDecimal absurdPct,
        SmallPart smallPart) {

    /**
     * How a trailing level takes the resting stop with it: by steps of at least {@code stepPct} of its price, and not
     * again before it has rested for {@code pause}.
     */
    public record Ratchet(BigDecimal stepPct, Duration pause) {}

    /** What becomes of a part below the exchange's smallest size. */
    public enum SmallPart {
        /** Nothing is closed now; a ladder's part goes with its next rung. */
        NONE,
        /** Everything is closed. */
        FULL
    }

    public static final ExitPolicy SEEDS = new ExitPolicy(
            ExitDefaults.SEEDS,
            Map.of(),
            new Ratchet(new BigDecimal("0.1"), Duration.ofSeconds(2)),
            new BigDecimal("5"),
            SmallPart.NONE);

    public ExitPolicy {
        bySymbol = Map.copyOf(bySymbol);
    }

    public ExitDefaults of(Symbol symbol) {
        return bySymbol.getOrDefault(symbol, standard);
    }

    public ExitPolicy withStandard(ExitDefaults other) {
        return new ExitPolicy(other, bySymbol, ratchet, absurdPct, smallPart);
    }

    public ExitPolicy withSmallPart(SmallPart other) {
        return new ExitPolicy(standard, bySymbol, ratchet, absurdPct, other);
    }
}
