package quantum.launcher;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Which test classes a change can break, nearest first, within a budget of time: those that reach a changed type over
 * the fewest steps from type to type. {@code ./quantum test --changed} runs it from its source. Reads the paths of the
 * changed files, and prints one line: the names of the tests, apart by commas.
 *
 * <p>What a test takes is known by its last report; what nobody has run is taken to need three seconds. A test that a
 * change names itself always runs, and so do the rules of the house.
 */
final class ChangedTests {

    private static final double BUDGET_SECONDS = 150;
    private static final double UNKNOWN_SECONDS = 3;
    private static final List<String> MODULES = List.of("core", "venues", "simulator", "trader");
    private static final Set<String> ALWAYS = Set.of("TidyTest", "ArchitectureTest");
    /** What the schedules run: a change there is tried by some hundred of them. */
    private static final Pattern SIMULATED = Pattern.compile(
            "(core|venues|simulator)/src/main/.*|trader/src/(main/java/quantum/trader/loop|test/java/quantum/simulation)/.*");

    private static final String SCHEDULES = "SimulationTest";
    private static final Pattern WORD = Pattern.compile("[A-Z]\\w+");
    private static final Pattern COMMENT = Pattern.compile("/\\*.*?\\*/|//[^\\n]*", Pattern.DOTALL);
    private static final Pattern IMPORT = Pattern.compile("(?m)^import (?:static )?([\\w.]+?)(?:\\.\\w+\\([^;]*)?;");
    private static final Pattern REPORT =
            Pattern.compile("<testsuite [^>]*?name=\"([\\w.]+)\"[^>]*? time=\"([\\d.]+)\"", Pattern.DOTALL);

    /** One source file: its type with what it reads in other files, and for tests how long they took. */
    private record Source(String name, String type, Path file, String text) {
        boolean isTest() {
            return type.endsWith("Test") && file.toString().contains("src/test");
        }
    }

    private final Path root;
    private final Map<String, Source> byName = new TreeMap<>();
    private final Map<String, Set<String>> readers = new HashMap<>();
    private final Map<String, Double> seconds = new HashMap<>();

    private ChangedTests(Path root) throws IOException {
        this.root = root;
        for (String module : MODULES) {
            read(root.resolve(module).resolve("src"));
            times(root.resolve(module).resolve("target/surefire-reports"));
        }
        byName.values().forEach(this::link);
    }

    /** The tests that these files can break, as many as fit into the time. */
    static List<String> of(Path root, List<String> changed, double budget) throws IOException {
        return new ChangedTests(root).nearest(changed, budget);
    }

    private void read(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            // What cannot be read, as an editor's lock, is no source; one that is not UTF-8 the compiler names.
            for (Path file : files.filter(f -> f.toString().endsWith(".java") && Files.isReadable(f))
                    .toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                String path = root.relativize(file).toString();
                String name =
                        path.replaceFirst("^.*/java/", "").replace(".java", "").replace('/', '.');
                byName.put(name, new Source(name, name.substring(name.lastIndexOf('.') + 1), file, text));
            }
        }
    }

    private void times(Path reports) throws IOException {
        if (!Files.isDirectory(reports)) {
            return;
        }
        try (Stream<Path> files = Files.list(reports)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".xml")).toList()) {
                String head = Files.readString(file);
                Matcher report = REPORT.matcher(head.substring(0, Math.min(head.length(), 2_000)));
                if (report.find()) {
                    seconds.put(report.group(1), Double.parseDouble(report.group(2)));
                }
            }
        }
    }

    /** A type reads those that it imports and those of its package that it names. */
    private void link(Source source) {
        String code = COMMENT.matcher(source.text()).replaceAll(" ");
        Set<String> read = new HashSet<>();
        Matcher imports = IMPORT.matcher(code);
        while (imports.find()) {
            read.add(known(imports.group(1)));
        }
        String here = source.name()
                .substring(0, source.name().length() - source.type().length());
        Matcher words = WORD.matcher(code);
        while (words.find()) {
            read.add(here + words.group());
        }
        read.stream()
                .filter(name -> byName.containsKey(name) && !name.equals(source.name()))
                .forEach(name -> readers.computeIfAbsent(name, _ -> new LinkedHashSet<>())
                        .add(source.name()));
    }

    /** The file that holds a nested type or a member is that of its outermost type. */
    private String known(String imported) {
        String name = imported;
        while (!byName.containsKey(name) && name.contains(".")) {
            name = name.substring(0, name.lastIndexOf('.'));
        }
        return name;
    }

    private List<String> nearest(List<String> changed, double budget) {
        Map<String, Integer> steps = new HashMap<>();
        Deque<String> next = new ArrayDeque<>();
        for (String path : changed) {
            for (Source source : byName.values()) {
                if (isOf(source, path) && steps.putIfAbsent(source.name(), 0) == null) {
                    next.add(source.name());
                }
            }
        }
        while (!next.isEmpty()) {
            String name = next.remove();
            for (String reader : readers.getOrDefault(name, Set.of())) {
                if (steps.putIfAbsent(reader, steps.get(name) + 1) == null) {
                    next.add(reader);
                }
            }
        }
        List<String> chosen = new ArrayList<>(within(budget, steps, changed));
        boolean isSimulated =
                changed.stream().anyMatch(path -> SIMULATED.matcher(path).matches());
        if (isSimulated && !chosen.contains(SCHEDULES)) {
            chosen.add(SCHEDULES);
        }
        return chosen;
    }

    /** It is that file, or reads it: a type that is gone, or a document or resource that a test names. */
    private boolean isOf(Source source, String path) {
        Path file = root.resolve(path).normalize();
        if (source.file().equals(file)) {
            return true;
        } else if (path.endsWith(".java")) {
            String type = nameOf(path).replace(".java", "");
            return !Files.exists(file)
                    && Pattern.compile("\\b" + type + "\\b")
                            .matcher(source.text())
                            .find();
        }
        String name = nameOf(path);
        String named = name.contains(".") ? name : "./" + name;
        return source.isTest() && source.text().contains(named);
    }

    private List<String> within(double budget, Map<String, Integer> steps, List<String> changed) {
        List<Source> tests = byName.values().stream()
                .filter(source ->
                        source.isTest() && (steps.containsKey(source.name()) || ALWAYS.contains(source.type())))
                .sorted(Comparator.comparingInt(
                                (Source test) -> ALWAYS.contains(test.type()) ? -1 : steps.get(test.name()))
                        .thenComparingDouble(this::seconds))
                .toList();
        List<String> chosen = new ArrayList<>();
        double left = budget;
        for (Source test : tests) {
            boolean must = ALWAYS.contains(test.type()) || isNamed(test, changed);
            if (must || seconds(test) <= left) {
                chosen.add(test.type());
                left -= seconds(test);
            }
        }
        return chosen;
    }

    private boolean isNamed(Source test, List<String> changed) {
        return changed.stream().anyMatch(path -> root.resolve(path).normalize().equals(test.file()));
    }

    private double seconds(Source test) {
        return seconds.getOrDefault(test.name(), UNKNOWN_SECONDS);
    }

    /** A document or a resource is named by the tests that look at it. */
    private static String nameOf(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The root of the checkout, then the changed files. */
    public static void main(String[] arguments) throws IOException {
        List<String> changed = List.of(arguments).subList(1, arguments.length);
        System.out.println(String.join(",", of(Path.of(arguments[0]), changed, BUDGET_SECONDS)));
    }
}
