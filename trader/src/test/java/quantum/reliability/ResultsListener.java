package quantum.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/** Begins and ends the result file with the run of the tests. */
public final class ResultsListener implements LauncherSessionListener {

    @Override
    public void launcherSessionOpened(LauncherSession session) {
        boolean isFirst = "1".equals(System.getProperty("quantum.fork", "1"));
        if (!isFirst || "kept".equals(System.getProperty("quantum.results"))) {
            // Another JVM of the same run has begun it.
            return;
        }
        try {
            Results.clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void launcherSessionClosed(LauncherSession session) {
        try {
            Results.gather();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
