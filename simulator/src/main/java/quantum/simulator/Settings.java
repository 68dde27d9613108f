package quantum.simulator;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The present value of every {@link Setting}. */
public final class Settings {

    private final Map<Setting, Long> values = new EnumMap<>(Setting.class);

    Settings(SimulatorOptions options) {
        reset(options);
    }

    void reset(SimulatorOptions options) {
        for (var setting : Setting.values()) values.put(setting, setting.initial());
        set(Setting.FILL_DELAY_SHORTEST_MILLIS, options.fillDelay().shortest().toMillis());
        set(Setting.FILL_DELAY_LONGEST_MILLIS, options.fillDelay().longest().toMillis());
    }

    public long get(Setting setting) {
        return values.getOrDefault(setting, setting.initial());
    }

    /** A setting in milliseconds as nanoseconds. */
    public long nanos(Setting setting) {
        return TimeUnit.MILLISECONDS.toNanos(get(setting));
    }

    public boolean on(Setting setting) {
        return get(setting) != 0;
    }

    public void set(Setting setting, long value) {
        values.put(setting, value);
    }
}
