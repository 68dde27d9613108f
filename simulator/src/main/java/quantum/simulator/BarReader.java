package quantum.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import quantum.simulator.Rows.Row;

/** Reads the bars of a file in the order in which they stand there. */
final class BarReader implements Closeable {

    private static final Set<String> NOTHING = Set.of("", "nan", "null", "none", "n/a");

    /** 90,000 may be ninety thousand, or ninety with three decimals; 90,000.5 and 1,234,567 are the first. */
    private static final Pattern GROUPED = Pattern.compile("[1-9]\\d{0,2}(,\\d{3})+(\\.\\d*)?");

    private final Path file;
    private final Rows rows;
    private final BarColumns columns;
    private @Nullable Row pending;
    private int taken;
    private int withoutTrades;
    private String place = "";
    private String grouped = "";

    /** Throws {@link InvalidInput}, with file, line and cause, when this is no file of bars. */
    static BarReader open(Path file) {
        Rows rows = null;
        BarReader reader = null;
        try {
            rows = PriceFile.rows(file);
            reader = new BarReader(file, rows);
            return reader;
        } catch (IOException unreadable) {
            throw new InvalidInput("Cannot read prices " + file + ": " + words(unreadable));
        } catch (InvalidInput refused) {
            throw new InvalidInput(at(file, String.valueOf(refused.getMessage())));
        } finally {
            if (reader == null) shut(rows);
        }
    }

    private static String at(Path file, String cause) {
        return cause.startsWith("line ") || cause.startsWith("row ")
                ? file + " " + cause
                : "Cannot read prices " + file + ": " + cause;
    }

    private static String words(IOException failure) {
        var message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }

    private static void shut(@Nullable Closeable opened) {
        try {
            if (opened != null) opened.close();
        } catch (IOException nothingIsLost) {
            // It was only read.
        }
    }

    private BarReader(Path file, Rows rows) throws IOException {
        this.file = file;
        this.rows = rows;
        var first = rows.next();
        if (first == null) throw new InvalidInput("there is no bar to play");
        columns = BarColumns.of(first);
        pending = columns.headed() ? null : first;
    }

    /** The next bar, or null at the end; rows without prices are passed over and counted. */
    @Nullable
    RecordedBar next() {
        try {
            for (var row = row(); row != null; row = row()) {
                taken++;
                place = row.place();
                if (!prices(row).allMatch(cell -> NOTHING.contains(cell.toLowerCase(Locale.ROOT)))) return bar(row);
                withoutTrades++;
            }
            return null;
        } catch (IOException broken) {
            throw bad("after this the file cannot be read: " + words(broken));
        } catch (InvalidInput refused) {
            throw new InvalidInput(at(file, String.valueOf(refused.getMessage())));
        }
    }

    private @Nullable Row row() throws IOException {
        var row = pending;
        pending = null;
        return row == null ? rows.next() : row;
    }

    /** Passes over so many rows. */
    void skip(int count) throws IOException {
        var left = pending == null || count == 0 ? count : count - 1;
        if (left < count) pending = null;
        rows.skip(left);
        taken += count;
    }

    private Stream<String> prices(Row row) {
        return Stream.of(columns.open(), columns.high(), columns.low(), columns.close())
                .map(row::cell);
    }

    private RecordedBar bar(Row row) {
        int needed = Math.max(Math.max(columns.open(), columns.high()), Math.max(columns.low(), columns.close()));
        if (row.cells().size() <= needed) {
            throw new InvalidInput(row.place() + ": at least " + (needed + 1) + " columns expected, found "
                    + row.cells().size());
        }
        var text = row.cell(columns.time()) + (columns.clock() < 0 ? "" : " " + row.cell(columns.clock()));
        var at = Moments.millis(text);
        if (at.isEmpty()) throw new InvalidInput(row.place() + ": not a time: " + text);
        var open = price(row, columns.open());
        var high = price(row, columns.high());
        var low = price(row, columns.low());
        var close = price(row, columns.close());
        if (high.compareTo(open.max(close)) < 0 || low.compareTo(open.min(close)) > 0) {
            throw new InvalidInput(row.place() + ": open and close must lie between low and high");
        }
        return new RecordedBar(at.getAsLong(), open, high, low, close);
    }

    private BigDecimal price(Row row, int column) {
        var text = row.cell(column);
        if (GROUPED.matcher(text).matches()) grouped = text;
        var plain = text.indexOf('.') < 0 ? text.replace(',', '.') : text;
        try {
            var price = new BigDecimal(plain);
            if (price.signum() > 0) return price;
        } catch (NumberFormatException malformed) {
            throw new InvalidInput(row.place() + ": not a price: " + text + separators());
        }
        throw new InvalidInput(
                row.place() + ": not a price: " + text + "; rates, premiums and differences are not bars of prices");
    }

    /** A refusal of the row that was read last. */
    InvalidInput bad(String cause) {
        return new InvalidInput(file + " " + place + ": " + cause);
    }

    /** What to do where the commas of the prices may group their digits; empty where there are none such. */
    String separators() {
        return grouped.isEmpty()
                ? ""
                : "; if the commas of " + grouped + " are thousands separators, write the prices without them: "
                        + grouped.replace(",", "");
    }

    /** How many rows were read. */
    int taken() {
        return taken;
    }

    int withoutTrades() {
        return withoutTrades;
    }

    @Override
    public void close() {
        shut(rows);
    }

    /** The bars up to so many of them. */
    List<RecordedBar> next(int count) {
        var bars = new ArrayList<RecordedBar>(count);
        for (var bar = next(); bar != null; bar = next()) {
            bars.add(bar);
            if (bars.size() == count) break;
        }
        return bars;
    }
}
