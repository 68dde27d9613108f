package quantum.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The cases that are kept: what once went wrong, and what each mutant is caught by, cut down to what matters. */
final class Corpus {

    static final Path DIRECTORY = Path.of("src", "test", "resources", "corpus");

    private static final JsonMapper MAPPER =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    /** One case: the mutant is {@code NONE} where the shipped code once broke the law. */
    record Case(
            long seed,
            Mutant mutant,
            String law,
            String told,
            @Nullable Set<Integer> steps,
            @Nullable Set<String> strikes) {

        Course course() {
            return new Course(seed, steps, strikes);
        }
    }

    private Corpus() {}

    static Path file(String name) {
        return DIRECTORY.resolve(name + ".json");
    }

    static List<Path> files() {
        try (Stream<Path> files = Files.list(DIRECTORY)) {
            return files.filter(file -> file.toString().endsWith(".json"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Case read(Path file) {
        try {
            return MAPPER.readValue(Files.readString(file), Case.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Shrinks a failing schedule and keeps it; the file's path. */
    static Path keep(String name, Outcome failed, Mutant mutant) {
        Course course = Shrinker.shrink(failed, mutant);
        String violation = Schedule.run(course, mutant).violations().getFirst();
        Set<Integer> steps = course.steps();
        Case kept = new Case(
                course.seed(),
                mutant,
                violation.substring(0, violation.indexOf(':')),
                violation.substring(0, Math.min(violation.length(), 300)),
                steps == null ? null : new TreeSet<>(steps),
                course.strikes());
        Path file = file(name);
        try {
            Files.createDirectories(DIRECTORY);
            Files.writeString(file, MAPPER.writeValueAsString(kept) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
