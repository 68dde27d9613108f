package quantum.binance;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.json.JsonText;
import quantum.json.Malformed;
import quantum.market.Decimals;
import quantum.market.Direction;
import quantum.market.Price;
import quantum.market.Quantity;
import quantum.market.Side;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.order.OrderId;
import tools.jackson.databind.JsonNode;

/**
 * The exchange's JSON, read field by field: unknown fields are allowed, a needed one that is absent or of another type
 * is {@link Malformed}. Never a binary floating point number, never a guess.
 */
record Json(JsonNode node) {

    private static final long END_OF_THE_CENTURY = 4_102_444_800_000L;

    static Json parse(String text) {
        return new Json(JsonText.read(text));
    }

    boolean isArray() {
        return node.isArray();
    }

    List<Json> elements() {
        if (!node.isArray()) {
            throw new Malformed("not an array");
        }
        List<Json> list = new ArrayList<>(node.size());
        node.forEach(element -> list.add(new Json(element)));
        return list;
    }

    List<Json> list(String name) {
        return new Json(needed(name)).elements();
    }

    Json object(String name) {
        JsonNode value = needed(name);
        if (!value.isObject()) {
            throw new Malformed(name + " is not an object");
        }
        return new Json(value);
    }

    /** An object or an array. */
    Json member(String name) {
        JsonNode value = needed(name);
        if (!value.isContainer()) {
            throw new Malformed(name + " is neither an object nor an array");
        }
        return new Json(value);
    }

    boolean has(String name) {
        return present(name) != null;
    }

    String text(String name) {
        JsonNode value = needed(name);
        if (!value.isString()) {
            throw new Malformed(name + " is not a text");
        }
        return value.stringValue();
    }

    /** Null if absent or empty. */
    @Nullable
    String optionalText(String name) {
        JsonNode value = present(name);
        return value == null || !value.isString() || value.stringValue().isEmpty() ? null : value.stringValue();
    }

    /** What stands there, for a person to read; a question mark for nothing. */
    String words(String name) {
        JsonNode value = present(name);
        return value == null ? "?" : value.isString() ? value.stringValue() : value.toString();
    }

    boolean flag(String name) {
        JsonNode value = needed(name);
        if (!value.isBoolean()) {
            throw new Malformed(name + " is not true or false");
        }
        return value.booleanValue();
    }

    long integer(String name) {
        JsonNode value = needed(name);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw new Malformed(name + " is not an integer");
        }
        return value.longValue();
    }

    /** A time of this century, in epoch milliseconds: another one is no time, and would not fit our clock's nanoseconds. */
    Instant time(String name) {
        long millis = integer(name);
        if (millis < 0 || millis >= END_OF_THE_CENTURY) {
            throw new Malformed(name + " is not a time");
        }
        return Instant.ofEpochMilli(millis);
    }

    /** A decimal, which the exchange sends as text or, rarely, as a number. */
    BigDecimal decimal(String name) {
        JsonNode value = needed(name);
        BigDecimal decimal;
        if (value.isNumber()) {
            decimal = value.decimalValue();
        } else {
            try {
                decimal = new BigDecimal(text(name));
            } catch (NumberFormatException _) {
                throw new Malformed(name + " is not a number");
            }
        }
        if (!Decimals.isSane(decimal)) {
            throw new Malformed(name + " has too many digits");
        }
        return decimal;
    }

    Price price(String name) {
        return new Price(positive(name));
    }

    /** Null if absent, empty or zero, which is how the exchange says that it knows none. */
    @Nullable
    Price optionalPrice(String name) {
        JsonNode value = present(name);
        if (value == null || (value.isString() && value.stringValue().isEmpty())) {
            return null;
        }
        BigDecimal decimal = decimal(name);
        return decimal.signum() > 0 ? new Price(decimal) : null;
    }

    /** The price, if there is one that can be read. */
    @Nullable
    Price readablePrice(String name) {
        BigDecimal decimal = optionalDecimal(name);
        return decimal == null || decimal.signum() <= 0 ? null : new Price(decimal);
    }

    /** Null where there is no such field, or no number in it. */
    @Nullable
    BigDecimal optionalDecimal(String name) {
        try {
            return present(name) == null ? null : decimal(name);
        } catch (Malformed _) {
            return null;
        }
    }

    Quantity quantity(String name) {
        return new Quantity(positive(name));
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

    /** The position that is named; null for BOTH, the word of one-way mode, and where nothing is named. */
    @Nullable
    Direction position(String name) {
        String text = optionalText(name);
        return switch (text == null ? "BOTH" : text) {
            case "BOTH" -> null;
            case "LONG" -> Direction.LONG;
            case "SHORT" -> Direction.SHORT;
            default -> throw new Malformed(name + " is neither BOTH, LONG nor SHORT");
        };
    }

    /** An id of the exchange: a number, which may exceed 2^53, kept as its digits (binance-usdm 0.10). */
    OrderId id(String name) {
        JsonNode value = needed(name);
        if (!value.isIntegralNumber() || value.bigIntegerValue().signum() <= 0) {
            throw new Malformed(name + " is not an id");
        }
        return new OrderId(value.bigIntegerValue().toString());
    }

    /** A client id; one that the exchange gave in a shape we would not give is replaced by the order's own id. */
    ClientOrderId clientId(String name, OrderId orderId) {
        return ClientOrderId.told(optionalText(name), orderId);
    }

    private BigDecimal positive(String name) {
        BigDecimal value = decimal(name);
        if (value.signum() <= 0) {
            throw new Malformed(name + " is not greater than zero");
        }
        return value;
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
