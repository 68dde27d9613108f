package quantum.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The table of everything a client may call or hear, with the test that covers it. An entry begins at the margin with
 * its name and the section of the reference; the indented lines behind it are {@code reply} (one or more shapes; several
 * lists are told apart element by element), {@code values} (the tests that assert what the reply says), {@code param NAME TEST}, a star behind the name of what must be sent, and
 * {@code field PATH TEST} for fields that may be absent.
 */
final class Contract {

    private static final Path FOLDER = Path.of("src", "test", "resources", "quantum", "witness");

    /** A parameter and the test that sends it. */
    record Parameter(boolean required, String test) {}

    /** One entry; a reply of several forms is told apart by being a list or not. */
    record Entry(
            String name,
            String section,
            List<String> replies,
            List<String> values,
            Map<String, Parameter> parameters,
            Map<String, String> fields) {

        /** Every test this entry leans on. */
        SortedSet<String> tests() {
            var tests = new TreeSet<>(values);
            parameters.values().forEach(parameter -> tests.add(parameter.test()));
            tests.addAll(fields.values());
            return tests;
        }

        /** The shapes that this reply may have. */
        List<Shape> shapes(Shapes shapes, boolean list) {
            var kind = list ? Shape.Kind.ARRAY : Shape.Kind.OBJECT;
            return replies.stream()
                    .map(shapes::get)
                    .filter(shape -> shape.root().kinds().contains(kind))
                    .toList();
        }
    }

    private final Map<String, Entry> entries = new LinkedHashMap<>();
    private final SortedSet<String> later = new TreeSet<>();

    static Contract read() {
        var contract = new Contract();
        Entry entry = null;
        try {
            for (var line : Files.readAllLines(FOLDER.resolve("later.txt"))) {
                if (!line.startsWith("#")) contract.later.add(line);
            }
            for (var line : Files.readAllLines(FOLDER.resolve("contract.txt"))) {
                if (line.isBlank() || line.startsWith("#")) continue;
                if (line.startsWith(" ") && entry != null) {
                    add(entry, line.strip());
                } else {
                    var parts = line.split(" \\| ", 2);
                    entry = new Entry(
                            parts[0],
                            parts[1],
                            new ArrayList<>(),
                            new ArrayList<>(),
                            new LinkedHashMap<>(),
                            new LinkedHashMap<>());
                    if (contract.entries.put(parts[0], entry) != null) throw new AssertionError(line);
                }
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return contract;
    }

    private static void add(Entry entry, String line) {
        var words = line.split("\\s+");
        var rest = List.of(words).subList(1, words.length);
        switch (words[0]) {
            case "reply" -> entry.replies.addAll(rest);
            case "values" -> entry.values.addAll(rest);
            case "param" -> {
                var required = words[1].endsWith("*");
                var name = required ? words[1].substring(0, words[1].length() - 1) : words[1];
                entry.parameters.put(name, new Parameter(required, words[2]));
            }
            case "field" -> entry.fields.put(words[1], words[2]);
            default -> throw new AssertionError(line);
        }
    }

    Map<String, Entry> entries() {
        return entries;
    }

    /** The entries that the simulator does not serve yet. */
    SortedSet<String> later() {
        return later;
    }

    /** Those of them that this test is about. */
    List<String> waitsFor(String test) {
        return later.stream()
                .filter(name ->
                        entries.containsKey(name) && entries.get(name).tests().contains(test))
                .toList();
    }

    /** Every test the table leans on that can run today. */
    SortedSet<String> tests() {
        var tests = new TreeSet<String>();
        entries.values().forEach(entry -> tests.addAll(entry.tests()));
        tests.removeIf(test -> !waitsFor(test).isEmpty());
        return tests;
    }
}
