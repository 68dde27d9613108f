package quantum.position;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import quantum.market.Price;

/**
 * The exits of a position that only the desk's watch carries out: a callback in percent of the best price, once in
 * profit by the activation; break-even; the longest time (zero: none); the ladder's steps, in the order in which a
 * price meets them.
 */
public record WatchRules(
        BigDecimal trailingPct,
        BigDecimal trailingActivationPct,
        BreakEven breakEven,
        Duration maxTime,
        List<Step> ladder) {

    /** A fraction of the largest quantity that the position had, to be closed at a level. */
    public record Step(Price at, BigDecimal fraction) {}

    public WatchRules {
        ladder = List.copyOf(ladder);
    }
}
