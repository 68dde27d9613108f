package quantum.trader.ledger;

import java.time.Duration;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Whether the ledger is behind; the listener hears each change once, in order, whichever thread saw it. */
final class Lag {

    /** Exits stop waiting for the ledger after this long (law 5), and opens halt. */
    static final Duration LIMIT = Duration.ofMillis(250);

    private final Queue<Pending> unwritten;
    private final BehindListener listener;
    private boolean behind;

    Lag(Queue<Pending> unwritten, BehindListener listener) {
        this.unwritten = unwritten;
        this.listener = listener;
    }

    synchronized void failed() {
        set(true);
    }

    synchronized void watch() {
        if (isOld(unwritten.peek())) {
            set(true);
        }
    }

    /** After a commit: what is still unwritten came while it ran. */
    synchronized void caughtUp() {
        if (!isOld(unwritten.peek())) {
            set(false);
        }
    }

    private static boolean isOld(@Nullable Pending oldest) {
        return oldest != null && System.nanoTime() - oldest.appendedNanos() > LIMIT.toNanos();
    }

    private void set(boolean now) {
        if (behind != now) {
            behind = now;
            listener.behind(now);
        }
    }
}
