package quantum.trader.loop;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What waits for the desk's thread, by lane. Any thread puts, one takes. */
final class Inbox {

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Map<Lane, Queue<Runnable>> lanes = new EnumMap<>(Lane.class);

    Inbox() {
        for (Lane lane : Lane.values()) {
            lanes.put(lane, new ArrayDeque<>());
        }
    }

    void put(Lane lane, Runnable input) {
        lock.lock();
        try {
            queue(lane).add(input);
            arrived.signal();
        } finally {
            lock.unlock();
        }
    }

    /** The most urgent input; null once the time of the next timer has come and nothing more urgent waits. */
    @Nullable
    Runnable take(long timerAtNanos) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (true) {
                Runnable urgent = poll(Lane.FILLS, Lane.REPLIES);
                long left = timerAtNanos - System.nanoTime();
                if (urgent != null || left <= 0) {
                    return urgent;
                }
                Runnable other = poll(Lane.PRICES, Lane.INTENTS);
                if (other != null) {
                    return other;
                }
                long _ = arrived.awaitNanos(Math.min(left, TimeUnit.SECONDS.toNanos(1)));
            }
        } finally {
            lock.unlock();
        }
    }

    private @Nullable Runnable poll(Lane first, Lane second) {
        Runnable input = queue(first).poll();
        return input == null ? queue(second).poll() : input;
    }

    private Queue<Runnable> queue(Lane lane) {
        Queue<Runnable> queue = lanes.get(lane);
        if (queue == null) {
            throw new IllegalStateException("every lane has a queue");
        }
        return queue;
    }
}
