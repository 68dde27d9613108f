package quantum.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The known differences between what the connector knows and what the simulator says, each with the reference's word
 * on who is right. A line is {@code entry | connector or simulator | fields | verdict}: the side that alone has them;
 * a question mark before the name says that it is a parameter.
 */
final class Differences {

    private static final Path FILE = Path.of("src", "test", "resources", "quantum", "witness", "differences.txt");

    /** One line of the file. */
    record Known(String entry, String side, Set<String> fields, String verdict) {}

    private final List<Known> known = new ArrayList<>();
    private final Set<String> observed = new TreeSet<>();

    static Differences read() {
        var differences = new Differences();
        try {
            for (var line : Files.readAllLines(FILE)) {
                if (line.isBlank() || line.startsWith("#")) continue;
                var parts = line.split(" \\| ", 4);
                differences.known.add(
                        new Known(parts[0], parts[1], new LinkedHashSet<>(List.of(parts[2].split(" ", -1))), parts[3]));
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return differences;
    }

    List<Known> known() {
        return known;
    }

    /** What of this is not known; fields that the shape lets be absent are no difference. */
    List<String> unknown(Call call, List<Shape> shapes, Object reply) {
        var says = Model.paths(call.json());
        var knows = Model.paths(reply);
        var found = new ArrayList<String>();
        for (var field : knows) {
            if (!optional(field, shapes) && alone(field, says)) note(call.endpoint(), "connector", field, found);
        }
        for (var field : says) {
            if (alone(field, knows)) note(call.endpoint(), "simulator", field, found);
        }
        return found;
    }

    /** Whether a shape lets it be absent, or only some of the reply's shapes have it. */
    private static boolean optional(String field, List<Shape> shapes) {
        var having = shapes.stream()
                .filter(shape -> shape.fields().containsKey(field))
                .toList();
        return having.stream().anyMatch(shape -> !shape.always(field))
                || (!having.isEmpty() && having.size() < shapes.size());
    }

    /** A parameter that the connector alone knows. */
    List<String> unknownParameter(String entry, String name) {
        var found = new ArrayList<String>();
        note(entry, "connector", "?" + name, found);
        return found;
    }

    /** What lies in something that the other side does not have is told with that, an empty list with nothing. */
    private static boolean alone(String field, Set<String> other) {
        if (field.endsWith("[]") || other.contains(field)) return false;
        int end = field.lastIndexOf('.');
        return end < 0 || other.contains(field.substring(0, end));
    }

    private void note(String entry, String side, String field, List<String> found) {
        observed.add(entry + " | " + side + " | " + field);
        var listed = known.stream()
                .anyMatch(one -> one.entry().equals(entry)
                        && one.side().equals(side)
                        && one.fields().contains(field));
        if (!listed) found.add(entry + " | " + side + " | " + field);
    }

    /** Lines whose difference was never seen. */
    List<String> gone() {
        var gone = new ArrayList<String>();
        for (var one : known) {
            for (var field : one.fields()) {
                var line = one.entry() + " | " + one.side() + " | " + field;
                if (!observed.contains(line)) gone.add(line);
            }
        }
        return gone;
    }
}
