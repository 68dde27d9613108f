package quantum.witness;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What all tests of one run heard, held against shapes and contract as they end. */
final class Testimony {

    private final Shapes shapes = Shapes.read();
    private final Contract contract = Contract.read();
    private final Differences differences = Differences.read();
    private final Map<String, Map<String, Set<String>>> results = new TreeMap<>();
    private final Set<String> tests = new TreeSet<>();

    Contract contract() {
        return contract;
    }

    Shapes shapes() {
        return shapes;
    }

    Differences differences() {
        return differences;
    }

    /** The tests that ended. */
    Set<String> tests() {
        return tests;
    }

    /** By entry, by the connector's method, the answers: 200, or status and code. */
    Map<String, Map<String, Set<String>>> results() {
        return results;
    }

    /** Everything that is wrong with what one test heard; nothing when the contract speaks the truth. */
    Set<String> judge(String test, List<Call> calls) {
        var wrong = new TreeSet<String>();
        var seen = new LinkedHashMap<String, Set<String>>();
        for (var call : calls) wrong.addAll(judge(call, seen));
        for (var entry : contract.entries().values()) {
            if (entry.tests().contains(test)) wrong.addAll(claims(test, entry, calls, seen.get(entry.name())));
        }
        tests.add(test);
        return wrong;
    }

    private Set<String> judge(Call call, Map<String, Set<String>> seen) {
        var wrong = new TreeSet<String>();
        results.computeIfAbsent(call.endpoint(), _ -> new TreeMap<>())
                .computeIfAbsent(call.method(), _ -> new TreeSet<>())
                .add(result(call));
        var entry = contract.entries().get(call.endpoint());
        if (entry == null) return Set.of("not in the contract: " + call.endpoint());
        for (var name : call.parameters().keySet()) {
            if (!entry.parameters().containsKey(name)) {
                wrong.addAll(differences.unknownParameter(entry.name(), name));
            }
        }
        var shapes = call.accepted() ? entry.shapes(this.shapes, call.json().isJsonArray()) : List.of(refusal(call));
        var fields = call.accepted() ? seen.computeIfAbsent(entry.name(), _ -> new TreeSet<>()) : new TreeSet<String>();
        for (var part : parts(call.json(), shapes.size())) {
            for (var difference : differences(part, shapes, fields)) {
                wrong.add(entry.name() + " is not as reference " + entry.section() + " says: " + difference);
            }
        }
        return wrong;
    }

    /** A list whose elements may be of several shapes is judged element by element. */
    private static List<JsonElement> parts(JsonElement json, int shapes) {
        if (shapes < 2 || !json.isJsonArray()) return List.of(json);
        var parts = new ArrayList<JsonElement>();
        for (var element : json.getAsJsonArray()) {
            var one = new JsonArray();
            one.add(element);
            parts.add(one);
        }
        return parts;
    }

    /** From the shape that fits best. */
    private static List<String> differences(JsonElement json, List<Shape> shapes, Set<String> seen) {
        var best = shapes.stream()
                .min(Comparator.comparingInt(
                        shape -> shape.differences(json, new TreeSet<>()).size()))
                .orElse(null);
        return best == null ? List.of("no shape for " + json) : best.differences(json, seen);
    }

    private Shape refusal(Call call) {
        return shapes.get(call.byWebSocket() ? "api-error" : "error");
    }

    private static String result(Call call) {
        if (call.accepted()) return "200";
        var reply = call.json().getAsJsonObject();
        var error = call.byWebSocket() ? reply.getAsJsonObject("error") : reply;
        return call.status() + " " + error.get("code").getAsInt();
    }

    private Set<String> claims(String test, Contract.Entry entry, List<Call> calls, @Nullable Set<String> seen) {
        var wrong = new TreeSet<String>();
        var line = "the contract says " + test + " covers " + entry.name() + " ";
        var heard = seen == null ? Set.<String>of() : seen;
        if (entry.values().contains(test)) {
            var unheard = entry.replies().stream()
                    .map(reply -> unheard(entry, shapes.get(reply), heard))
                    .min(Comparator.comparingInt(List::size))
                    .orElse(List.of());
            if (seen == null) wrong.add(line + "but no accepted reply was heard");
            else unheard.forEach(path -> wrong.add(line + path + ", but it was not heard"));
        }
        entry.fields().forEach((path, by) -> {
            if (by.equals(test) && !heardIn(entry, path, heard)) wrong.add(line + path + ", but it was not heard");
        });
        entry.parameters().forEach((name, parameter) -> {
            var sent = calls.stream()
                    .anyMatch(call -> call.endpoint().equals(entry.name())
                            && call.parameters().containsKey(name));
            if (parameter.test().equals(test) && !sent) wrong.add(line + "param " + name + ", but it was not sent");
        });
        return wrong;
    }

    private static List<String> unheard(Contract.Entry entry, Shape shape, Set<String> heard) {
        return shape.fields().keySet().stream()
                .filter(path -> shape.always(path) && !heardIn(entry, path, heard))
                .toList();
    }

    /** A list and a single object have the same fields; either proves both. */
    private static boolean heardIn(Contract.Entry entry, String path, Set<String> heard) {
        if (heard.contains(path)) return true;
        if (entry.replies().size() < 2) return false;
        return path.startsWith("[]")
                ? heard.contains(path.replaceFirst("^\\[]\\.?", ""))
                : heard.contains("[]." + path);
    }
}
