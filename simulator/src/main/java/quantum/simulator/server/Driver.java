package quantum.simulator.server;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.simulator.Simulator;
import quantum.simulator.StateFile;

/** Moves the exchange with real time and lets one thread at a time touch it. */
final class Driver implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Driver.class);
    private static final long SAVE_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    private final Simulator simulator;
    private final @Nullable Path stateFile;
    private final ReentrantLock lock = new ReentrantLock();
    private final Thread thread = Thread.ofPlatform().name("simulator").daemon().unstarted(this::loop);
    private volatile boolean closing;
    /** When the thread moves the exchange next by itself; written and read under the lock. */
    private long wakesAt = Long.MAX_VALUE;

    private long savedRevision;
    private long saveAt;

    Driver(Simulator simulator, @Nullable Path stateFile) {
        this.simulator = simulator;
        this.stateFile = stateFile;
        savedRevision = simulator.revision();
    }

    Simulator simulator() {
        return simulator;
    }

    static long epochNanos() {
        var now = Instant.now();
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    void start() {
        thread.start();
    }

    /** Runs work on the exchange at the present moment. */
    <T> T call(Supplier<T> work) {
        var sooner = false;
        lock.lock();
        try {
            simulator.advanceTo(epochNanos());
            return work.get();
        } finally {
            sooner = simulator.nextEventAt() < wakesAt;
            lock.unlock();
            if (sooner) LockSupport.unpark(thread);
        }
    }

    void run(Runnable work) {
        call(() -> {
            work.run();
            return true;
        });
    }

    private void loop() {
        while (!closing) {
            long wake;
            lock.lock();
            try {
                simulator.advanceTo(epochNanos());
                wake = Math.min(simulator.nextEventAt(), epochNanos() + SAVE_PAUSE);
                wakesAt = wake;
            } finally {
                lock.unlock();
            }
            save();
            long pause = wake - epochNanos();
            if (pause > 0) LockSupport.parkNanos(this, pause);
        }
    }

    private void save() {
        if (stateFile == null || epochNanos() < saveAt) return;
        saveAt = epochNanos() + SAVE_PAUSE;
        write(stateFile);
    }

    private void write(Path file) {
        String text;
        lock.lock();
        try {
            if (simulator.revision() == savedRevision) return;
            savedRevision = simulator.revision();
            text = simulator.snapshot();
        } finally {
            lock.unlock();
        }
        try {
            StateFile.write(file, text);
        } catch (IOException failed) {
            LOG.error("event=SIMULATOR_STATE_NOT_WRITTEN file={} cause=\"{}\"", file, failed.toString());
        }
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(TimeUnit.SECONDS.toMillis(5));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        if (stateFile != null) write(stateFile);
    }
}
