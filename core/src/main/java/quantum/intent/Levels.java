package quantum.intent;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import quantum.market.Decimals;
import quantum.market.Price;

/** The protective levels a producer gave: prices, or distances from the entry in percent. Absent ones get defaults. */
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

    public static final Levels NONE = new Levels(null, null, null, null, null, SoftwareExits.NONE);

    /** In words that stay the same over versions: the digest by which a repeated message is known is made of them. */
    String meaning() {
        String levels = "Levels[stop=" + stop + ", target=" + target + ", stopPct=" + stopPct + ", targetPct="
                + targetPct + ", trailingPct=" + trailingPct + "]";
        return software.equals(SoftwareExits.NONE) ? levels : levels + software;
    }
}
