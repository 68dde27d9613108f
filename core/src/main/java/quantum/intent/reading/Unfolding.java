package quantum.intent.reading;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Objects and lists that a producer's library laid flat: {@code ladder.[0].at_pct}, {@code stopLoss.triggerPrice},
 * {@code ai_harvest_policy.max_time_sec}.
 */
final class Unfolding {

    /** Fields that have fields of their own; other names with a dot are names (J-2). */
    private static final Set<String> STRUCTURED =
            Set.of("ladder", "aiharvestpolicy", "harvestpolicy", "stoploss", "takeprofit");
    /** A name, perhaps the place in a list, and the name of a field in there. */
    private static final Pattern PATH = Pattern.compile("([\\w-]+?)\\.?(?:\\[([0-9]{1,2})])?\\.([\\w-]+)");

    private Unfolding() {}

    /** The same fields, with such paths gathered under the name that they begin with. */
    static Map<String, @Nullable Object> of(Map<String, ? extends @Nullable Object> fields) {
        Map<String, @Nullable Object> unfolded = new LinkedHashMap<>();
        Map<String, TreeMap<Integer, Map<String, @Nullable Object>>> gathered = new LinkedHashMap<>();
        fields.forEach((name, value) -> {
            Matcher path = PATH.matcher(name);
            if (path.matches() && STRUCTURED.contains(Spelling.of(path.group(1)))) {
                // -1 for a path without an index: an object, and no element of a list.
                int index = path.group(2) == null ? -1 : Integer.parseInt(path.group(2));
                gathered.computeIfAbsent(path.group(1), _ -> new TreeMap<>())
                        .computeIfAbsent(index, _ -> new LinkedHashMap<>())
                        .put(path.group(3), value);
            } else {
                unfolded.put(name, value);
            }
        });
        gathered.forEach((name, parts) -> {
            // By index, whatever the order in which the paths came; the field itself goes before paths into it.
            List<Object> list = new ArrayList<>(parts.values());
            unfolded.putIfAbsent(name, parts.containsKey(-1) && list.size() == 1 ? list.getFirst() : list);
        });
        return unfolded;
    }
}
