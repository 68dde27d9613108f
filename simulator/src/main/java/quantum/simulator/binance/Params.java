package quantum.simulator.binance;

import java.math.BigDecimal;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Json;
import quantum.simulator.Request;
import tools.jackson.databind.JsonNode;

/** The parameters of one request; the query wins over the body, and none may come twice in one of them. */
final class Params {

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]{1,24}(\\.[0-9]{1,24})?");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]{1,18}|[0-9]{19}");
    private static final Pattern CLIENT_ID = Pattern.compile("[.A-Z:/a-z0-9_-]{1,36}");

    private static final Set<String> CLIENT_IDS = Set.of("newClientOrderId", "origClientOrderId");

    private final Map<String, String> values = new HashMap<>();

    /** Where the values were typed: the names of those that came as numbers (binance-usdm 10). */
    private final @Nullable Set<String> numbers;

    private boolean emptyIsRefused;

    private Params(@Nullable Set<String> numbers) {
        this.numbers = numbers;
    }

    static Params of(String query, String body) {
        var params = new Params(null);
        params.read(query);
        params.read(body);
        return params;
    }

    /** The parameters of a WebSocket API request; nulls count as absent. */
    static Params of(JsonNode object) {
        var numbers = new HashSet<String>();
        var params = new Params(numbers);
        object.forEachEntry((name, value) -> {
            if (value.isNull()) return;
            if (value.isNumber()) numbers.add(name);
            params.values.put(name, value.isContainer() ? Json.text(value) : value.asString());
        });
        return params;
    }

    /** The parameters of one item of a batch, whose numbers may come as text or not. */
    static Params ofItem(JsonNode object) {
        var params = new Params(null);
        params.values.putAll(of(object).values);
        return params;
    }

    /** What a WebSocket API request signs: all but the signature, by name, one character a byte. */
    String sorted() {
        return values.entrySet().stream()
                .filter(each -> !each.getKey().equals("signature"))
                .sorted(Map.Entry.comparingByKey())
                .map(each -> new String(
                        (each.getKey() + "=" + each.getValue()).getBytes(StandardCharsets.UTF_8),
                        StandardCharsets.ISO_8859_1))
                .collect(Collectors.joining("&"));
    }

    String encoded() {
        return values.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private void read(String encoded) {
        var read = new HashSet<String>();
        int from = 0;
        while (from < encoded.length()) {
            int end = encoded.indexOf('&', from);
            if (end < 0) end = encoded.length();
            int equals = encoded.indexOf('=', from);
            if (equals > from && equals < end) {
                var name = decode(encoded.substring(from, equals));
                if (!read.add(name)) {
                    throw new BinanceError(-1101, "Duplicate values for a parameter detected.");
                }
                values.putIfAbsent(name, decode(encoded.substring(equals + 1, end)));
            }
            from = end + 1;
        }
    }

    static String decode(String text) {
        try {
            return Request.decode(text);
        } catch (IllegalArgumentException malformed) {
            throw new BinanceError(-1100, "Illegal characters found in a parameter.");
        }
    }

    /** Whether an optional parameter without a value is refused; client ids always are. */
    void refuseEmpty(boolean refused) {
        emptyIsRefused = refused;
    }

    Map<String, String> all() {
        return values;
    }

    @Nullable
    String get(String name) {
        var value = values.get(name);
        if (value == null || !value.isEmpty()) return value;
        if (emptyIsRefused || CLIENT_IDS.contains(name)) throw BinanceError.empty(name);
        return null;
    }

    /** The same for those who do not judge: empty counts as absent. */
    @Nullable
    String glance(String name) {
        return has(name) ? values.get(name) : null;
    }

    boolean has(String name) {
        return !values.getOrDefault(name, "").isEmpty();
    }

    String require(String name) {
        var value = glance(name);
        if (value == null) throw BinanceError.mandatory(name);
        return value;
    }

    void refuse(String name) {
        if (has(name)) throw BinanceError.notRequired(name.toLowerCase(Locale.ROOT));
    }

    @Nullable
    BigDecimal decimal(String name) {
        return has(name) ? requireDecimal(name) : null;
    }

    BigDecimal requireDecimal(String name) {
        var text = require(name);
        if (typedAs(name, true) || !DECIMAL.matcher(text).matches()) throw BinanceError.mandatory(name);
        return new BigDecimal(text);
    }

    long requireLong(String name) {
        var text = require(name);
        if (typedAs(name, false) || !INTEGER.matcher(text).matches()) throw BinanceError.mandatory(name);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw BinanceError.mandatory(name);
        }
    }

    /** Whether it has the other JSON type than it must; the official connector's timestamp is a text and is taken. */
    private boolean typedAs(String name, boolean number) {
        return numbers != null && numbers.contains(name) == number && !name.equals("timestamp");
    }

    long getLong(String name, long absent) {
        return has(name) ? requireLong(name) : absent;
    }

    boolean flag(String name) {
        var text = get(name);
        if (text == null) return false;
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw BinanceError.mandatory(name);
        };
    }

    boolean requireFlag(String name) {
        require(name);
        return flag(name);
    }

    /** A client id in the exchange's alphabet, or null when none was sent. */
    @Nullable
    String clientId(String name) {
        var id = get(name);
        if (id != null && !CLIENT_ID.matcher(id).matches()) {
            throw new BinanceError(-4015, "Client order id is not valid.");
        }
        return id;
    }

    int limit(int standard, int most) {
        long limit = getLong("limit", standard);
        if (limit < 1 || limit > most) throw new BinanceError(-1130, "Data sent for parameter 'limit' is not valid.");
        return (int) limit;
    }
}
