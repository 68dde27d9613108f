package quantum.trader.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Proves that nothing of the audit was changed or cut out, and that the tables say what it says. */
public final class ChainCheck {

    static final String SELECT = "SELECT seq, at, kind, item_key, body, hash FROM event_log";
    private static final int MOST_FAULTS = 20;

    private final Connection connection;
    private final Map<String, Map<String, String>> latest = new HashMap<>();
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

    Verdict run() throws SQLException {
        long count = 0;
        String head = Chain.START;
        try (PreparedStatement query = connection.prepareStatement(SELECT + " ORDER BY seq");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                LogRow row = row(rows);
                count++;
                if (row.seq() != count) {
                    fault("row " + count + " of the log is missing");
                    count = row.seq();
                }
                String expected = Chain.next(head, row.seq(), Micros.of(row.at()), row.kind(), row.key(), row.body());
                if (!expected.equals(row.hash())) {
                    fault("row " + row.seq() + " of the log was changed");
                }
                head = row.hash();
                latest.computeIfAbsent(row.kind(), _ -> new HashMap<>()).put(row.key(), row.body());
            }
        }
        for (Kind kind : Kind.values()) {
            compare(kind);
        }
        compareOutbox();
        latest.remove(ProcessEvent.KIND);
        latest.forEach((kind, rows) ->
                rows.keySet().forEach(key -> fault(kind + " " + key + " is in the log and in no table")));
        return new Verdict(count, head, List.copyOf(faults));
    }

    private void compare(Kind kind) throws SQLException {
        Map<String, String> expected = latest.getOrDefault(kind.word(), new HashMap<>());
        String query = "SELECT " + String.join(", ", kind.columns()) + " FROM " + kind.table();
        try (PreparedStatement statement = connection.prepareStatement(query);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String key = rows.getString(1);
                String body = expected.remove(key);
                if (body == null) {
                    fault(kind.word() + " " + key + " is in its table and not in the log");
                } else if (!sameColumns(kind, body, rows)) {
                    fault(kind.word() + " " + key + " differs between its table and the log");
                }
            }
        }
    }

    private static boolean sameColumns(Kind kind, String body, ResultSet rows) throws SQLException {
        List<@Nullable Object> values = Kind.values(kind.read(body), body);
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
            for (OutboxRow row : OutboxRows.read(rows)) {
                Map<String, String> expected = latest.getOrDefault(row.kind(), new HashMap<>());
                String body = expected.remove(row.eventId());
                if (!row.payload().equals(body)) {
                    fault("notice " + row.eventId() + " differs between the outbox and the log");
                }
            }
        }
    }

    private void fault(String text) {
        if (faults.size() < MOST_FAULTS) {
            faults.add(text);
        }
    }
}
