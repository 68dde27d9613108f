package quantum.trader.metrics;

import java.io.Serial;
import java.util.LinkedHashMap;
import java.util.Map;

/** The latest entries of an endless sequence: whatever never ends properly leaves by age, so that memory is bounded. */
final class Recent<V> extends LinkedHashMap<String, V> {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final int REMEMBERED = 2048;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > REMEMBERED;
    }
}
