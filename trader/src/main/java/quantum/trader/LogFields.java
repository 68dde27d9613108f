package quantum.trader;

import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.logstash.logback.composite.AbstractJsonProvider;
import quantum.decision.Effect;
import quantum.decision.Marker;
import tools.jackson.core.JsonGenerator;

/**
 * The fields of a line beside its text, in JSON. Lines of the desk bring them along; those of the program have them in
 * their pattern: {@code REDIS_LOST by={}}.
 */
final class LogFields extends AbstractJsonProvider<ILoggingEvent> {

    static final String MARKER = "marker";

    /** Names that the encoder itself gives something else. */
    private static final Map<String, String> RENAMED = Map.of("message", "exchange_message", "level", "protection");

    private static final Pattern MARKED = Pattern.compile("^([A-Z]+(?:_[A-Z]+)*)(?: |$)");
    private static final Pattern PLACE = Pattern.compile("([A-Za-z_]+=)?\\{}");

    /** The name in JSON of a field of the desk. */
    static String name(Effect.Log line, String key) {
        if (key.isEmpty()) {
            return line.marker() == Marker.TERMINAL_STATE ? "terminal_state" : "value";
        }
        return RENAMED.getOrDefault(key, key);
    }

    @Override
    public void writeTo(JsonGenerator json, ILoggingEvent event) {
        if (event.getKeyValuePairs() != null) {
            return;
        }
        Matcher marked = MARKED.matcher(event.getMessage());
        if (marked.find()) {
            json.writeStringProperty(MARKER, marked.group(1));
        }
        Object[] values = event.getArgumentArray();
        Matcher place = PLACE.matcher(event.getMessage());
        for (int i = 0; values != null && i < values.length && place.find(); i++) {
            String key = place.group(1);
            if (key != null) {
                json.writeStringProperty(key.substring(0, key.length() - 1), String.valueOf(values[i]));
            }
        }
    }
}
