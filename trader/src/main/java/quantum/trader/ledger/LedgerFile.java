package quantum.trader.ledger;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** The database file and how connections to it are made: the one place that knows it is SQLite. */
final class LedgerFile {

    private static final int BUSY_MILLIS = 100;

    private final Path file;

    LedgerFile(Path file) {
        this.file = file;
    }

    static LedgerFile in(Path directory) {
        SqliteLibrary.useIn(directory);
        return new LedgerFile(directory.resolve("ledger.db"));
    }

    /** Gives a connection to write; each commit reaches the disk before it returns. */
    @FunctionalInterface
    interface Connector {
        Connection connect() throws SQLException;
    }

    Path path() {
        return file;
    }

    Connection writer() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        connection.setAutoCommit(false);
        return connection;
    }

    Connection reader() throws SQLException {
        SQLiteConfig config = new SQLiteConfig();
        config.setBusyTimeout(BUSY_MILLIS);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA query_only = ON");
        }
        return connection;
    }

    /** A copy of the whole, consistent while the service writes. */
    static void copy(Connection reader, Path target) throws SQLException {
        try (Statement off = reader.createStatement();
                var copy = reader.prepareStatement("VACUUM INTO ?")) {
            off.execute("PRAGMA query_only = OFF");
            copy.setString(1, target.toString());
            copy.execute();
            off.execute("PRAGMA query_only = ON");
        }
    }

    static long longOf(Connection connection, String query) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(query)) {
            return row.next() ? row.getLong(1) : 0;
        }
    }
}
