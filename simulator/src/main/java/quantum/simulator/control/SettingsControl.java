package quantum.simulator.control;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import quantum.simulator.Json;
import quantum.simulator.Setting;
import quantum.simulator.Simulator;
import tools.jackson.databind.JsonNode;

/** Reads and changes the exchange's settings under their JSON names. */
final class SettingsControl {

    private static final String FILL_DELAY = "fillDelayMillis";

    private final Simulator exchange;
    private final Map<String, Setting> names = new LinkedHashMap<>();

    SettingsControl(Simulator exchange) {
        this.exchange = exchange;
        for (var setting : Setting.values()) names.put(name(setting), setting);
    }

    private static String name(Setting setting) {
        var name = new StringBuilder();
        for (var word : setting.name().toLowerCase(Locale.ROOT).split("_", -1)) {
            name.append(name.isEmpty() ? word : word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1));
        }
        return name.toString();
    }

    JsonNode read() {
        var answer = Json.object();
        names.forEach((name, setting) -> {
            if (setting.toggle()) answer.put(name, exchange.settings().on(setting));
            else answer.put(name, exchange.settings().get(setting));
        });
        answer.putArray(FILL_DELAY)
                .add(exchange.settings().get(Setting.FILL_DELAY_SHORTEST_MILLIS))
                .add(exchange.settings().get(Setting.FILL_DELAY_LONGEST_MILLIS));
        return answer;
    }

    JsonNode change(String body) {
        var known = new ArrayList<>(names.keySet());
        known.add(FILL_DELAY);
        var fields = Fields.read(body, known.toArray(String[]::new));
        var wanted = new LinkedHashMap<Setting, Long>();
        for (var name : fields.names()) {
            var setting = names.get(name);
            if (setting == null) fillDelay(fields, wanted);
            else wanted.put(setting, value(fields, name, setting));
        }
        long shortest = wanted.getOrDefault(
                Setting.FILL_DELAY_SHORTEST_MILLIS, exchange.settings().get(Setting.FILL_DELAY_SHORTEST_MILLIS));
        long longest = wanted.getOrDefault(
                Setting.FILL_DELAY_LONGEST_MILLIS, exchange.settings().get(Setting.FILL_DELAY_LONGEST_MILLIS));
        if (shortest > longest) throw fields.bad(FILL_DELAY, "the shortest delay is above the longest");
        wanted.forEach(this::set);
        return read();
    }

    private void set(Setting setting, long value) {
        if (setting == Setting.CLOCK_OFFSET_MILLIS) exchange.skew(value);
        else exchange.settings().set(setting, value);
    }

    private static void fillDelay(Fields fields, Map<Setting, Long> wanted) {
        var range = fields.node(FILL_DELAY);
        if (!range.isArray() || range.size() != 2) throw fields.bad(FILL_DELAY, "[shortest, longest] is expected");
        long shortest = fields.whole(FILL_DELAY, range.get(0));
        if (shortest < 0) throw fields.bad(FILL_DELAY, "must not be negative");
        wanted.put(Setting.FILL_DELAY_SHORTEST_MILLIS, shortest);
        wanted.put(Setting.FILL_DELAY_LONGEST_MILLIS, fields.whole(FILL_DELAY, range.get(1)));
    }

    private static long value(Fields fields, String name, Setting setting) {
        if (setting.toggle()) return fields.requireFlag(name) ? 1 : 0;
        long value = fields.requireLong(name);
        if (value < 0 && setting != Setting.CLOCK_OFFSET_MILLIS) throw fields.bad(name, "must not be negative");
        return value;
    }
}
