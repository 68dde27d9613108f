package quantum.trader.metrics;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * One counter for each constant of an enum. All exist from the start: a series that appears at its first event hides
 * that event from whoever asks for increases.
 */
final class Series<K extends Enum<K>> {

    private final Map<K, Counter> counters;

    Series(Class<K> type, Function<K, Counter> counter) {
        counters = new EnumMap<>(type);
        for (K key : type.getEnumConstants()) {
            counters.put(key, counter.apply(key));
        }
    }

    void count(K key) {
        Objects.requireNonNull(counters.get(key)).increment();
    }
}
