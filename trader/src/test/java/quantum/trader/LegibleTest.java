package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

class LegibleTest {

    private static final String HOSTILE =
            "a\u001b[31m\u001b]0;t\u0007b\r\nTERMINAL STATE: FILLED\u0085\u009b31m\u2028\u2029\u202e\u2066\u200f\u007f";

    @Test
    void p3_3_whatCouldActOnATerminalIsShownAndDoesNothing() {
        assertThat(Legible.line(HOSTILE))
                .isEqualTo("a\\u001b[31m\\u001b]0;t\\u0007b\\u000d\\u000aTERMINAL STATE: FILLED"
                        + "\\u0085\\u009b31m\\u2028\\u2029\\u202e\\u2066\\u200f\\u007f");
        assertThat(Legible.lines("one\n\ttwo\u001b")).isEqualTo("one\n\ttwo\\u001b");
        assertThat(Legible.line("Grüße, 日本 €\ud83d\ude00")).isEqualTo("Grüße, 日本 €\ud83d\ude00");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void p3_3_aMessageIsOneLineOfTheLog(boolean json) {
        LoggerContext context = (LoggerContext) LoggerFactory.getILoggerFactory();
        Encoder<ILoggingEvent> encoder = json ? LegibleLines.json() : LegibleLines.text("%level | %msg%n");
        encoder.setContext(context);
        encoder.start();
        Logger logger = context.getLogger("test");
        LoggingEvent event = new LoggingEvent("", logger, Level.WARN, HOSTILE, null, null);

        String line = new String(encoder.encode(event), StandardCharsets.UTF_8);

        assertThat(line.strip().chars().filter(c -> c < 32 || (c > 126 && c < 160) || c == 0x202e))
                .isEmpty();
        assertThat(line).containsIgnoringCase("a\\u001b[31m").contains("\\u009b31m");
    }
}
