package quantum.trader;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when one of its threads dies. A service that lives on without its desk, its ledger or its reader
 * looks alive and moves nothing, and nobody starts it again; one that is gone is restarted, and the next start asks the
 * exchange about everything (law 9). Nothing is closed in order here: whatever killed the thread may hit that as well,
 * and the stops rest on the exchange.
 */
final class LastWords implements Thread.UncaughtExceptionHandler {

    static final int EXIT_CODE = 1;

    private static final Logger log = LoggerFactory.getLogger(LastWords.class);

    /** From now on no thread of this process dies alone. */
    static void install() {
        Thread.setDefaultUncaughtExceptionHandler(new LastWords());
    }

    @Override
    public void uncaughtException(Thread thread, Throwable cause) {
        // Whatever killed it may have interrupted it as well; its last line is written all the same.
        boolean _ = Thread.interrupted();
        try {
            log.error(
                    "THREAD_DIED thread={} cause=\"{}\" next=\"the process ends with code {}; the stops rest on the"
                            + " exchange, start it again\"",
                    thread.getName(),
                    cause,
                    EXIT_CODE,
                    cause);
        } finally {
            // Also where the log's own classes are what is missing.
            Runtime.getRuntime().halt(EXIT_CODE);
        }
    }
}
