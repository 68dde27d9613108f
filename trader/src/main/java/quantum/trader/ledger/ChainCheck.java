package quantum.trader.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Proves that the file is whole, that nothing of the audit was changed or cut out, and that the tables say what it says.
 * Each fault names its record. One row is held at a time, however long the log and its rows are.
 */
public final class ChainCheck {

    static final String SELECT = "SELECT seq, at, kind, item_key, body, hash FROM event_log";
    private static final int MOST_FAULTS = 20;
    /** Kinds of the log that are no notices. */
    private static final String OWN_KINDS = Stream.concat(
                    Arrays.stream(Kind.values()).map(Kind::word), Stream.of(ProcessEvent.KIND, Comparison.KIND))
            .map(word -> "'" + word + "'")
            .collect(Collectors.joining(", "));

    private final Connection connection;
    private final List<String> faults = new ArrayList<>();

    ChainCheck(Connection connection) {
        this.connection = connection;
    }

    /** What was found; the head names the state of the whole log and can be kept elsewhere as a witness. */
    public record Verdict(long rows, String head, List<String> faults) {
        public boolean ok() {
            return faults.isEmpty();
        }
    }

    static LogRow row(ResultSet rows) throws SQLException {
        return new LogRow(
                rows.getLong("seq"),
                Micros.instant(rows.getLong("at")),
                rows.getString("kind"),
                rows.getString("item_key"),
                rows.getString("body"),
                rows.getString("hash"));
    }

    /** Reads everything; what cannot be read is a fault too. */
    Verdict run() {
        Head head = new Head(0, Chain.START);
        try {
            whole();
            head = chain(0, _ -> {});
            for (Kind kind : Kind.values()) {
                compareAll(kind);
            }
            compareOutbox();
            for (Kind kind : Kind.values()) {
                missing("kind = '" + kind.word() + "'", kind.table(), kind.keyColumn());
            }
            missing("kind NOT IN (" + OWN_KINDS + ")", "outbox", "event_id");
        } catch (SQLException e) {
            fault("the file cannot be read further: " + e.getMessage());
        }
        return new Verdict(head.rows(), head.hash(), List.copyOf(faults));
    }

    /**
     * What a start is built on: the last rows of the log, the tables' rows that they are of, and every row that has no
     * ending. It takes the same time however long the log is; {@link #run} reads the rest.
     */
    Verdict beforeStart(int lastRows) {
        Head head = new Head(0, Chain.START);
        try {
            Map<String, Map<String, Long>> latest = new HashMap<>();
            head = chain(
                    LedgerFile.longOf(connection, "SELECT MAX(seq) FROM event_log") - lastRows,
                    row -> latest.computeIfAbsent(row.kind(), _ -> new HashMap<>())
                            .put(row.key(), row.seq()));
            for (Kind kind : Kind.values()) {
                Map<String, Long> seqs = latest.getOrDefault(kind.word(), Map.of());
                for (Map.Entry<String, Long> last : seqs.entrySet()) {
                    compare(kind, last.getKey(), bodyOf(last.getValue()));
                }
                for (String key : unended(kind)) {
                    if (!seqs.containsKey(key)) {
                        compare(kind, key, logged(kind.word(), key));
                    }
                }
            }
        } catch (SQLException e) {
            fault("the file cannot be read: " + e.getMessage());
        }
        return new Verdict(head.rows(), head.hash(), List.copyOf(faults));
    }

    private void whole() throws SQLException {
        try (PreparedStatement check = connection.prepareStatement("PRAGMA integrity_check(5)");
                ResultSet rows = check.executeQuery()) {
            while (rows.next()) {
                if (!"ok".equals(rows.getString(1))) {
                    fault("the file is damaged: " + rows.getString(1).replace('\n', ' '));
                }
            }
        }
    }

    private record Head(long rows, String hash) {}

