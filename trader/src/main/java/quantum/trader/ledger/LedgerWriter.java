package quantum.trader.ledger;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread that writes. Everything appended while a commit runs goes into the next one (group commit). Whatever
 * goes wrong, what was appended stays in its order and is tried again until it is written.
 */
final class LedgerWriter implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(LedgerWriter.class);
    private static final int GROUP = 1_000;
    private static final Duration MARKS_WAIT = Duration.ofMillis(250);
    private static final Duration WATCH = Duration.ofMillis(25);
    private static final Duration LOOK = Duration.ofSeconds(1);
    private static final Duration FIRST_RETRY = Duration.ofMillis(20);
    private static final Duration LAST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_ATTEMPTS = Duration.ofSeconds(5);

    private final LedgerFile.Connector connector;
    private final Queue<Pending> unwritten = new ConcurrentLinkedQueue<>();
    private final Queue<Pending.Mark> marks = new ConcurrentLinkedQueue<>();
    private final InPlace files;
    private final BehindListener listener;
    private final Lag lag;
    private final Thread thread = Thread.ofPlatform().name("ledger-writer").unstarted(this);
    private final Thread watch =
            Thread.ofPlatform().name("ledger-watch").daemon().unstarted(this::watch);
    private volatile @Nullable Consumer<OutboxRow> newSink;
    private volatile boolean stopping;
    private @Nullable Consumer<OutboxRow> sink;
    private @Nullable Tables tables;
    private Duration retry = FIRST_RETRY;
    private long stopAtNanos;

    LedgerWriter(LedgerFile.Connector connector, InPlace files, BehindListener listener) {
        this.connector = connector;
        this.files = files;
        this.listener = listener;
        this.lag = new Lag(unwritten, listener);
    }

    void start() {
        thread.start();
        watch.start();
    }

    /** Either the batch is in the queue before the end is seen, or it is refused. */
    synchronized void append(Pending batch) {
        if (stopping) {
            throw new IllegalStateException("the ledger is closed");
        }
        unwritten.add(batch);
        LockSupport.unpark(thread);
    }

    void mark(Pending.Mark mark) {
        marks.add(mark);
    }

    void publishTo(Consumer<OutboxRow> consumer) {
        newSink = consumer;
        LockSupport.unpark(thread);
    }

    /** Writes what is appended, gives up after some seconds, and returns when the thread has ended. */
    void stop() throws InterruptedException {
        synchronized (this) {
            stopAtNanos = System.nanoTime() + LAST_ATTEMPTS.toNanos();
            stopping = true;
        }
        LockSupport.unpark(thread);
        thread.join();
    }

    private void watch() {
        long lookAt = System.nanoTime();
        boolean displaced = false;
        while (!stopping) {
            LockSupport.parkNanos(this, WATCH.toNanos());
            lag.watch();
            if (System.nanoTime() - lookAt >= 0) {
                lookAt = System.nanoTime() + LOOK.toNanos();
                if (files.holds() == displaced) {
                    displaced = !displaced;
                    listener.displaced(displaced);
                }
            }
        }
    }

    @Override
    public void run() {
        boolean more = true;
        while (more) {
            adoptSink();
            List<Pending> group = firstOf(unwritten);
            if (group.isEmpty() && !stopping) {
                LockSupport.parkNanos(this, MARKS_WAIT.toNanos());
                group = firstOf(unwritten);
            }
            List<Pending.Mark> done = firstOf(marks);
            if (group.isEmpty() && done.isEmpty()) {
                more = !stopping;
            } else if (!write(group, done)) {
                more = waitAfterFailure();
            }
        }
        giveUp();
    }

    private static <T> List<T> firstOf(Queue<T> queue) {
        List<T> first = new ArrayList<>();
        Iterator<T> all = queue.iterator();
        while (all.hasNext() && first.size() < GROUP) {
            first.add(all.next());
        }
        return first;
    }

    private boolean write(List<Pending> group, List<Pending.Mark> done) {
        List<OutboxRow> notices;
        try {
            notices = tables().write(group, done);
        } catch (SQLException e) {
            failed(e);
            return false;
        }
        for (int i = 0; i < group.size(); i++) {
            unwritten.remove();
        }
        for (int i = 0; i < done.size(); i++) {
            marks.remove();
        }
        if (retry.compareTo(FIRST_RETRY) > 0) {
            log.info("ledger writes again");
            retry = FIRST_RETRY;
        }
        lag.caughtUp();
        group.forEach(batch -> tell(batch, true));
        Consumer<OutboxRow> receiver = sink;
        if (receiver != null) {
            notices.forEach(receiver);
        }
        return true;
    }

    private Tables tables() throws SQLException {
        Tables open = tables;
        if (open == null) {
            open = new Tables(connector.connect());
            tables = open;
        }
        return open;
    }

    /** Nothing is known about a connection whose commit failed; the next attempt reads the heads from the file. */
    private void failed(SQLException e) {
        if (retry.equals(FIRST_RETRY)) {
            log.error("ledger cannot write and tries again cause={}", e.getMessage());
        }
        lag.failed();
        close();
    }

    private void close() {
        Tables old = tables;
        tables = null;
        if (old != null) {
            try {
                old.close();
            } catch (SQLException e) {
                log.warn("ledger connection did not close cause={}", e.getMessage());
            }
        }
    }

    private boolean waitAfterFailure() {
        if (stopping && System.nanoTime() - stopAtNanos > 0) {
            return false;
        }
        long until = System.nanoTime() + retry.toNanos();
        for (long left = retry.toNanos(); left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(this, left);
        }
        Duration doubled = retry.multipliedBy(2);
        retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
        return true;
    }

    private void adoptSink() {
        Consumer<OutboxRow> next = newSink;
        if (next != null) {
            try {
                // What fails half way is told again, and known by its id.
                tables().unpublished(next);
                newSink = null;
                sink = next;
            } catch (SQLException e) {
                failed(e);
                waitAfterFailure();
            }
        }
    }

    private void giveUp() {
        close();
        List<Pending> lost = new ArrayList<>(unwritten);
        unwritten.clear();
        if (!lost.isEmpty()) {
            log.error("ledger closed with unwritten batches count={}", lost.size());
        }
        lost.forEach(batch -> tell(batch, false));
    }

    private static void tell(Pending batch, boolean durable) {
        try {
            batch.completion().done(durable);
        } catch (RuntimeException e) {
            log.error("a batch's completion failed; the ledger goes on", e);
        }
    }
}
