package quantum.simulation;

import java.time.Instant;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import quantum.simulator.Simulator;

/** Virtual time, chance, and what happens when; the exchange's own clock moves with it. */
final class World {

    /** The exchange's time at virtual zero, in epoch nanoseconds. */
    static final long START = 1_795_000_000_000_000_000L;

    private static final long AFTERWARDS = TimeUnit.SECONDS.toNanos(10);

    /** Tells the whole course of a seed that is looked at. */
    private static final boolean TOLD = Boolean.getBoolean("quantum.told");

    private record Task(long at, long order, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::order));
    private final RandomGenerator random;
    private final Simulator exchange;
    private long now;
    private long count;
    private long events;
    private long trace = 1125899906842597L;

    World(long seed, Simulator exchange) {
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        this.exchange = exchange;
    }

    /** Virtual nanoseconds since the start. */
    long now() {
        return now;
    }

    Instant instant() {
        long epoch = START + now;
        return Instant.ofEpochSecond(epoch / 1_000_000_000L, epoch % 1_000_000_000L);
    }

    long events() {
        return events;
    }

    long trace() {
        return trace;
    }

    /** Adds to the hash of everything that happened. */
    void note(String what) {
        if (TOLD) {
            System.out.printf("%9.3f %s%n", now / 1e9, what);
        }
        for (int i = 0; i < what.length(); i++) {
            trace = 31 * trace + what.charAt(i);
        }
        trace = 31 * trace + now;
    }

    void at(long nanos, Runnable work) {
        tasks.add(new Task(Math.max(nanos, now), count++, work));
    }

    void in(long millis, Runnable work) {
        at(now + TimeUnit.MILLISECONDS.toNanos(millis), work);
    }

    /** Now, and again and again until a little after then. */
    void every(long millis, long until, Runnable work) {
        work.run();
        if (now < until + AFTERWARDS) {
            in(millis, () -> every(millis, until, work));
        }
    }

    /** Runs everything that is due until then. */
    void runUntil(long end) {
        while (now < end) {
            Task next = tasks.peek();
            long exchangeNext = Math.max(now, exchange.nextEventAt() - START);
            long until = Math.min(end, next == null ? exchangeNext : Math.min(next.at(), exchangeNext));
            now = until;
            exchange.advanceTo(START + now);
            while (!tasks.isEmpty() && tasks.peek().at() <= now) {
                events++;
                tasks.remove().work().run();
                exchange.advanceTo(START + now);
            }
        }
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    /** Between the two, both included. */
    long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }
}
