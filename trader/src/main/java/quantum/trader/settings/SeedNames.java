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
    /** Of the venue that is not there yet; what sets the like of it here. */
    private static final Map<String, String> OF_CRYPTO_COM = Map.of(
            "ORDER_FILL_POLL_MAX_ATTEMPTS", Key.FILL_WAIT.key(),
            "ORDER_FILL_POLL_INTERVAL_SECONDS", Key.FILL_POLL.key(),
            "FAILSAFE_ON_SLTP_ERROR", Key.UNPROTECTED_CLOSE.key());

    private final Map<String, String> environment;
    private final Values values;
    private final List<String> notes = new ArrayList<>();

    private SeedNames(Map<String, String> environment, Values values) {
        this.environment = environment;
        this.values = values;
    }

    /** Takes what the names say into the values; what has no effect, in one sentence each. */
    static List<String> read(Map<String, String> environment, Values values, Mode mode) {
        SeedNames names = new SeedNames(environment, values);
        names.read(mode);
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
        OF_CRYPTO_COM.forEach((name, key) -> {
            if (isSet(name)) {
                notes.add(name + " has no effect: it belongs to venue crypto-com; here set " + key);
            }
        });
    }

    private void take(String name, Key key) {
        if (!isSet(name)) {
            return;
        }
        if (values.isDefault(key) && !(isSecret(key) && values.isSetByFile(key))) {
            values.seed(key, environment.getOrDefault(name, ""), name);
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
