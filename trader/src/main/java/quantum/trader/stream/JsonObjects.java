package quantum.trader.stream;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.intent.reading.Twice;
import quantum.intent.reading.Values;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;

/**
 * Foreign JSON objects as plain values: text, decimals, booleans, lists and maps. Nothing in them can cost more than
 * their length: numbers, names and nesting are bounded, and what is not JSON (such as NaN) is refused. A key that stands
 * twice counts once where both values are equal; where they differ it is {@link Twice}.
 */
final class JsonObjects {

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNumberLength(60)
                    .maxNestingDepth(20)
                    .maxNameLength(200)
                    .maxTokenCount(20_000)
                    .build())
            .build();

    private static final String INVALID = "is not valid JSON within the bounds of a message";

    private JsonObjects() {}

    /** Indicates text that is not one JSON object within the bounds. */
    static final class NotAnObject extends Exception {
        private static final long serialVersionUID = 1L;

        NotAnObject(String message) {
            super(message, null, false, false);
        }
    }

    static Map<String, @Nullable Object> parse(String text) throws NotAnObject {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = parser.nextToken();
            if (first == JsonToken.VALUE_STRING && parser.getString().strip().startsWith("{")) {
                throw new NotAnObject("is JSON that was encoded twice; encode it once");
            }
            if (first != JsonToken.START_OBJECT) {
                throw new NotAnObject("must be a JSON object");
            }
            Map<String, @Nullable Object> object = object(parser);
            requireEnd(parser);
            return object;
        } catch (JacksonException e) {
            throw new NotAnObject(INVALID + NotJson.found(text, e.getLocation()));
        } catch (ArithmeticException | NumberFormatException _) {
            throw new NotAnObject(INVALID);
        }
    }

    /** One value of any kind. */
    static @Nullable Object value(String text) throws NotAnObject {
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() == null) {
                throw new NotAnObject(INVALID);
            }
            Object value = value(parser);
            requireEnd(parser);
            return value;
        } catch (JacksonException | ArithmeticException | NumberFormatException _) {
            throw new NotAnObject(INVALID);
        }
    }

    private static void requireEnd(JsonParser parser) throws NotAnObject {
        if (parser.nextToken() != null) {
            throw new NotAnObject("must be one JSON object and nothing after it");
        }
    }

    private static Map<String, @Nullable Object> object(JsonParser parser) throws NotAnObject {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            parser.nextToken();
            Object value = value(parser);
            object.put(name, object.containsKey(name) ? both(object.get(name), value) : value);
        }
        return object;
    }

    /** Of objects each key that is not in both with one value differs; of several values that differ two are kept. */
    private static @Nullable Object both(@Nullable Object one, @Nullable Object other) {
        if (one instanceof Twice || other instanceof Twice) {
            return one instanceof Twice ? one : other;
        }
        if (one instanceof Map<?, ?> first && other instanceof Map<?, ?> second) {
            Map<String, @Nullable Object> all = new LinkedHashMap<>();
            first.forEach((name, value) -> all.put(String.valueOf(name), both(value, second.get(name))));
            second.forEach((name, value) -> all.computeIfAbsent(String.valueOf(name), _ -> both(null, value)));
            return all;
        }
        return Values.canonical(one).equals(Values.canonical(other)) ? one : new Twice(List.of(text(one), text(other)));
    }

    private static String text(@Nullable Object value) {
        return value == null ? "null" : value.toString();
    }

    private static List<@Nullable Object> list(JsonParser parser) throws NotAnObject {
        List<@Nullable Object> list = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            list.add(value(parser));
        }
        return list;
    }

    private static @Nullable Object value(JsonParser parser) throws NotAnObject {
        return switch (parser.currentToken()) {
            case VALUE_STRING -> parser.getString();
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> decimal(parser);
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            case START_OBJECT -> object(parser);
            case START_ARRAY -> list(parser);
            default -> throw new NotAnObject(INVALID);
        };
    }

    /** An exponent of nine digits is short to write and ruinous to print, add or compare. */
    private static BigDecimal decimal(JsonParser parser) throws NotAnObject {
        BigDecimal value = parser.getDecimalValue();
        if (Math.abs((long) value.scale()) > 400) {
            throw new NotAnObject("holds a number with an absurd exponent");
        }
        return value;
    }
}
