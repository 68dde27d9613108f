package quantum.witness;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The fields of one reply or event as the reference names them. A field's path is written with dots and, for the
 * elements of an array, {@code []}; {@code [0]} is one place of an array with fixed places, {@code *} a field of any
 * other name.
 */
final class Shape {

    /** What a field may be; a decimal is text, for no amount of the exchange is a JSON number but where it says so. */
    enum Kind {
        TEXT,
        DECIMAL,
        INTEGER,
        NUMBER,
        BOOLEAN,
        NULL,
        OBJECT,
        ARRAY
    }

    /** One field; {@code why} says when an optional one is absent. */
    record Field(Set<Kind> kinds, boolean optional, String why) {}

    private static final Pattern DECIMAL = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");
    private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

    private final String name;
    private final Map<String, Field> fields;

    Shape(String name, Map<String, Field> fields) {
        this.name = name;
        this.fields = new LinkedHashMap<>(fields);
    }

    String name() {
        return name;
    }

    Map<String, Field> fields() {
        return fields;
    }

    Field root() {
        return Objects.requireNonNull(fields.get(""));
    }

    /** Whether this field, and all that holds it, is there in every reply. */
    boolean always(String path) {
        return fields.entrySet().stream()
                .noneMatch(field -> field.getValue().optional()
                        && (path.equals(field.getKey())
                                || path.startsWith(field.getKey() + ".")
                                || path.startsWith(field.getKey() + "[")));
    }

    /** Whether this field holds others. */
    boolean holds(String path) {
        return path.isEmpty()
                || fields.keySet().stream()
                        .anyMatch(other -> other.startsWith(path + ".") || other.startsWith(path + "["));
    }

    /** The fields of a list of such elements. */
    Shape listed() {
        var listed = new LinkedHashMap<String, Field>();
        listed.put("", new Field(Set.of(Kind.ARRAY), false, ""));
        listed.put("[]", new Field(Set.of(Kind.OBJECT), false, ""));
        fields.forEach((path, field) -> {
            if (!path.isEmpty()) listed.put("[]." + path, field);
        });
        return new Shape(name + "[]", listed);
    }

    /** What differs, each with the field's path; adds the paths of the fields it saw. */
    List<String> differences(JsonElement json, Set<String> seen) {
        var found = new ArrayList<String>();
        compare("", json, seen, found);
        return found;
    }

    private void compare(String path, JsonElement json, Set<String> seen, List<String> found) {
        var field = fields.get(path);
        if (field == null) {
            found.add("extra: " + path);
            return;
        }
        seen.add(path);
        if (field.kinds().stream().noneMatch(kind -> is(kind, json))) {
            found.add("wrong type: " + path + " is " + json + ", not " + field.kinds());
            return;
        }
        if (json.isJsonObject()) compareFields(path, json, seen, found);
        if (json.isJsonArray()) {
            var places = fields.containsKey(path + "[0]");
            var elements = json.getAsJsonArray();
            for (int i = 0; i < elements.size(); i++) {
                compare(path + (places ? "[" + i + "]" : "[]"), elements.get(i), seen, found);
            }
        }
    }

    private void compareFields(String path, JsonElement json, Set<String> seen, List<String> found) {
        var prefix = path.isEmpty() ? "" : path + ".";
        var object = json.getAsJsonObject();
        for (var name : object.keySet()) {
            var any = fields.containsKey(prefix + "*") && !fields.containsKey(prefix + name);
            compare(prefix + (any ? "*" : name), object.get(name), seen, found);
        }
        fields.forEach((child, field) -> {
            var name = nameIn(prefix, child);
            if (name != null && !field.optional() && !object.has(name)) found.add("missing: " + child);
        });
    }

    /** The name of a direct field of the object at this prefix, or null. */
    private static @Nullable String nameIn(String prefix, String path) {
        if (path.isEmpty() || !path.startsWith(prefix)) return null;
        var rest = path.substring(prefix.length());
        return rest.isEmpty() || rest.contains(".") || rest.contains("[") ? null : rest;
    }

    private static boolean is(Kind kind, JsonElement json) {
        return switch (kind) {
            case NULL -> json.isJsonNull();
            case OBJECT -> json.isJsonObject();
            case ARRAY -> json.isJsonArray();
            case TEXT -> json instanceof JsonPrimitive value && value.isString();
            case BOOLEAN -> json instanceof JsonPrimitive value && value.isBoolean();
            case NUMBER -> json instanceof JsonPrimitive value && value.isNumber();
            case DECIMAL ->
                json instanceof JsonPrimitive value
                        && value.isString()
                        && DECIMAL.matcher(value.getAsString()).matches();
            case INTEGER ->
                json instanceof JsonPrimitive value
                        && value.isNumber()
                        && INTEGER.matcher(value.getAsString()).matches();
        };
    }
}
