package quantum.simulator.cryptocom;

import java.util.concurrent.TimeUnit;
import quantum.simulator.Setting;
import quantum.simulator.spot.SpotExchange;

/** When what a call causes is published: before its acknowledgement or a little after it. */
final class Pace {

    private static final long LONGEST_LAG_MILLIS = 22;

    private final SpotExchange spot;
    private long lag;

    Pace(SpotExchange spot) {
        this.spot = spot;
    }

    /** Begins a call that changes something, and says how much later its acknowledgement leaves, in nanoseconds. */
    long begin() {
        var settings = spot.simulator().settings();
        long acknowledged = settings.nanos(Setting.SPOT_ACK_DELAY_MILLIS);
        var first = spot.draw(settings.get(Setting.SPOT_PUSH_FIRST_PERCENT));
        lag = first ? 0 : acknowledged + TimeUnit.MILLISECONDS.toNanos(1 + spot.drawBelow(LONGEST_LAG_MILLIS));
        return acknowledged;
    }

    void end() {
        lag = 0;
    }

    /** How much later than now something is published. */
    long lag() {
        return lag;
    }
}
