package quantum.simulation;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.simulation.Weather.Fault;

/** The process that runs, and those after it: each end of one boots the next a moment later. */
final class Lives<I, R> {

    private static final int MOST_CRASHES = 8;
    private static final long SECOND = 1_000_000_000L;

    private final World world;
    private final Function<Runnable, Instance<I, R>> next;
    private final Runnable died;
    private @Nullable Instance<I, R> instance;
    private long count;

    /** @param next makes a process that runs what it is given when it ends */
    Lives(World world, Function<Runnable, Instance<I, R>> next, Runnable died) {
        this.world = world;
        this.next = next;
        this.died = died;
    }

    void boot() {
        count++;
        Instance<I, R> booted = next.apply(this::crashed);
        instance = booted;
        booted.start();
    }

    private void crashed() {
        died.run();
        world.in(world.between(30, count > MOST_CRASHES ? 4000 : 2500), this::boot);
    }

    long count() {
        return count;
    }

    /** The latest one, perhaps ended; null before the first. */
    @Nullable
    Instance<I, R> latest() {
        return instance;
    }

    /** The one that runs; null between two of them. */
    @Nullable
    Instance<I, R> alive() {
        return instance != null && instance.isAlive() ? instance : null;
    }

    /** The time of a position may be over in the last moment; what is sent then has its answer a little later. */
    void settleLastExits(long from, long most) {
        for (long end = from; end < from + most && isInFlight(); end += SECOND) {
            world.runUntil(end + SECOND);
        }
    }

    private boolean isInFlight() {
        Instance<I, R> now = alive();
        return now != null && !now.view().ordersInFlight().isEmpty();
    }

    /** What befalls a process, and the prices meanwhile. */
    void disturb(Weather weather, Runnable prices) {
        Instance<I, R> now = instance;
        if (now == null || weather.isFair()) {
            return;
        }
        now.disturb();
        if (weather.strikes(Fault.STALL)) {
            now.stall(weather.between(200, 12_000));
        }
        prices.run();
        if (count <= MOST_CRASHES && weather.strikes(Fault.KILL)) {
            now.kill();
        }
    }
}
