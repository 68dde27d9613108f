package quantum.trader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static quantum.trader.Exchange.text;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/**
 * The ledger cannot be written, under the whole service: opens stop, exits and protection do not, and afterwards
 * everything is told (F9, F12, F13; law 5).
 */
class LedgerFailuresTest {

    private static Path data;
    private static Floor floor;

    @BeforeAll
    static void open(@TempDir Path directory) {
        Awaitility.setDefaultTimeout(Floor.PATIENCE);
        data = directory;
        floor = Floor.open(data, Floor.quickRules());
        floor.restartWithoutLimits();
    }

    @AfterAll
    static void close() {
        floor.close();
    }

    private static Exchange exchange() {
        return floor.exchange();
    }

    private static boolean ledgerIsWell() {
        return floor.get("/health").contains("\"ledger\":{\"ok\":true");
    }

    private static void opened(String id, String symbol) {
        floor.open(id, symbol, "BUY", "100");
        JsonNode report = floor.ending(id);
        assertThat(text(report, "status")).as(report.toString()).isEqualTo("filled");
        await().until(() -> exchange().liveStops(symbol).size() == 1);
    }

    /** While nothing can be written: the stop is put back, a close leaves, an open is refused; afterwards all is told. */
    private static void exitsGoOn(String symbol, String other) {
        String stop = text(exchange().liveStops(symbol).getFirst(), "algoId");
        exchange().cancelStopByHand(symbol);
        await().until(() -> exchange().liveStops(symbol).size() == 1
                && !stop.equals(text(exchange().liveStops(symbol).getFirst(), "algoId")));
        await().until(() -> !ledgerIsWell());
        floor.open("refused-" + symbol, other, "BUY", "100");
        floor.close("close-" + symbol, symbol);
        await().until(() -> exchange().held(symbol).signum() == 0);
        assertThat(exchange().orderRequests(other)).isEmpty();
        assertThat(floor.ends(symbol)).isEmpty();
    }

    private static void allIsTold(String symbol, String other) {
        await().until(LedgerFailuresTest::ledgerIsWell);
        assertThat(text(floor.closed(symbol), "reason")).isEqualTo("signal");
        assertThat(text(floor.ending("close-" + symbol), "status")).isEqualTo("filled");
        assertThat(text(floor.ending("refused-" + symbol), "reason")).isEqualTo("LEDGER_BEHIND");
        assertThat(exchange().orderRequests(other)).isEmpty();
        await().until(() -> !floor.alerts("ledger-behind").isEmpty());
        assertThat(floor.trader().ledger().view().verifyChain().faults()).isEmpty();
        opened("again-" + symbol, other);
    }

    @Test
    void f12_anotherConnectionHoldsTheWriteLock() throws SQLException {
        opened("busy", "ETHUSDT");
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            exitsGoOn("ETHUSDT", "SOLUSDT");
            statement.execute("ROLLBACK");
        }
        allIsTold("ETHUSDT", "SOLUSDT");
    }

    /** What the file system would say, said by the database itself: each transaction fails, until there is room again. */
    @Test
    void f9_theDiskIsFullAndHasRoomAgain() throws SQLException {
        opened("full", "XRPUSDT");
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("CREATE TRIGGER full BEFORE INSERT ON event_log"
                    + " BEGIN SELECT RAISE(ROLLBACK, 'database or disk is full'); END");
            exitsGoOn("XRPUSDT", "ADAUSDT");
            statement.execute("DROP TRIGGER full");
        }
        allIsTold("XRPUSDT", "ADAUSDT");
    }

    /** Each commit takes longer than the 250 ms that an exit waits; the lock stands for the disk's slow answer. */
    @Test
    void f13_aCommitTakesASecond() throws SQLException {
        opened("slow", "AVAXUSDT");
        int before = exchange().requests("POST", "/fapi/v1/order").size();
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            statement.execute("BEGIN IMMEDIATE");
            long from = System.nanoTime();
            floor.close("slow-close", "AVAXUSDT");
            await().pollInterval(Duration.ofMillis(10))
                    .until(() -> exchange().requests("POST", "/fapi/v1/order").size() > before);
            assertThat(Duration.ofNanos(System.nanoTime() - from)).isLessThan(Duration.ofSeconds(1));
            statement.execute("ROLLBACK");
        }
        assertThat(text(floor.ending("slow-close"), "status")).isEqualTo("filled");
        await().until(LedgerFailuresTest::ledgerIsWell);
    }

    private static Connection connect() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + data.resolve("ledger.db"));
        try (Statement statement = connection.createStatement()) {
            statement.execute("PRAGMA busy_timeout = 5000");
        }
        return connection;
    }
}
