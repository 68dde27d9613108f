package quantum.cryptocom;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.json.JsonText;
import quantum.json.Malformed;
import quantum.market.Decimals;
import quantum.market.Price;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The exchange's JSON, read field by field. Codes, ids and figures come as text from one door and as numbers from
 * another, so that both are read alike; an id of 63 bits is never a binary floating point number. Unknown fields are
 * allowed, a needed one that is absent is {@link Malformed}.
 */
record Json(JsonNode node) {

    private static final int DIGITS_OF_MILLIS = 13;
    private static final int DIGITS_OF_MICROS = 16;
    private static final int DIGITS_OF_NANOS = 19;
    private static final int MOST_DIGITS = 64;
    private static final long MICROS_OF_SECOND = 1_000_000;
    private static final long NANOS_OF_SECOND = 1_000_000_000;
    private static final BigInteger LARGEST_ID = BigInteger.valueOf(Long.MAX_VALUE);

    static Json parse(String text) {
        return new Json(JsonText.read(text));
    }

    boolean isObject() {
        return node.isObject();
    }

    boolean isEmpty() {
        return node.isEmpty();
    }

    /** What stands in it, of a list the elements, of an object the values; nothing of a single value. */
    List<Json> members() {
        List<Json> list = new ArrayList<>(node.size());
        node.forEach(member -> list.add(new Json(member)));
        return list;
    }

    List<Json> list(String name) {
        JsonNode value = needed(name);
        if (!value.isArray()) {
            throw new Malformed(name + " is not a list");
        }
        return new Json(value).members();
    }

    /** An object or a list; empty where there is none, because some acknowledgements have no result. */
    Json member(String name) {
        JsonNode value = present(name);
        return value != null && value.isContainer() ? new Json(value) : new Json(JsonNodeFactory.instance.objectNode());
    }

    boolean has(String name) {
        return present(name) != null;
    }

    /** A text, or the digits of a number. */
    String text(String name) {
        String value = optionalText(name);
        if (value == null) {
            throw new Malformed(name + " is missing or no text");
        }
        return value;
    }

    /** Null if absent, empty, or neither text nor number. */
    @Nullable
    String optionalText(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        if (value.isIntegralNumber()) {
            return value.bigIntegerValue().toString();
        }
        return value.isString() && !value.stringValue().isEmpty() ? value.stringValue() : null;
    }

    boolean flag(String name) {
        JsonNode value = needed(name);
        if (value.isBoolean()) {
            return value.booleanValue();
        }
        return switch (text(name)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Malformed(name + " is not true or false");
        };
    }

    /** A whole number of 63 bits; null if absent or something else. */
    @Nullable
    Long optionalInteger(String name) {
        String text = optionalText(name);
        if (text == null || text.length() > DIGITS_OF_NANOS + 1 || !text.chars().allMatch(Json::isDigitOrSign)) {
            return null;
        }
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException _) {
            return null;
        }
    }

    long integer(String name) {
        Long value = optionalInteger(name);
        if (value == null) {
            throw new Malformed(name + " is not an integer");
        }
        return value;
    }

    private static boolean isDigitOrSign(int c) {
        return (c >= '0' && c <= '9') || c == '-';
    }

    /** A time in milliseconds, microseconds or nanoseconds: how many digits it has says which. Null if it is none. */
    @Nullable
    Instant optionalTime(String name) {
        Long value = optionalInteger(name);
        if (value == null || value <= 0) {
            return null;
        }
        return switch (value.toString().length()) {
            case DIGITS_OF_MILLIS -> Instant.ofEpochMilli(value);
            case DIGITS_OF_MICROS -> Instant.ofEpochSecond(value / MICROS_OF_SECOND, value % MICROS_OF_SECOND * 1000);
            case DIGITS_OF_NANOS -> Instant.ofEpochSecond(value / NANOS_OF_SECOND, value % NANOS_OF_SECOND);
            default -> null;
        };
    }

    BigDecimal decimal(String name) {
        BigDecimal value = optionalDecimal(name);
        if (value == null) {
            throw new Malformed(name + " is not a number");
        }
        return value;
    }

    /** Null where there is no such field, or no number in it that an exchange could mean. */
    @Nullable
    BigDecimal optionalDecimal(String name) {
        JsonNode value = present(name);
        if (value == null) {
            return null;
        }
        try {
            BigDecimal decimal = value.isNumber() ? value.decimalValue() : new BigDecimal(text(name));
            return isSane(decimal) ? decimal : null;
        } catch (NumberFormatException | Malformed _) {
            return null;
        }
    }

    /** Zeros behind the last digit count for nothing: the fee of a part is told with as many as a product has. */
    private static boolean isSane(BigDecimal decimal) {
        return Decimals.isSane(decimal)
                || (decimal.precision() <= MOST_DIGITS && Decimals.isSane(decimal.stripTrailingZeros()));
    }

    /** Greater than zero. */
    BigDecimal positive(String name) {
        BigDecimal value = decimal(name);
        if (value.signum() <= 0) {
            throw new Malformed(name + " is not greater than zero");
        }
        return value;
    }

    /** Null if absent or zero, which is how the exchange says that there is none. */
    @Nullable
    Price optionalPrice(String name) {
        BigDecimal value = optionalDecimal(name);
        return value == null || value.signum() <= 0 ? null : new Price(value);
    }

    Symbol symbol(String name) {
        String value = text(name);
        if (!Symbol.isValid(value)) {
            throw new Malformed(name + " is not a symbol");
        }
        return new Symbol(value);
    }

    Side side(String name) {
        return switch (text(name)) {
            case "BUY" -> Side.BUY;
            case "SELL" -> Side.SELL;
            default -> throw new Malformed(name + " is neither BUY nor SELL");
        };
    }

    OrderId id(String name) {
        OrderId id = optionalId(name);
        if (id == null) {
            throw new Malformed(name + " is not an id");
        }
        return id;
    }

    /** Null if absent, empty, zero, or not all digits. */
    @Nullable
    OrderId optionalId(String name) {
        String text = optionalText(name);
        if (text == null || text.length() > DIGITS_OF_NANOS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return null;
        }
        BigInteger number = new BigInteger(text);
        return number.signum() > 0 && number.compareTo(LARGEST_ID) <= 0 ? new OrderId(number.toString()) : null;
    }

    /** A client id; one that is absent or of a shape that we would not give is replaced by the order's own id. */
    ClientOrderId clientId(String name, OrderId orderId) {
        return ClientOrderId.told(optionalText(name), orderId);
    }

    private JsonNode needed(String name) {
        JsonNode value = present(name);
        if (value == null) {
            throw new Malformed(name + " is missing");
        }
        return value;
    }

    private @Nullable JsonNode present(String name) {
        JsonNode value = node.get(name);
        return value == null || value.isNull() ? null : value;
    }
}
