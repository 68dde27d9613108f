package quantum.trader.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Reads rows of the outbox. */
final class OutboxRows {

    static final String SELECT = "SELECT id, event_id, kind, trace_id, at, body, published, entry_id FROM outbox";

    private OutboxRows() {}

    static List<OutboxRow> all(ResultSet rows) throws SQLException {
        List<OutboxRow> found = new ArrayList<>();
        while (rows.next()) {
            found.add(read(rows));
        }
        return found;
    }

    /** The row that the cursor is on. */
    static OutboxRow read(ResultSet rows) throws SQLException {
        return new OutboxRow(
                rows.getLong("id"),
                rows.getString("event_id"),
                rows.getString("kind"),
                rows.getString("trace_id"),
                Micros.instant(rows.getLong("at")),
                rows.getString("body"),
                rows.getLong("published") == 1,
                rows.getString("entry_id"));
    }
}
