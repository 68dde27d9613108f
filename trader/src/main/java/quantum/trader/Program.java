package quantum.trader;

import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What verbs need of the program beside a running service: its version and its log. */
public final class Program {

    private static final Logger log = LoggerFactory.getLogger(Program.class);

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
}
