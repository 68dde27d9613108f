package quantum.intent;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.market.Decimals;
import quantum.market.Price;

/**
 * The protective levels a producer gave: prices, or distances from the entry in percent. Absent ones get defaults.
 *
 * @param stop as given, not yet on a tick; before the distance where both are given
 * @param target the same for the target
 * @param stopPct percent of the entry, above 0; 1.5 is 1.5 percent
 * @param targetPct the same for the target
 * @param trailingPct percent of the best price since the entry
 * @param software what no order on the exchange does
 */
public record Levels(
        @Nullable Price stop,
        @Nullable Price target,
        @Nullable BigDecimal stopPct,
        @Nullable BigDecimal targetPct,
        @Nullable BigDecimal trailingPct,
        SoftwareExits software) {

    public Levels {
        stopPct = plain(stopPct);
        targetPct = plain(targetPct);
        trailingPct = plain(trailingPct);
    }

    private static @Nullable BigDecimal plain(@Nullable BigDecimal pct) {
        return pct == null ? null : Decimals.plain(pct);
    }

    /** Of a message that gave none, and of closes. */
    public static final Levels NONE = new Levels(null, null, null, null, null, SoftwareExits.NONE);

    /** In words that stay the same over versions: the digest by which a repeated message is known is made of them. */
    public String meaning() {
        String levels = "Levels[stop=" + stop + ", target=" + target + ", stopPct=" + stopPct + ", targetPct="
                + targetPct + ", trailingPct=" + trailingPct + "]";
        return software.equals(SoftwareExits.NONE) ? levels : levels + software;
    }
}
