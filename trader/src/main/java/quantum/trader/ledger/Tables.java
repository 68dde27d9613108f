package quantum.trader.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The writer's connection: its statements and the heads of the log and the outbox. After a failure it is discarded. */
final class Tables implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Tables.class);

    private final Connection connection;
    private final Map<Kind, PreparedStatement> upserts = new EnumMap<>(Kind.class);
    private final PreparedStatement notice;
    private final PreparedStatement event;
    private final PreparedStatement mark;
    private long seq;
    private String hash;
    private long lastNotice;

    Tables(Connection connection) throws SQLException {
        this.connection = connection;
        for (Kind kind : Kind.values()) {
            upserts.put(kind, connection.prepareStatement(kind.upsert()));
        }
        notice = connection.prepareStatement("INSERT INTO outbox (id, event_id, kind, trace_id, at, body, published)"
                + " VALUES (?, ?, ?, ?, ?, ?, 0) ON CONFLICT (event_id) DO NOTHING");
        event = connection.prepareStatement(
                "INSERT INTO event_log (seq, at, kind, item_key, body, hash) VALUES (?, ?, ?, ?, ?, ?)");
        mark = connection.prepareStatement("UPDATE outbox SET published = 1, entry_id = ? WHERE id = ?");
        seq = LedgerFile.longOf(connection, "SELECT MAX(seq) FROM event_log");
        hash = headHash(seq);
        lastNotice = LedgerFile.longOf(connection, "SELECT MAX(id) FROM outbox");
        connection.commit();
    }

    private String headHash(long head) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT hash FROM event_log WHERE seq = ?")) {
            query.setLong(1, head);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getString(1) : Chain.START;
            }
        }
    }

    /** Writes all in one transaction and gives back the notices that are new. */
    List<OutboxRow> write(List<Pending> batches, Collection<Pending.Mark> marks) throws SQLException {
        List<OutboxRow> added = new ArrayList<>();
        for (Pending batch : batches) {
            for (Pending.Item item : batch.items()) {
                switch (item) {
                    case Pending.Item.Row row -> write(row, batch.at());
                    case Pending.Item.Told(String kind, String key, String body) -> append(batch.at(), kind, key, body);
                    case Pending.Item.Out out -> {
                        OutboxRow row = write(out.notice());
                        if (row != null) {
                            added.add(row);
                        }
                    }
                }
            }
        }
        for (Pending.Mark done : marks) {
            mark.setString(1, done.entryId());
            mark.setLong(2, done.id());
            mark.executeUpdate();
        }
        connection.commit();
        return added;
    }

    private void write(Pending.Item.Row row, long at) throws SQLException {
        Kind kind = Kind.of(row.entry());
        PreparedStatement statement = upserts.get(kind);
        if (statement == null) {
            throw new IllegalStateException("no statement for " + kind);
        }
        List<@Nullable Object> values = Kind.values(row.entry(), row.body());
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
        statement.executeUpdate();
        append(at, kind.word(), row.entry().key(), row.body());
    }

    /** The event id decides: the same notice again is the one already recorded (INC-I07: one ending an intent). */
    private @Nullable OutboxRow write(NoticeEncoder.Outgoing out) throws SQLException {
        long at = Micros.of(out.at());
        notice.setLong(1, lastNotice + 1);
        notice.setString(2, out.eventId());
        notice.setString(3, out.kind());
        notice.setString(4, out.traceId());
        notice.setLong(5, at);
        notice.setString(6, out.payload());
        if (notice.executeUpdate() == 0) {
            log.warn("notice repeated and not published again event_id={}", out.eventId());
            return null;
        }
        lastNotice++;
        append(at, out.kind(), out.eventId(), out.payload());
        // As it will be read again: a notice that is published twice has the same bytes both times.
        return new OutboxRow(
                lastNotice, out.eventId(), out.kind(), out.traceId(), Micros.instant(at), out.payload(), false, null);
    }

    private void append(long at, String kind, String key, String body) throws SQLException {
        seq++;
        hash = Chain.next(hash, seq, at, kind, key, body);
        event.setLong(1, seq);
        event.setLong(2, at);
        event.setString(3, kind);
        event.setString(4, key);
        event.setString(5, body);
        event.setString(6, hash);
        event.executeUpdate();
    }

    /** Tells each notice not yet known to be published, oldest first. */
    void unpublished(Consumer<OutboxRow> sink) throws SQLException {
        try (PreparedStatement query =
                        connection.prepareStatement(OutboxRows.SELECT + " WHERE published = 0 ORDER BY id");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                sink.accept(OutboxRows.read(rows));
            }
        }
        connection.commit();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
