package quantum.trader.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import quantum.intent.reading.Twice;

/**
 * One entry as it lies in the stream, without fields where it was trimmed, with a few of them where it is larger than
 * any intent; {@code twice} has those that stand in it again with another value, {@code deliveries} counts this
 * one, {@code bytes} is what it holds in truth, {@code whole} whether all of that was read.
 */
public record IntentMessage(
        String id, Map<String, String> fields, Map<String, Twice> twice, long deliveries, long bytes, boolean whole) {

    /** What is larger is no intent. */
    static final int MAX_BYTES = 16_384;

    /** To be shown: what stands in it again has its number behind its name. */
    public Map<String, String> original() {
        Map<String, String> all = new LinkedHashMap<>(fields);
        twice.forEach((name, again) -> {
            for (int i = 1; i < again.values().size(); i++) {
                all.put(name + " #" + (i + 1), again.values().get(i));
            }
        });
        return all;
    }
}
