package quantum.reliability;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The result file of a run: every test that measures something adds its section, the end of the run puts them together. */
public final class Results {

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final Path SECTIONS = Path.of("target", "reliability");
    private static final Path RESULT = Path.of("target", "reliability.json");
    private static final Path PAGE = Path.of("target", "RELIABILITY.md");

    private Results() {}

    /** Writes what a test found; a section that is written again is replaced. */
    public static void add(String section, Map<String, ?> figures) {
        try {
            Files.createDirectories(SECTIONS);
            Files.writeString(SECTIONS.resolve(section + ".json"), MAPPER.writeValueAsString(figures));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same, with a line for who watches the run. */
    public static void tell(String section, Map<String, ?> figures) {
        System.out.println(section + " " + JsonMapper.shared().writeValueAsString(figures));
        add(section, figures);
    }

    /** A run begins: what an earlier one found is no result of it. */
    static void clear() throws IOException {
        if (Files.isDirectory(SECTIONS)) {
            try (Stream<Path> files = Files.list(SECTIONS)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** A run ended: one file of all sections, and the page of them. */
    static void gather() throws IOException {
        if (!Files.isDirectory(SECTIONS)) {
            return;
        }
        Map<String, JsonNode> all = new TreeMap<>();
        try (Stream<Path> files = Files.list(SECTIONS)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                String name = String.valueOf(file.getFileName()).replace(".json", "");
                all.put(name, MAPPER.readTree(Files.readString(file)));
            }
        }
        if (!all.isEmpty()) {
            ObjectNode result = MAPPER.createObjectNode();
            all.forEach(result::set);
            Files.writeString(RESULT, MAPPER.writeValueAsString(result));
            Files.writeString(PAGE, ReliabilityPage.of(result));
        }
    }
}
