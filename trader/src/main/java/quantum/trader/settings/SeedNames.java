package quantum.trader.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Names of the seeds' environment that set what a key of ours sets. They count below our own names, and what has no
 * effect is named: a setting that somebody believes in is never passed over in silence.
 */
final class SeedNames {

    private static final Map<String, Key> READ = Map.of(
            "REDIS_URL", Key.REDIS_URL,
            "INTENT_MAX_AGE_SEC", Key.OPEN_MAX_AGE);
    /** Keys of the test network sign nothing anywhere else. */
    private static final Map<String, Key> READ_ON_TESTNET = Map.of(
            "BINANCE_TESTNET_API_KEY", Key.API_KEY,
            "BINANCE_TESTNET_SECRET_KEY", Key.API_SECRET);

    private final Map<String, String> environment;
    private final Values values;
    private final List<String> notes = new ArrayList<>();

    private SeedNames(Map<String, String> environment, Values values) {
        this.environment = environment;
        this.values = values;
    }

    /** Takes what the names say into the values; what has no effect, in one sentence each. */
    static List<String> read(Map<String, String> environment, Values values, Mode mode, List<String> problems) {
        SeedNames names = new SeedNames(environment, values);
        names.read(mode);
        new VenueValues(environment, values, names.notes, problems).read();
        return List.copyOf(names.notes);
    }

    private void read(Mode mode) {
        Map<String, Key> read = new LinkedHashMap<>(READ);
        READ_ON_TESTNET.forEach((name, key) -> {
            if (mode == Mode.TESTNET) {
                read.put(name, key);
            } else if (isSet(name)) {
                notes.add(name + " has no effect in mode " + mode.word());
            }
        });
        read.forEach(this::take);
    }

    private void take(String name, Key key) {
        if (!isSet(name)) {
            return;
        }
        if (values.isDefault(key) && !(isSecret(key) && values.isSetByFile(key))) {
            values.seed(key, environment.getOrDefault(name, ""), "environment " + name);
        } else {
            notes.add(name + " has no effect: " + key.key() + " is set");
        }
    }

    private static boolean isSecret(Key key) {
        return key.kind() == Key.Kind.SECRET;
    }

    private boolean isSet(String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }
}
