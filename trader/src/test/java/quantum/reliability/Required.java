package quantum.reliability;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;

/**
 * Times that are required of a machine with two free cores. {@code -Dquantum.timed=true}, which {@code ./quantum test --long}
 * sets, holds a run to them. Otherwise the neighbours of a shared machine are no fault of the product: the figure is told
 * beside its limit, and only {@value #PATIENCE} times as much fails.
 */
public final class Required {

    private static final boolean TIMED = Boolean.getBoolean("quantum.timed");
    private static final int PATIENCE = 24;

    private Required() {}

    /** Holds a measured time to its limit. */
    public static void within(Duration limit, Duration took, String what) {
        assertThat(took).as(what).isLessThanOrEqualTo(TIMED ? limit : limit.multipliedBy(PATIENCE));
    }
}
