package quantum.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import org.sqlite.SQLiteConfig;

/** One row a commit, with the ledger's settings of SQLite and nothing else of the ledger. */
final class BareCommit implements AutoCloseable {

    private static final int COLUMNS = 12;
    private static final String VALUE = "x".repeat(25);

    private final Connection connection;
    private final PreparedStatement insert;

    BareCommit(Path file) {
        SQLiteConfig config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        try {
            connection = config.createConnection("jdbc:sqlite:" + file);
            try (Statement statement = connection.createStatement()) {
                String columns = String.join(
                        ", ",
                        java.util.stream.IntStream.range(0, COLUMNS)
                                .mapToObj(i -> "c" + i + " TEXT")
                                .toList());
                statement.execute("CREATE TABLE floor (id INTEGER PRIMARY KEY, " + columns + ")");
            }
            connection.setAutoCommit(false);
            insert = connection.prepareStatement("INSERT INTO floor VALUES (NULL" + ", ?".repeat(COLUMNS) + ")");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    void measure(Floors.Found found) {
        try {
            long began = System.nanoTime();
            for (int i = 1; i <= COLUMNS; i++) {
                insert.setString(i, VALUE);
            }
            insert.executeUpdate();
            connection.commit();
            found.commit().add(System.nanoTime() - began);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
