package quantum.simulator;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A file's rows of cells, read one after the other, so that no more than one of them is in memory. */
interface Rows extends Closeable {

    /** One row, and where it stands: {@code line 7}. */
    record Row(String unit, int number, List<String> cells) {

        String place() {
            return unit + " " + number;
        }

        /** The cell in this column; empty if the row is too short. */
        String cell(int column) {
            return column < cells.size() ? cells.get(column) : "";
        }
    }

    /** The next row, or null at the end. */
    @Nullable
    Row next() throws IOException;

    /** Passes over so many rows. */
    void skip(int count) throws IOException;
}
