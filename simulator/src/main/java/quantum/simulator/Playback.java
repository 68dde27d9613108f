package quantum.simulator;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Recorded minutes of one symbol, played as open, low, high, close. */
final class Playback {

    static final int POINTS_PER_BAR = 4;
    private static final String HEADER = "timestamp,open,high,low,close,volume";
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral(' ')
            .optionalEnd()
            .optionalStart()
            .appendLiteral('T')
            .optionalEnd()
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(Locale.ROOT);

    private final String symbol;
    private final List<BigDecimal> points;
    private int next;

    private Playback(String symbol, List<BigDecimal> points) {
        this.symbol = symbol;
        this.points = points;
    }

    /** Reads the whole file; the symbol is the file name's part before its first dash or underscore. */
    static Playback read(Path file) {
        var name = String.valueOf(file.getFileName());
        var symbol = name.split("[-_.]", 2)[0];
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException unreadable) {
            throw new InvalidInput("Cannot read prices " + file + ": " + unreadable);
        }
        if (lines.isEmpty() || !lines.getFirst().strip().equals(HEADER)) {
            throw new InvalidInput(file + " line 1: the header must be " + HEADER);
        }
        var points = new ArrayList<BigDecimal>();
        LocalDateTime before = null;
        for (int line = 1; line < lines.size(); line++) {
            if (lines.get(line).isBlank()) continue;
            before = bar(lines.get(line), before, points, file + " line " + (line + 1) + ": ");
        }
        if (points.isEmpty()) throw new InvalidInput(file + " line 2: there is no bar to play");
        return new Playback(symbol, points);
    }

    private static LocalDateTime bar(
            String line, @Nullable LocalDateTime before, List<BigDecimal> points, String where) {
        var columns = line.split(",", -1);
        if (columns.length != 6) throw new InvalidInput(where + "6 columns expected, found " + columns.length);
        LocalDateTime at;
        try {
            at = LocalDateTime.parse(columns[0].strip(), TIMESTAMP);
        } catch (DateTimeParseException malformed) {
            throw new InvalidInput(where + "not a UTC timestamp: " + columns[0]);
        }
        if (before != null && !at.isAfter(before)) throw new InvalidInput(where + "the timestamps must ascend");
        var open = price(columns[1], where);
        var high = price(columns[2], where);
        var low = price(columns[3], where);
        var close = price(columns[4], where);
        if (high.compareTo(open.max(close)) < 0 || low.compareTo(open.min(close)) > 0) {
            throw new InvalidInput(where + "open and close must lie between low and high");
        }
        points.addAll(List.of(open, low, high, close));
        return at;
    }

    private static BigDecimal price(String text, String where) {
        try {
            var price = new BigDecimal(text.strip());
            if (price.signum() > 0) return price;
        } catch (NumberFormatException malformed) {
            throw new InvalidInput(where + "not a price: " + text);
        }
        throw new InvalidInput(where + "not a price: " + text);
    }

    String symbol() {
        return symbol;
    }

    BigDecimal first() {
        return points.getFirst();
    }

    boolean finished() {
        return next >= points.size();
    }

    BigDecimal next() {
        return points.get(next++);
    }

    int position() {
        return next;
    }

    void resumeAt(int point) {
        next = Math.clamp(point, 0, points.size());
    }
}
