package quantum.processes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a test measured: one line for the reader, one file for the machine. */
final class Figures {

    private static final Path FOLDER = Path.of("target", "reliability");

    private Figures() {}

    /** Prints the figures and leaves them under {@code target/reliability}. */
    static void write(String name, Map<String, ?> figures) {
        String json = JsonMapper.shared().writeValueAsString(figures);
        System.out.println(name + " " + json);
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(FOLDER.resolve(name + ".json"), json + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
