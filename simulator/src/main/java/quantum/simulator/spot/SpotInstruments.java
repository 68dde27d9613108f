package quantum.simulator.spot;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the pairs from the own table. */
final class SpotInstruments {

    private SpotInstruments() {}

    static List<SpotInstrument> table() {
        try (var resource = SpotInstruments.class.getResourceAsStream("pairs.csv")) {
            if (resource == null) throw new IllegalStateException("pairs.csv is missing from the class path");
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(SpotInstruments::row)
                    .toList();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static SpotInstrument row(String line) {
        var column = line.split(",", -1);
        return new SpotInstrument(
                column[0],
                column[1],
                column[2],
                Integer.parseInt(column[3]),
                Integer.parseInt(column[4]),
                new BigDecimal(column[5]),
                new BigDecimal(column[6]),
                column[7],
                Boolean.parseBoolean(column[8]));
    }
}
