package quantum.trader.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.regex.Pattern;

/** Brings a ledger to this program's version, script by script; a ledger of a newer program is left alone. */
final class Migrations {

    private static final List<String> SCRIPTS = List.of("001-tables.sql", "002-row-fields.sql");

    private static final Pattern COMMAND_END = Pattern.compile(";\\R");

    private Migrations() {}

    static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE IF NOT EXISTS schema_version (version BIGINT NOT NULL)");
            long version = LedgerFile.longOf(connection, "SELECT MAX(version) FROM schema_version");
            if (version > SCRIPTS.size()) {
                throw new LedgerException(
                        "the ledger was written by a newer version (schema " + version + ", this one knows "
                                + SCRIPTS.size() + "); run that version, or choose another data directory",
                        null);
            }
            for (int next = (int) version + 1; next <= SCRIPTS.size(); next++) {
                for (String command : commands(SCRIPTS.get(next - 1))) {
                    if (!command.isBlank()) {
                        statement.execute(command);
                    }
                }
                statement.execute("INSERT INTO schema_version (version) VALUES (" + next + ")");
            }
            connection.commit();
        }
    }

    private static List<String> commands(String name) {
        return COMMAND_END.splitAsStream(script(name)).toList();
    }

    private static String script(String name) {
        try (InputStream in = Migrations.class.getResourceAsStream("/ledger/" + name)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its ledger script " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
