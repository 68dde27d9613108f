package quantum.simulator;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** A JSON list of lists as rows: {@code [[1772442000000,3100.0,3100.47,3095.8,3097.82,69.8],...]}. */
final class JsonRows implements Rows {

    private static final int MOST_CELLS = 64;
    private static final String SHAPE = "JSON, but not a list of bars such as [[time,open,high,low,close,volume],...]";

    private final JsonParser parser;
    private int row;

    JsonRows(InputStream input) {
        parser = Json.parser(input);
        if (token() != JsonToken.START_ARRAY) throw new InvalidInput(SHAPE);
    }

    private @Nullable JsonToken token() {
        try {
            return parser.nextToken();
        } catch (JacksonException _) {
            throw new InvalidInput("row " + Math.max(1, row) + ": no JSON from here on; is the file cut off?");
        }
    }

    @Override
    public @Nullable Row next() {
        var token = token();
        if (token == JsonToken.END_ARRAY) return null;
        if (token != JsonToken.START_ARRAY) throw new InvalidInput(SHAPE);
        row++;
        var cells = new ArrayList<String>();
        for (token = token(); token != JsonToken.END_ARRAY; token = token()) {
            if (token == null || !token.isScalarValue() || cells.size() == MOST_CELLS) throw new InvalidInput(SHAPE);
            cells.add(token == JsonToken.VALUE_NULL ? "" : parser.getString());
        }
        return new Row("row", row, cells);
    }

    @Override
    public void skip(int count) {
        for (int i = 0; i < count; i++) if (next() == null) return;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
