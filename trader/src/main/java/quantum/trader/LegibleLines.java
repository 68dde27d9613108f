package quantum.trader;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.pattern.MessageConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.LayoutWrappingEncoder;
import java.nio.charset.StandardCharsets;
import net.logstash.logback.encoder.LogstashEncoder;

/** The forms of the log in which nobody's text can be more than text. */
final class LegibleLines {

    private LegibleLines() {}

    /** For people: a message is one line, whatever it holds. */
    static LayoutWrappingEncoder<ILoggingEvent> text(String pattern) {
        PatternLayout layout = new PatternLayout() {
            @Override
            public String doLayout(ILoggingEvent event) {
                return Legible.lines(super.doLayout(event));
            }
        };
        layout.getInstanceConverterMap().put("msg", OneLine::new);
        layout.setPattern(pattern);
        LayoutWrappingEncoder<ILoggingEvent> encoder = new LayoutWrappingEncoder<>() {
            @Override
            public void start() {
                layout.setContext(context);
                layout.start();
                super.start();
            }
        };
        encoder.setLayout(layout);
        encoder.setCharset(StandardCharsets.UTF_8);
        return encoder;
    }

    /** For programs. */
    static LogstashEncoder json() {
        LogstashEncoder encoder = new LogstashEncoder() {
            @Override
            public byte[] encode(ILoggingEvent event) {
                String line = new String(super.encode(event), StandardCharsets.UTF_8);
                return Legible.lines(line).getBytes(StandardCharsets.UTF_8);
            }
        };
        encoder.addProvider(new LogFields());
        return encoder;
    }

    private static final class OneLine extends MessageConverter {
        @Override
        public String convert(ILoggingEvent event) {
            return Legible.line(super.convert(event));
        }
    }
}
