package quantum.simulator.binance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import quantum.simulator.Json;
import tools.jackson.databind.node.ArrayNode;

/** What one request used up so far of each limit; told in headers or, by the WebSocket API, in the reply itself. */
final class Usage {

    private static final long NOTHING = -1;

    private final long weightLimit;
    private final long minuteLimit;
    private final long tenSecondsLimit;
    private long weight = NOTHING;
    private long minute = NOTHING;
    private long tenSeconds = NOTHING;
    private long retryAfter = NOTHING;
    private final List<String> hidden = new ArrayList<>();

    Usage(long weightLimit, long minuteLimit, long tenSecondsLimit) {
        this.weightLimit = weightLimit;
        this.minuteLimit = minuteLimit;
        this.tenSecondsLimit = tenSecondsLimit;
    }

    void weight(long used) {
        weight = used;
    }

    void orders(long inTenSeconds, long inMinute) {
        tenSeconds = inTenSeconds;
        minute = inMinute;
    }

    void retryAfter(long seconds) {
        retryAfter = seconds;
    }

    /** Leaves a header out of the answer; a name may end in {@code *}. */
    void hide(String header) {
        hidden.add(header.toLowerCase(Locale.ROOT));
    }

    private boolean hides(String header) {
        var name = header.toLowerCase(Locale.ROOT);
        return hidden.stream()
                .anyMatch(each ->
                        each.endsWith("*") ? name.startsWith(each.substring(0, each.length() - 1)) : name.equals(each));
    }

    /** The headers of an answer (binance-usdm 8.1). */
    Map<String, String> headers() {
        var headers = new TreeMap<String, String>();
        put(headers, "X-MBX-USED-WEIGHT-1M", weight);
        put(headers, "X-MBX-ORDER-COUNT-10S", tenSeconds);
        put(headers, "X-MBX-ORDER-COUNT-1M", minute);
        put(headers, "Retry-After", retryAfter);
        headers.keySet().removeIf(this::hides);
        return headers;
    }

    private static void put(Map<String, String> headers, String name, long value) {
        if (value != NOTHING) headers.put(name, Long.toString(value));
    }

    /** The rateLimits of a WebSocket API reply (binance-usdm 10). */
    ArrayNode list() {
        var list = Json.array();
        add(list, "REQUEST_WEIGHT", "MINUTE", 1, weightLimit, weight);
        add(list, "ORDERS", "SECOND", 10, tenSecondsLimit, tenSeconds);
        add(list, "ORDERS", "MINUTE", 1, minuteLimit, minute);
        return list;
    }

    private static void add(ArrayNode list, String type, String interval, int number, long limit, long count) {
        if (count == NOTHING) return;
        list.addObject()
                .put("rateLimitType", type)
                .put("interval", interval)
                .put("intervalNum", number)
                .put("limit", limit)
                .put("count", count);
    }
}
