package quantum.trader;

import java.time.Duration;
import java.util.function.Consumer;
import quantum.decision.Event;
import quantum.record.Notice;
import quantum.trader.page.Liveness;

/**
 * When a message last came. Nobody is wrong for sending none, unless the configuration says how long that may last: then
 * a silent producer is told once, and once more when it is heard again (R37).
 */
final class Producers {

    private final Duration limit;
    private final Consumer<Event> desk;
    private volatile long heardNanos = System.nanoTime();
    private boolean silent;

    /** A limit of zero is none. */
    Producers(Duration limit, Consumer<Event> desk) {
        this.limit = limit;
        this.desk = desk;
    }

    void heard() {
        heardNanos = System.nanoTime();
    }

    Liveness.Check check() {
        return limit.isZero() ? Liveness.Check.told(age()) : Liveness.Check.aged(age(), limit);
    }

    private Duration age() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    /** A look now and then, always on the same thread. */
    void look() {
        boolean now = !check().ok();
        if (now != silent) {
            silent = now;
            desk.accept(
                    now
                            ? new Event.Noticed(
                                    "producer-silent",
                                    Notice.Severity.WARNING,
                                    "no message came for " + age().toSeconds() + " s, limit " + limit.toSeconds()
                                            + " s: look whether the producer runs and writes into this stream")
                            : new Event.Noticed("producer-back", Notice.Severity.INFO, "messages come again"));
        }
    }
}
