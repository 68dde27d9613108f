package quantum.trader.stream;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** Stream entries as producers really sent them: one {@code name=value} a line. */
final class Golden {

    private Golden() {}

    static Map<String, String> entry(String name) {
        try (InputStream in = Golden.class.getResourceAsStream("/golden/" + name + ".txt")) {
            if (in == null) {
                throw new IllegalArgumentException("no golden message " + name);
            }
            Map<String, String> fields = new LinkedHashMap<>();
            new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .forEach(line ->
                            fields.put(line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
            return fields;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