    /** Walks the log after a row, whose hash is believed. */
    private Head chain(long after, Consumer<LogRow> seen) throws SQLException {
        long count = Math.max(0, after);
        String head = count == 0 ? Chain.START : hashOf(count);
        try (PreparedStatement query = connection.prepareStatement(SELECT + " WHERE seq > ? ORDER BY seq")) {
            query.setLong(1, count);
            try (ResultSet rows = query.executeQuery()) {
                while (rows.next()) {
                    LogRow row = row(rows);
                    count++;
                    if (row.seq() != count) {
                        fault("row " + count + " of the log is missing");
                        count = row.seq();
                    }
                    long at = rows.getLong("at");
                    if (!Chain.next(head, row.seq(), at, row.kind(), row.key(), row.body())
                            .equals(row.hash())) {
                        fault("row " + row.seq() + " of the log was changed (" + row.kind() + " " + row.key() + ")");
                    }
                    head = row.hash();
                    seen.accept(row);
                }
            }
        }
        return new Head(count, head);
    }

    private String hashOf(long seq) throws SQLException {
        return text("SELECT hash FROM event_log WHERE seq = " + seq, List.of());
    }

    private String bodyOf(long seq) throws SQLException {
        return text("SELECT body FROM event_log WHERE seq = " + seq, List.of());
    }

    private String logged(String kind, String key) throws SQLException {
        return text(
                "SELECT body FROM event_log WHERE kind = ? AND item_key = ? ORDER BY seq DESC LIMIT 1",
                List.of(kind, key));
    }

    /** Empty where there is no such row; no body and no hash is. */
    private String text(String query, List<String> values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            for (int i = 0; i < values.size(); i++) {
                statement.setString(i + 1, values.get(i));
            }
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? String.valueOf(row.getString(1)) : "";
            }
        }
    }

    private List<String> unended(Kind kind) throws SQLException {
        List<String> keys = new ArrayList<>();
        String query = "SELECT " + kind.keyColumn() + " FROM " + kind.table() + " WHERE " + kind.unended();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                keys.add(rows.getString(1));
            }
        }
        return keys;
    }

    private void compare(Kind kind, String key, String body) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement(select(kind) + " WHERE " + kind.keyColumn() + " = ?")) {
            statement.setString(1, key);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    fault(kind.word() + " " + key + " is in the log and not in its table");
                } else {
                    compare(kind, key, body, rows);
                }
            }
        }
    }

    private void compareAll(Kind kind) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(select(kind));
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String key = String.valueOf(rows.getString(1));
                compare(kind, key, logged(kind.word(), key), rows);
            }
        }
    }

    private static String select(Kind kind) {
        return "SELECT " + String.join(", ", kind.columns()) + " FROM " + kind.table();
    }

    private void compare(Kind kind, String key, String body, ResultSet row) throws SQLException {
        if (body.isEmpty()) {
            fault(kind.word() + " " + key + " is in its table and not in the log");
        } else if (!sameColumns(kind, body, row)) {
            fault(kind.word() + " " + key + " differs between its table and the log");
        }
    }

    private static boolean sameColumns(Kind kind, String body, ResultSet rows) throws SQLException {
        List<@Nullable Object> values;
        try {
            values = Kind.values(kind.read(body), body);
        } catch (LedgerException _) {
            // A body of the log that cannot be read was changed, which the chain has told.
            return false;
        }
        for (int i = 0; i < values.size(); i++) {
            Object value = values.get(i);
            if (!Objects.equals(value == null ? null : value.toString(), rows.getString(i + 1))) {
                return false;
            }
        }
        return true;
    }

    private void compareOutbox() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(OutboxRows.SELECT);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                OutboxRow row = OutboxRows.read(rows);
                if (!row.payload().equals(logged(row.kind(), row.eventId()))) {
                    fault("notice " + row.eventId() + " differs between the outbox and the log");
                }
            }
        }
    }

    /** What the log tells of such kinds and their table has no row of. */
    private void missing(String kinds, String table, String keyColumn) throws SQLException {
        String query =
                "SELECT DISTINCT kind, item_key FROM event_log WHERE " + kinds + " AND NOT EXISTS (SELECT 1 FROM "
                        + table + " WHERE " + keyColumn + " = item_key) LIMIT " + MOST_FAULTS;
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                fault(rows.getString(1) + " " + rows.getString(2) + " is in the log and in no table");
            }
        }
    }

    private void fault(String text) {
        if (faults.size() < MOST_FAULTS && !faults.contains(text)) {
            faults.add(text);
        }
    }
}
