package quantum.simulator.cryptocom;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parameters of a call by their kinds; names that nobody asks for are passed over, as the exchange does. */
record Params(JsonNode tree, boolean encoded) {

    private static final int MOST_ROWS = 100;
    private static final int LONGEST_MILLIS = 13;
    private static final int LONGEST_MICROS = 16;

    boolean has(String name) {
        return tree.hasNonNull(name);
    }

    JsonNode node(String name) {
        return tree.path(name);
    }

    /** A text, or null where there is none. */
    @Nullable
    String text(String name) {
        return has(name) ? node(name).asString("") : null;
    }

    String require(String name) {
        var text = text(name);
        if (text == null || text.isEmpty()) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
        return text;
    }

    /** A decimal that must be a text: as a number it is answered with this code, as anything else with the other. */
    @Nullable
    BigDecimal amount(String name, Code asNumber, Code malformed) {
        if (!has(name)) return null;
        if (!node(name).isString()) throw new CryptoComError(asNumber);
        var text = node(name).asString();
        if (!text.matches("[0-9]{1,30}(\\.[0-9]{1,30})?|\\.[0-9]{1,30}")) throw new CryptoComError(malformed);
        return new BigDecimal(text);
    }

    /** An id as a number or as a text. */
    @Nullable
    Long id(String name) {
        if (!has(name)) return null;
        return id(node(name));
    }

    static long id(JsonNode node) {
        if (node.isIntegralNumber() && node.canConvertToLong()) return node.longValue();
        var digits = node.asString("");
        if (node.isString() && digits.matches("[0-9]{1,18}|[1-8][0-9]{18}")) return Long.parseLong(digits);
        throw new CryptoComError(Code.INVALID_ORDERID);
    }

    /** How many rows are asked for: a number, at most 100. */
    int limit() {
        if (!has("limit")) return MOST_ROWS;
        var limit = node("limit");
        if (!encoded && !limit.isIntegralNumber()) throw new CryptoComError(Code.INVALID_REQUEST);
        var digits = limit.asString();
        if (!digits.matches("[0-9]{1,9}")) throw new CryptoComError(Code.INVALID_REQUEST);
        return Math.clamp(Integer.parseInt(digits), 1, MOST_ROWS);
    }

    /** A moment in epoch nanoseconds, given in milliseconds, microseconds or nanoseconds by its digits. */
    @Nullable
    Long moment(String name) {
        if (!has(name)) return null;
        var digits = node(name).asString("");
        if (!digits.matches("[0-9]{1,19}")) throw new CryptoComError(Code.INVALID_DATE);
        try {
            long value = Long.parseLong(digits);
            if (digits.length() <= LONGEST_MILLIS) return TimeUnit.MILLISECONDS.toNanos(value);
            return digits.length() <= LONGEST_MICROS ? TimeUnit.MICROSECONDS.toNanos(value) : value;
        } catch (NumberFormatException _) {
            throw new CryptoComError(Code.INVALID_DATE);
        }
    }

    /** The objects of a list; anything else in it is refused. */
    List<Params> list(String name) {
        var list = new ArrayList<Params>();
        for (var element : node(name)) {
            if (!element.isObject()) throw new CryptoComError(Code.MISSING_OR_INVALID_ARGUMENT);
            list.add(new Params(element, encoded));
        }
        return list;
    }

    /** A list of texts; one client sends the text alone. */
    List<String> words(String name) {
        if (node(name).isString()) return List.of(node(name).asString());
        var words = new ArrayList<String>();
        for (var element : node(name)) words.add(element.asString(""));
        return List.copyOf(words);
    }
}
