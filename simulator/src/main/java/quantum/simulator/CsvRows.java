package quantum.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Lines of text as rows. The separator is the comma, semicolon, tab or bar that the first line with five cells uses; what
 * stands above that line is a note of whoever exported the file.
 */
final class CsvRows implements Rows {

    private static final int LEAST_CELLS = 5;
    private static final int MOST_NOTES = 5;
    private static final int LONGEST_LINE = 4_096;
    private static final String SEPARATORS = ",;\t|";

    private final Reader reader;
    private final char[] buffer = new char[8_192];
    private final char separator;
    private @Nullable String pending;
    private int filled;
    private int at;
    private int line;

    CsvRows(InputStream input) throws IOException {
        reader = new InputStreamReader(input, StandardCharsets.UTF_8);
        var first = content();
        if (first == null) throw new InvalidInput("line 1: the file is empty");
        while (first != null && separatorOf(first) == 0 && line <= MOST_NOTES) first = content();
        if (first == null || separatorOf(first) == 0) {
            throw new InvalidInput(
                    "line 1: no columns: a time, open, high, low and close are needed, with commas between");
        }
        separator = separatorOf(first);
        pending = first;
    }

    private static char separatorOf(String text) {
        for (int i = 0; i < SEPARATORS.length(); i++) {
            char candidate = SEPARATORS.charAt(i);
            if (text.chars().filter(character -> character == candidate).count() >= LEAST_CELLS - 1) return candidate;
        }
        return 0;
    }

    /** The next line that says something. */
    private @Nullable String content() throws IOException {
        var text = new StringBuilder();
        for (int character = character(); character >= 0; character = character()) {
            if (character == '\r' || character == '\uFEFF') continue;
            if (character == '\n') {
                line++;
                if (says(text)) return text.toString();
                text.setLength(0);
                continue;
            }
            text.append((char) character);
            if (text.length() > LONGEST_LINE) {
                throw new InvalidInput("line " + (line + 1) + ": longer than " + LONGEST_LINE + " characters");
            }
        }
        line++;
        return says(text) ? text.toString() : null;
    }

    private int character() throws IOException {
        if (at == filled) {
            filled = reader.read(buffer);
            at = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        return buffer[at++];
    }

    private static boolean says(CharSequence text) {
        return !text.isEmpty() && text.charAt(0) != '#' && !text.toString().isBlank();
    }

    @Override
    public @Nullable Row next() throws IOException {
        var text = taken();
        return text == null ? null : new Row("line", line, cells(text));
    }

    private @Nullable String taken() throws IOException {
        var text = pending;
        pending = null;
        return text == null ? content() : text;
    }

    @Override
    public void skip(int count) throws IOException {
        for (int i = 0; i < count; i++) if (taken() == null) return;
    }

    private List<String> cells(String text) {
        var cells = new ArrayList<String>();
        var cell = new StringBuilder();
        var quoted = false;
        for (int i = 0; i < text.length(); i++) {
            char character = text.charAt(i);
            if (character == '"') quoted = !quoted;
            else if (character != separator || quoted) cell.append(character);
            else {
                cells.add(cell.toString().strip());
                cell.setLength(0);
            }
        }
        cells.add(cell.toString().strip());
        return cells;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
