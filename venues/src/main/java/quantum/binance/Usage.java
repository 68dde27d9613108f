package quantum.binance;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import quantum.json.Malformed;

/**
 * What an answer says of the exchange's limits (binance-usdm 8.1): the weight used in this minute by our address, the
 * orders placed by our account in these ten seconds and in this minute, and how long to wait. Null where it says nothing.
 */
public record Usage(
        @Nullable Long weight,
        @Nullable Long ordersTenSeconds,
        @Nullable Long ordersMinute,
        @Nullable Duration retryAfter) {

    /** An answer without any of it. */
    public static final Usage NONE = new Usage(null, null, null, null);

    private static final int MOST_DIGITS = 9;

    /** Reads the headers of a reply, which are found by name whatever its case; an odd figure is no figure. */
    static Usage of(Function<String, Optional<String>> header) {
        Long seconds = figure(header, "Retry-After");
        return new Usage(
                figure(header, "X-MBX-USED-WEIGHT-1M"),
                figure(header, "X-MBX-ORDER-COUNT-10S"),
                figure(header, "X-MBX-ORDER-COUNT-1M"),
                seconds == null ? null : Duration.ofSeconds(seconds));
    }

    /** Reads the figures in an answer of the WebSocket API (binance-usdm 10). */
    static Usage of(Json answer) {
        Map<String, Long> counts = new HashMap<>();
        try {
            for (Json each : answer.has("rateLimits") ? answer.list("rateLimits") : List.<Json>of()) {
                String name =
                        each.text("rateLimitType") + " " + each.integer("intervalNum") + " " + each.text("interval");
                counts.put(name, each.integer("count"));
            }
        } catch (Malformed _) {
            return NONE;
        }
        return new Usage(
                counts.get("REQUEST_WEIGHT 1 MINUTE"),
                counts.get("ORDERS 10 SECOND"),
                counts.get("ORDERS 1 MINUTE"),
                null);
    }

    private static @Nullable Long figure(Function<String, Optional<String>> header, String name) {
        return header.apply(name)
                .map(String::strip)
                .filter(text -> text.length() <= MOST_DIGITS && text.matches("[0-9]+"))
                .map(Long::valueOf)
                .orElse(null);
    }
}
