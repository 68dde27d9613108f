package quantum.trader;

import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What verbs need of the program beside a running service: its version, its log, and waiting for a service. */
public final class Program {

    private static final Logger log = LoggerFactory.getLogger(Program.class);
    private static final Duration START_UP = Duration.ofSeconds(30);

    private Program() {}

    /** The version of this build; "dev" outside a built jar. */
    public static String version() {
        String version = Program.class.getPackage().getImplementationVersion();
        return version == null ? "dev" : version;
    }

    /** Names the build: the version, and the commit or the content that it was made of. */
    public static String build() {
        return Build.ID;
    }

    /** Found once. */
    private static final class Build {
        static final String ID = BuildId.of(version(), Program.class);
    }

    /** Sends log lines to a file, because the terminal shows something else. */
    public static void logToFile(Path file) {
        Logs.toFile(file);
    }

    /** Sends log lines to standard output. */
    public static void logToConsole(boolean json) {
        Logs.toConsole(json);
    }

    /** Tells in the log what was set and has no effect. */
    public static void note(String sentence) {
        log.warn("SETTING_WITHOUT_EFFECT {}", sentence);
    }

    /** Tells in the log where the service can be seen. */
    public static void announce(String mode, Trader trader) {
        log.info(
                "SERVICE_STARTED version={} build={} mode={} endpoint={} redis={} page={}",
                version(),
                build(),
                mode,
                trader.exchange().endpoints().rest(),
                trader.redis(),
                "http://127.0.0.1:" + trader.pagePort());
    }

    /**
     * Waits until intents are read.
     *
     * @throws ExchangeUnusable if the exchange cannot be used, or is not ready in time
     */
    public static void awaitReady(Trader trader) throws InterruptedException {
        try {
            trader.ready().get(START_UP.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ExchangeUnusable unusable) {
                throw unusable;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException _) {
            throw new ExchangeUnusable(
                    "the exchange did not become ready within " + START_UP.toSeconds() + " s",
                    "Check the network and the addresses under endpoints.");
        }
    }
}
