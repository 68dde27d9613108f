package quantum.binance;

import java.util.List;
import java.util.Optional;
import quantum.json.Malformed;

/** One limit of exchangeInfo (binance-usdm 8.1): so much of a kind in so many of an interval. */
record RateLimit(String kind, String interval, long limit) {

    /** The limits whose words can be read; the others do not concern us. */
    static List<RateLimit> all(Json exchangeInfo) {
        return exchangeInfo.has("rateLimits")
                ? exchangeInfo.list("rateLimits").stream()
                        .map(RateLimit::readable)
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
    }

    private static Optional<RateLimit> readable(Json json) {
        try {
            long limit = json.integer("limit");
            String interval = json.integer("intervalNum") + " " + json.text("interval");
            return limit > 0
                    ? Optional.of(new RateLimit(json.text("rateLimitType"), interval, limit))
                    : Optional.empty();
        } catch (Malformed _) {
            return Optional.empty();
        }
    }
}
