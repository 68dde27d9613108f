package quantum.trader;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.FileAppender;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.file.Path;
import java.util.Map;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;
import quantum.decision.Effect;
import quantum.trader.venue.Venue;

/** The one place a log line goes to. Two destinations were seed 003's line that appeared twice. */
final class Logs {

    private static final org.slf4j.Logger DESK = LoggerFactory.getLogger("desk");
    private static final String PATTERN = "%d{yyyy-MM-dd'T'HH:mm:ss.SSS'Z',UTC} | %-5level | %msg%n";

    private Logs() {}

    /** Lines to standard output, where the service manager takes them. */
    static void toConsole(boolean json) {
        ConsoleAppender<ILoggingEvent> console = new ConsoleAppender<>();
        install(console, json);
    }

    /** Lines to a file, for a terminal that shows something else. */
    static void toFile(Path file) {
        FileAppender<ILoggingEvent> appender = new FileAppender<>();
        appender.setFile(file.toString());
        install(appender, false);
    }

    private static void install(OutputStreamAppender<ILoggingEvent> appender, boolean json) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        context.reset();
        Encoder<ILoggingEvent> encoder = json ? LegibleLines.json() : LegibleLines.text(PATTERN);
        encoder.setContext(context);
        encoder.start();
        appender.setContext(context);
        appender.setEncoder(encoder);
        appender.start();
        Logger root = context.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.setLevel(ch.qos.logback.classic.Level.INFO);
        context.getLogger("org.eclipse.jetty").setLevel(ch.qos.logback.classic.Level.WARN);
        // It tells of a lost Redis with a stack trace; our own line says it once.
        context.getLogger("redis.clients.jedis").setLevel(ch.qos.logback.classic.Level.ERROR);
        context.getLogger("io.javalin").setLevel(ch.qos.logback.classic.Level.OFF);
        root.addAppender(appender);
    }

    /** Writes a line of the desk at this venue with the level that its marker deserves. */
    static void write(Effect.Log line, Venue venue) {
        LoggingEventBuilder entry = DESK.atLevel(level(line))
                .addKeyValue(LogFields.MARKER, line.marker().name());
        for (Map.Entry<String, String> field : line.fields().entrySet()) {
            entry = entry.addKeyValue(LogFields.name(line, venue.field(field.getKey())), field.getValue());
        }
        entry.log(format(line, venue));
    }

    private static Level level(Effect.Log line) {
        return switch (line.marker()) {
            case ORDER_ERROR, INSUFFICIENT_MARGIN, SAFE_MODE_TRIGGERED, INVALID_RESULT, FATAL -> Level.ERROR;
            case ALERT ->
                switch (String.valueOf(line.fields().get("severity"))) {
                    case "CRITICAL" -> Level.ERROR;
                    case "INFO" -> Level.INFO;
                    default -> Level.WARN;
                };
            case DEAD_LETTER,
                    FILL_TIMEOUT,
                    LOCK_SKIP,
                    RATE_LIMIT_SKIP,
                    GLOBAL_RATE_LIMIT,
                    IDEMPOTENCY_SKIP,
                    STREAM_LOST,
                    READ_FAILED -> Level.WARN;
            default -> Level.INFO;
        };
    }

    /** The marker, a bare value if there is one, then {@code key=value}; values with spaces are quoted. */
    private static String format(Effect.Log line, Venue venue) {
        StringBuilder text = new StringBuilder(venue.marker(line.marker()));
        for (Map.Entry<String, String> field : line.fields().entrySet()) {
            String value =
                    field.getValue().replace('\n', ' ').replace('\r', ' ').replace('"', '\'');
            text.append(' ');
            if (!field.getKey().isEmpty()) {
                text.append(venue.field(field.getKey())).append('=');
            }
            boolean quoted = value.indexOf(' ') >= 0;
            text.append(quoted ? "\"" + value + "\"" : value);
        }
        return text.toString();
    }
}
