package quantum.trader.ledger;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import quantum.record.Entry;
import quantum.record.Entry.IntentRow;
import quantum.record.Entry.OrderRow;
import quantum.record.Entry.PositionRow;

/**
 * Reads what is committed, on a connection of its own, also while another process writes. Calls take turns; none
 * changes anything.
 */
public final class LedgerView implements AutoCloseable {

    private final LedgerFile file;
    private @Nullable Connection connection;
    private @Nullable PreparedStatement intentById;

    LedgerView(LedgerFile file) {
        this.file = file;
    }

    /** A view beside a running service, for commands; it takes no lock. */
    public static LedgerView open(Path dataDirectory) {
        LedgerFile file = LedgerFile.in(dataDirectory);
        if (!Files.exists(file.path())) {
            throw new LedgerException(
                    "there is no ledger in " + dataDirectory + "; start the service once, or name its data directory",
                    null);
        }
        return new LedgerView(file);
    }

    /** The intent of that identity, whenever it came. */
    public synchronized Optional<IntentRow> intent(String intentId) {
        return read(open -> {
            PreparedStatement query = intentById;
            if (query == null) {
                query = open.prepareStatement("SELECT body FROM intents WHERE intent_id = ?");
                intentById = query;
            }
            query.setString(1, intentId);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(RowJson.read(row.getString(1), IntentRow.class)) : Optional.empty();
            }
        });
    }

    /** Intents, the latest first. */
    public List<IntentRow> recentIntents(int limit) {
        return rows(Kind.INTENT, IntentRow.class, "ORDER BY received_at DESC LIMIT " + limit);
    }

    /** Orders, the latest first. */
    public List<OrderRow> orders(int limit) {
        return rows(Kind.ORDER, OrderRow.class, "ORDER BY sent_at DESC LIMIT " + limit);
    }

    /** Orders that came of one intent, the earliest first. */
    public List<OrderRow> ordersOf(String intentId) {
        return rows(Kind.ORDER, OrderRow.class, "WHERE intent_id = ? ORDER BY sent_at", intentId);
    }

    /** One order. */
    public Optional<OrderRow> order(String clientOrderId) {
        return rows(Kind.ORDER, OrderRow.class, "WHERE client_order_id = ?", clientOrderId).stream()
                .findFirst();
    }

    /** Positions whose life has not ended. */
    public List<PositionRow> openPositions() {
        return rows(Kind.POSITION, PositionRow.class, "WHERE " + Kind.POSITION.unended() + " ORDER BY opened_at");
    }

    /** Lives that one intent opened, the earliest first. */
    public List<PositionRow> positionsOf(String intentId) {
        return rows(Kind.POSITION, PositionRow.class, "WHERE intent_id = ? ORDER BY opened_at", intentId);
    }

    List<IntentRow> openIntents() {
        return rows(Kind.INTENT, IntentRow.class, "WHERE " + Kind.INTENT.unended() + " ORDER BY received_at");
    }

    List<OrderRow> openOrders() {
        return rows(Kind.ORDER, OrderRow.class, "WHERE " + Kind.ORDER.unended() + " ORDER BY sent_at");
    }

    /** Closes of these positions that executed something, the earliest first; none was sent before the first of them opened. */
    List<OrderRow> executedExits(List<PositionRow> positions) {
        Instant first = positions.stream()
                .map(PositionRow::openedAt)
                .min(Instant::compareTo)
                .orElse(Instant.EPOCH);
        String[] epochs = positions.stream().map(PositionRow::epoch).toArray(String[]::new);
        String marks = String.join(", ", Collections.nCopies(epochs.length, "?"));
        return rows(
                        Kind.ORDER,
                        OrderRow.class,
                        "WHERE purpose = 'CLOSE' AND sent_at >= " + Micros.of(first) + " AND epoch IN (" + marks
                                + ") ORDER BY sent_at",
                        epochs)
                .stream()
                .filter(row -> row.fillQuantity() != null)
                .toList();
    }

    /** What the guards remember; null before they had anything to. */
    public Entry.@Nullable GuardRow guards() {
        return rows(Kind.GUARD, Entry.GuardRow.class, "").stream().findFirst().orElse(null);
    }

    /** Published ends of positions, the latest first; the payload is that of {@code trade.closed}. */
    public List<OutboxRow> closedTrades(int limit) {
        return notices("WHERE kind = ? ORDER BY id DESC LIMIT " + limit, "trade.closed");
    }

    /** Alerts, the latest first. */
    public List<OutboxRow> alerts(int limit) {
        return notices("WHERE kind = ? ORDER BY id DESC LIMIT " + limit, "alert");
    }

    /** Notices of a kind with a smaller id than that, the latest first, published or not. */
    public List<OutboxRow> notices(String kind, long before, int limit) {
        return notices("WHERE kind = ? AND id < " + before + " ORDER BY id DESC LIMIT " + limit, kind);
    }

    /** Notices by their ids, in the order of recording. */
    public List<OutboxRow> notices(List<Long> ids) {
        String all = ids.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return notices("WHERE id IN (" + all + ") ORDER BY id");
    }

    /** The notice of that event id, for example {@code <intent id>:terminal}. */
    public Optional<OutboxRow> notice(String eventId) {
        return notices("WHERE event_id = ?", eventId).stream().findFirst();
    }

    /** Rows of the event log after a number, in order. */
    public List<LogRow> eventLog(long afterSeq, int limit) {
        return log("WHERE seq > " + afterSeq + " ORDER BY seq LIMIT " + limit);
    }

    /** Everything recorded about one intent, order, position or notice, in order. */
    public List<LogRow> history(String key) {
        return log("WHERE item_key = ? ORDER BY seq", key);
    }

    /** Starts and ends of the service on this ledger, in order. */
    public List<ProcessEvent> processes() {
        return ProcessEvent.of(
                log("WHERE item_key = ? AND kind = ? ORDER BY seq", ProcessEvent.KEY, ProcessEvent.KIND),
                seq -> log("WHERE seq = " + (seq - 1)).getFirst().at());
    }

    /** What comparisons of the published reports with this ledger found. */
    Comparison comparison() {
        return Comparison.of(
                log(
                        "WHERE item_key = ? AND kind = ? ORDER BY seq DESC LIMIT " + Comparison.MOST,
                        Comparison.KEY,
                        Comparison.KIND),
                compared -> log(
                                "WHERE seq < COALESCE((SELECT MIN(seq) FROM event_log WHERE item_key = ? AND kind = ? AND seq > "
                                        + compared + "), " + Long.MAX_VALUE + ") ORDER BY seq DESC LIMIT 1",
                                ProcessEvent.KEY,
                                ProcessEvent.KIND)
                        .getFirst()
                        .at());
    }

    /** Whether a message of the stream led to an intent, which has or will have its ending. */
    public synchronized boolean hasMessage(String messageId) {
        Matcher parts = Kind.STREAM_ID.matcher(messageId);
        return parts.matches() && hasMessage(Long.parseLong(parts.group(1)), Long.parseLong(parts.group(2)));
    }

    private boolean hasMessage(long time, long sequence) {
        return read(open -> {
            try (PreparedStatement statement =
                    open.prepareStatement("SELECT 1 FROM intents WHERE message_ms = ? AND message_seq = ? LIMIT 1")) {
                statement.setLong(1, time);
                statement.setLong(2, sequence);
                try (ResultSet row = statement.executeQuery()) {
                    return row.next();
                }
            }
        });
    }

    /** The stream id of the latest message that led to an intent; where reading goes on if Redis was wiped. */
    public synchronized Optional<String> lastMessageId() {
        String query = "SELECT message_ms, message_seq FROM intents WHERE message_ms > 0"
                + " ORDER BY message_ms DESC, message_seq DESC LIMIT 1";
        return read(open -> {
            try (PreparedStatement statement = open.prepareStatement(query);
                    ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1) + "-" + row.getLong(2)) : Optional.empty();
            }
        });
    }

    /** Whether the chain is intact and the log's rows give exactly the tables. Reads everything. */
    public ChainCheck.Verdict verifyChain() {
        try (Connection own = file.reader()) {
            own.setAutoCommit(false);
            return new ChainCheck(own).run();
        } catch (SQLException e) {
            throw unreadable(e);
        }
    }

    /**
     * Copies the ledger into a new file that nobody else may read, consistent while the service writes, and proves the
     * copy; what it finds there is of the copy.
     *
     * @throws LedgerException if the file exists or cannot be written
     */
    public ChainCheck.Verdict backUp(Path target) {
        try {
            Files.createFile(
                    target, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        } catch (IOException e) {
            throw new LedgerException("the backup " + target + " cannot be created; name a new file", e);
        }
        try (Connection own = file.reader()) {
            LedgerFile.copy(own, target);
        } catch (SQLException e) {
            throw new LedgerException("the ledger could not be copied to " + target + ": " + e.getMessage(), e);
        }
        try (LedgerView copy = new LedgerView(new LedgerFile(target));
                FileChannel channel = FileChannel.open(target, StandardOpenOption.WRITE)) {
            channel.force(true);
            return copy.verifyChain();
        } catch (IOException e) {
            throw new LedgerException("the backup " + target + " could not be written to the disk", e);
        }
    }

    private synchronized <T extends Record> List<T> rows(Kind kind, Class<T> type, String rest, String... values) {
        return read(open -> {
            List<T> found = new ArrayList<>();
            try (PreparedStatement statement = open.prepareStatement("SELECT body FROM " + kind.table() + " " + rest)) {
                bind(statement, values);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(RowJson.read(rows.getString(1), type));
                    }
                }
            }
            return found;
        });
    }

    private synchronized List<OutboxRow> notices(String rest, String... values) {
        return read(open -> {
            try (PreparedStatement statement = open.prepareStatement(OutboxRows.SELECT + " " + rest)) {
                bind(statement, values);
                try (ResultSet rows = statement.executeQuery()) {
                    return OutboxRows.all(rows);
                }
            }
        });
    }

    private synchronized List<LogRow> log(String rest, String... values) {
        return read(open -> {
            List<LogRow> found = new ArrayList<>();
            try (PreparedStatement statement = open.prepareStatement(ChainCheck.SELECT + " " + rest)) {
                bind(statement, values);
                try (ResultSet rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.add(ChainCheck.row(rows));
                    }
                }
            }
            return found;
        });
    }

    private static void bind(PreparedStatement statement, String... values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            statement.setString(i + 1, values[i]);
        }
    }

    @FunctionalInterface
    private interface Query<T> {
        T run(Connection open) throws SQLException;
    }

    private <T> T read(Query<T> query) {
        try {
            Connection open = connection;
            if (open == null) {
                open = file.reader();
                connection = open;
            }
            return query.run(open);
        } catch (SQLException e) {
            close();
            throw unreadable(e);
        }
    }

    private static LedgerException unreadable(SQLException e) {
        return new LedgerException("the ledger cannot be read: " + e.getMessage(), e);
    }

    @Override
    public synchronized void close() {
        Connection open = connection;
        connection = null;
        intentById = null;
        if (open != null) {
            try {
                open.close();
            } catch (SQLException e) {
                throw unreadable(e);
            }
        }
    }
}
