package quantum.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Changes a JSON text by a fault: a field of it (in an array, of each element), or elements of a list in it. */
public final class Content {

    private Content() {}

    public static String changed(String text, Fault.Effect effect) {
        var change = effect.change();
        if (change == null) return text;
        try {
            var tree = Json.parse(text);
            switch (effect.kind()) {
                case FIELD -> set(tree, change);
                case DROP_ELEMENT -> drop(tree, change);
                case ADD_ELEMENT -> add(tree, change);
                default -> {
                    return text;
                }
            }
            return Json.text(tree);
        } catch (InvalidInput _) {
            return text;
        }
    }

    private static void set(JsonNode tree, Fault.Change change) {
        var elements = change.elements();
        if (elements == null) {
            set(tree, change.field(), change.value());
            return;
        }
        for (var list : lists(tree, elements.list())) {
            for (int i : chosen(list, elements.choice())) set(list.get(i), change.field(), change.value());
        }
    }

    private static void set(JsonNode node, String field, @Nullable JsonNode value) {
        if (node.isArray()) {
            for (var element : node) set(element, field, value);
            return;
        }
        if (!(node instanceof ObjectNode object)) return;
        int dot = field.indexOf('.');
        if (dot > 0) set(object.path(field.substring(0, dot)), field.substring(dot + 1), value);
        else if (value == null) object.remove(field);
        else object.set(field, value);
    }

    private static void drop(JsonNode tree, Fault.Change change) {
        var elements = change.elements();
        if (elements == null) return;
        for (var list : lists(tree, elements.list())) {
            for (int i : chosen(list, elements.choice()).reversed()) list.remove(i);
        }
    }

    /** A copy of each chosen element that differs in the given fields; where all are chosen, the value itself. */
    private static void add(JsonNode tree, Fault.Change change) {
        var elements = change.elements();
        var value = change.value();
        if (elements == null || value == null) return;
        for (var list : lists(tree, elements.list())) {
            if (elements.choice() instanceof Fault.Choice.All) {
                list.add(value.deepCopy());
                continue;
            }
            for (int i : chosen(list, elements.choice())) {
                var copy = list.get(i).deepCopy();
                value.forEachEntry((name, differing) -> set(copy, name, differing));
                list.add(copy);
            }
        }
    }

    /** The lists at a dotted name; lists on the way are gone through. */
    private static List<ArrayNode> lists(JsonNode node, String name) {
        var found = new ArrayList<ArrayNode>();
        if (name.isEmpty()) {
            if (node instanceof ArrayNode list) found.add(list);
        } else if (node.isArray()) {
            for (var element : node) found.addAll(lists(element, name));
        } else {
            int dot = name.indexOf('.');
            var first = dot < 0 ? name : name.substring(0, dot);
            found.addAll(lists(node.path(first), dot < 0 ? "" : name.substring(dot + 1)));
        }
        return found;
    }

    /** The numbers of the chosen elements, the lowest first. */
    private static List<Integer> chosen(ArrayNode list, Fault.Choice choice) {
        return IntStream.range(0, list.size())
                .filter(i -> switch (choice) {
                    case Fault.Choice.All _ -> true;
                    case Fault.Choice.Nth nth -> i == (nth.index() < 0 ? list.size() + nth.index() : nth.index());
                    case Fault.Choice.Like like -> reads(list.get(i), like.fields());
                })
                .boxed()
                .toList();
    }

    private static boolean reads(JsonNode element, JsonNode fields) {
        for (var field : fields.properties()) {
            if (!element.path(field.getKey())
                    .asString("")
                    .equals(field.getValue().asString(""))) return false;
        }
        return true;
    }
}
