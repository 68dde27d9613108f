package quantum.witness;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.witness.Shape.Field;
import quantum.witness.Shape.Kind;

/**
 * Reads the shape files. A line is {@code path kind[|kind]}, with a question mark before the path of what may be
 * absent and the reason behind; {@code path @other} puts another shape there, {@code @other} alone all of its fields
 * at the root.
 */
final class Shapes {

    private static final Path FOLDER = Path.of("src", "test", "resources", "quantum", "witness", "shapes");
    private static final Field OBJECT = new Field(Set.of(Kind.OBJECT), false, "");

    private final Map<String, Shape> byName = new TreeMap<>();

    static Shapes read() {
        var shapes = new Shapes();
        try (var files = Files.list(FOLDER)) {
            for (var file : files.toList())
                shapes.get(file.getFileName().toString().replace(".txt", ""));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        return shapes;
    }

    Map<String, Shape> all() {
        return byName;
    }

    /** The shape of this name, read when first asked for; with {@code []} behind the name a list of it. */
    Shape get(String name) {
        if (name.endsWith("[]"))
            return get(name.substring(0, name.length() - 2)).listed();
        var known = byName.get(name);
        if (known != null) return known;
        var shape = new Shape(name, parse(FOLDER.resolve(name + ".txt")));
        byName.put(name, shape);
        return shape;
    }

    private Map<String, Field> parse(Path file) {
        var fields = new LinkedHashMap<String, Field>();
        try {
            for (var line : Files.readAllLines(file)) {
                if (!line.isBlank() && !line.startsWith("#")) add(fields, line.strip());
            }
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
        fields.putIfAbsent("", OBJECT);
        return fields;
    }

    private void add(Map<String, Field> fields, String line) {
        if (line.startsWith("@")) {
            fields.putAll(get(line.substring(1)).fields());
            return;
        }
        var words = line.split("\\s+", 3);
        var optional = words[0].startsWith("?");
        var path = optional ? words[0].substring(1) : words[0];
        var why = words.length > 2 ? words[2] : "";
        container(fields, path);
        if (words[1].startsWith("@")) {
            get(words[1].substring(1))
                    .fields()
                    .forEach((inner, field) -> fields.put(
                            inner.isEmpty() ? path : path + "." + inner,
                            inner.isEmpty() ? new Field(field.kinds(), optional, why) : field));
        } else {
            fields.put(path, new Field(kinds(words[1]), optional, why));
        }
    }

    /** What holds a field need not be written down itself. */
    private static void container(Map<String, Field> fields, String path) {
        var holder = holder(path);
        if (holder == null) return;
        container(fields, holder);
        var kind = path.charAt(holder.length()) == '[' ? Kind.ARRAY : Kind.OBJECT;
        fields.putIfAbsent(holder, new Field(Set.of(kind), false, ""));
    }

    private static @Nullable String holder(String path) {
        if (path.isEmpty()) return null;
        int end = Math.max(path.lastIndexOf('.'), path.lastIndexOf('['));
        return end < 0 ? "" : path.substring(0, end);
    }

    private static Set<Kind> kinds(String text) {
        var kinds = EnumSet.noneOf(Kind.class);
        for (var word : text.split("\\|", -1)) kinds.add(Kind.valueOf(word.toUpperCase(Locale.ROOT)));
        return kinds;
    }
}
