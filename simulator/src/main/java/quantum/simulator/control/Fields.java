package quantum.simulator.control;

import java.math.BigDecimal;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;

/** The fields of one control request; whatever is not expected is refused by name. */
final class Fields {

    private final JsonNode object;
    private final String prefix;

    private Fields(JsonNode object, String prefix) {
        this.object = object;
        this.prefix = prefix;
    }

    static Fields read(String body, String... known) {
        return of(parse(body.isBlank() ? "{}" : body), "", known);
    }

    static JsonNode parse(String body) {
        try {
            return Json.parse(body);
        } catch (InvalidInput malformed) {
            throw new BadField("body", String.valueOf(malformed.getMessage()));
        }
    }

    static Fields of(JsonNode node, String prefix, String... known) {
        if (!node.isObject()) throw new BadField(prefix.isEmpty() ? "body" : prefix, "an object is expected");
        var fields = new Fields(node, prefix);
        var unknown = new TreeSet<>(node.propertyNames());
        List.of(known).forEach(unknown::remove);
        if (!unknown.isEmpty()) throw fields.bad(unknown.first(), "unknown field; known: " + String.join(", ", known));
        return fields;
    }

    BadField bad(String name, String why) {
        return new BadField(prefix.isEmpty() ? name : prefix + "." + name, why);
    }

    boolean has(String name) {
        return object.hasNonNull(name);
    }

    JsonNode node(String name) {
        return object.path(name);
    }

    Set<String> names() {
        return new TreeSet<>(object.propertyNames());
    }

    @Nullable
    String text(String name) {
        if (!has(name)) return null;
        if (!node(name).isString()) throw bad(name, "a string is expected");
        return node(name).asString();
    }

    String requireText(String name) {
        var text = text(name);
        if (text == null || text.isBlank()) throw bad(name, "is required");
        return text;
    }

    /** A decimal as a string, or as a JSON number read without binary rounding. */
    BigDecimal requireDecimal(String name) {
        if (!has(name)) throw bad(name, "is required");
        var node = node(name);
        if (node.isNumber()) return node.decimalValue();
        try {
            return new BigDecimal(node.isString() ? node.asString() : "?");
        } catch (NumberFormatException malformed) {
            throw bad(name, "a decimal is expected, found " + node);
        }
    }

    /** One of an enum's names, in small letters or as they are. */
    <E extends Enum<E>> E requireOne(String name, Class<E> type) {
        var text = requireText(name);
        for (var value : type.getEnumConstants()) {
            if (value.name().equalsIgnoreCase(text)) return value;
        }
        throw bad(name, "one of " + List.of(type.getEnumConstants()) + " is expected, found " + text);
    }

    BigDecimal requireNotNegative(String name) {
        var value = requireDecimal(name);
        if (value.signum() < 0) throw bad(name, "must not be negative");
        return value;
    }

    long requireLong(String name) {
        if (!has(name)) throw bad(name, "is required");
        return whole(name, node(name));
    }

    long getLong(String name, long absent) {
        return has(name) ? requireLong(name) : absent;
    }

    long whole(String name, JsonNode node) {
        if (!node.isIntegralNumber() || !node.canConvertToLong()) throw bad(name, "a whole number is expected");
        return node.longValue();
    }

    boolean requireFlag(String name) {
        if (!node(name).isBoolean()) throw bad(name, "true or false is expected");
        return node(name).booleanValue();
    }
}
