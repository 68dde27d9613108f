package quantum.trader;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import quantum.binance.BinanceSettings;
import quantum.desk.Rules;

/** What a service is built from, after settings were read and checked. */
public record Setup(String mode, Path data, Store store, Exchange exchange, Page page, Rules rules) {

    /** Redis: by address, or an embedded one on a port (0 for any free one). */
    public record Store(
            @Nullable String url, int embeddedPort, boolean password, String prefix, String consumer, long maxLength) {}

    /** Where orders go: by settings, or absent for an exchange simulated inside. */
    public record Exchange(@Nullable BinanceSettings settings, Inside inside) {}

    /** How an inside exchange is started; absent paths and 0 mean none and any. */
    public record Inside(@Nullable Path prices, @Nullable Path filters, int speed, long seed) {
        public static final Inside DEFAULT = new Inside(null, null, 1, 1);
    }

    /** Where the page and the interfaces are served. */
    public record Page(String bind, int port) {}
}
