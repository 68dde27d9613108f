package quantum.simulator;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Virtual time: tasks run by moment, then in the order they were scheduled, whenever the clock is moved past them. */
public final class Scheduler {

    private record Task(long at, long sequence, Runnable work) {}

    private final PriorityQueue<Task> tasks =
            new PriorityQueue<>(Comparator.comparingLong(Task::at).thenComparingLong(Task::sequence));
    private long now;
    private long sequence;

    Scheduler(long startNanos) {
        now = startNanos;
    }

    /** Epoch nanoseconds. */
    public long now() {
        return now;
    }

    /** A moment in the past runs at the next move of the clock, even one of zero length. */
    public void after(long delayNanos, Runnable work) {
        tasks.add(new Task(now + delayNanos, sequence++, work));
    }

    /** The clock never goes back: an earlier moment runs what is due and leaves the time alone. */
    void advanceTo(long epochNanos) {
        for (var task = tasks.peek(); task != null && task.at <= epochNanos; task = tasks.peek()) {
            tasks.remove();
            now = Math.max(now, task.at);
            task.work.run();
        }
        now = Math.max(now, epochNanos);
    }

    /** The moment of the next task, or {@link Long#MAX_VALUE} when there is none. */
    long nextAt() {
        var task = tasks.peek();
        return task == null ? Long.MAX_VALUE : task.at;
    }
}
