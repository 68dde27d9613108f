package quantum.position;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.market.Direction;
import quantum.market.Price;

/**
 * The prices at which nothing happens to a position, strictly between its floor and its goal and within the extremes
 * of its life: what nearly every price is compared with, so that nothing is computed where nothing changes.
 */
public record QuietRange(
        Direction direction,
        Price floor,
        Price goal,
        Extremes extremes,
        @Nullable Instant deadline) {

    /** The corridor of a plan; the nearest of target and {@code rung} is its goal. */
    public static QuietRange of(
            Direction direction,
            Price floor,
            Price target,
            @Nullable Price rung,
            Extremes extremes,
            @Nullable Instant deadline) {
        Price goal = rung != null && direction.gains(rung, target) ? rung : target;
        return new QuietRange(direction, floor, goal, extremes, deadline);
    }

    public boolean holds(Price price, Instant now) {
        return direction.gains(floor, price)
                && direction.gains(price, goal)
                && extremes.contains(price)
                && (deadline == null || now.isBefore(deadline));
    }
}
