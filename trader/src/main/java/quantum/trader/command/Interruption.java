package quantum.trader.command;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C and SIGTERM: asks a verb to end, holds the process until it has, and lets it end with the verb's own exit code.
 * A verb that ends without naming one leaves the code to the signal, which is 130 for Ctrl-C.
 */
final class Interruption implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final int NONE = -1;

    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile int exitCode = NONE;

    Interruption(Runnable ask) {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(() -> {
            ask.run();
            awaitEnd();
            if (exitCode != NONE) {
                Runtime.getRuntime().halt(exitCode);
            }
        }));
    }

    private void awaitEnd() {
        try {
            boolean _ = ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** The verb has done what it is for. */
    int endsWith(int code) {
        exitCode = code;
        return code;
    }

    @Override
    public void close() {
        ended.countDown();
    }
}
