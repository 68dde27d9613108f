package quantum.simulator.binance;

import org.jspecify.annotations.Nullable;
import quantum.simulator.Fault;
import quantum.simulator.InvalidInput;
import quantum.simulator.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sets or removes one field of a JSON text; in an array, of each of its elements. */
final class FieldChange {

    private FieldChange() {}

    static String in(String text, Fault.@Nullable Change change) {
        if (change == null) return text;
        try {
            var tree = Json.parse(text);
            apply(tree, change.field(), change.value());
            return Json.text(tree);
        } catch (InvalidInput _) {
            return text;
        }
    }

    private static void apply(JsonNode node, String field, @Nullable JsonNode value) {
        if (node.isArray()) {
            for (var element : node) apply(element, field, value);
            return;
        }
        if (!(node instanceof ObjectNode object)) return;
        int dot = field.indexOf('.');
        if (dot > 0) apply(object.path(field.substring(0, dot)), field.substring(dot + 1), value);
        else if (value == null) object.remove(field);
        else object.set(field, value);
    }
}
