package quantum.intent;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.market.Decimals;

/**
 * What a producer wishes of exits that the exchange has no order for. Absent ones get defaults; zero, or a ladder
 * without rungs, means none, whatever the default.
 */
public record SoftwareExits(
        @Nullable BigDecimal breakEvenPct,
        @Nullable Duration maxTime,
        @Nullable List<Rung> ladder) {

    /** Nothing is said, so that the configuration counts; not the same as nothing is wanted. */
    public static final SoftwareExits NONE = new SoftwareExits(null, null, null);

    public SoftwareExits {
        breakEvenPct = breakEvenPct == null ? null : Decimals.plain(breakEvenPct);
        ladder = ladder == null ? null : List.copyOf(ladder);
    }
}
