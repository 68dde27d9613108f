package quantum.trader.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.record.Entry.IntentRow;
import quantum.record.Notice;

/** The ledger's file torn, changed, replaced and copied: F9, F11 and F12 of the fault catalogue, with the real SQLite. */
class LedgerFaultsTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");
    private static final NoticeEncoder ENCODER = (notice, at) -> new NoticeEncoder.Outgoing(
            notice.eventId(), "alert", "", at, "{\"text\":\"" + ((Notice.Alert) notice).text() + "\"}");

    @TempDir
    Path directory;

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private Path file() {
        return directory.resolve("ledger.db");
    }

    private Ledger open() {
        return Ledger.open(directory, ENCODER, _ -> {});
    }

    private static IntentRow intent(String id) {
        return new IntentRow(id, id, "d", "BTCUSDT", "BUY", null, null, null, null, "1700-1", AT, Map.of(), null);
    }

    /** Intents, each in a transaction of its own, and an alert for each. */
    private static void write(Ledger ledger, String prefix, int count) {
        for (int i = 0; i < count; i++) {
            CountDownLatch durable = new CountDownLatch(1);
            append(ledger, prefix + i, durable::countDown);
            try {
                assertThat(durable.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    private static void append(Ledger ledger, String id, Runnable durable) {
        ledger.append(new Batch(
                List.of(intent(id), new Notice.Alert(id, Notice.Severity.INFO, id, null, AT)), AT, _ -> durable.run()));
    }

    /** A ledger at rest: everything is in its one file. */
    private void writeAndClose(int count) {
        try (Ledger ledger = open()) {
            write(ledger, "intent-", count);
        }
        assertThat(directory.resolve("ledger.db-wal")).doesNotExist();
    }

    /** A process that ended without closing: what was committed last lies in the write-ahead log alone. */
    private void writeAndKill(int count) throws IOException {
        Path copy = Files.createDirectory(directory.resolve("as-killed"));
        try (Ledger ledger = open()) {
            write(ledger, "intent-", count);
            for (String name : List.of("ledger.db", "ledger.db-wal")) {
                Files.copy(directory.resolve(name), copy.resolve(name));
            }
        }
        for (String name : List.of("ledger.db", "ledger.db-wal")) {
            Files.move(copy.resolve(name), directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private List<String> faults() {
        try (LedgerView view = LedgerView.open(directory)) {
            return view.verifyChain().faults();
        }
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = LedgerFile.in(directory).writer();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
            connection.commit();
        }
    }

    /** Turns one letter of the last place where this text lies in the file. */
    private void flip(String text, int offset) throws IOException {
        String content = Files.readString(file(), StandardCharsets.ISO_8859_1);
        int at = content.lastIndexOf(text);
        assertThat(at).as(text + " lies in the file").isPositive();
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.seek(at + offset);
            int before = bytes.read();
            bytes.seek(at + offset);
            bytes.write(before ^ 1);
        }
    }

    private void assertRefused(String... words) {
        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContainingAll(words)
                .hasMessageContaining("./quantum ledger verify")
                .hasMessageContaining("docs/operations.md");
    }

    @Test
    void f11_aTornTailIsCutAndWhatWasWrittenBeforeIsKept() throws IOException {
        writeAndKill(20);
        Path log = directory.resolve("ledger.db-wal");
        try (RandomAccessFile bytes = new RandomAccessFile(log.toFile(), "rw")) {
            bytes.setLength(bytes.length() - 100);
        }

        try (Ledger ledger = open()) {
            assertThat(ledger.view().verifyChain().faults()).isEmpty();
            assertThat(ledger.intent("intent-18")).isPresent();
            assertThat(ledger.intent("intent-19")).isEmpty();
            write(ledger, "later-", 1);
            assertThat(ledger.view().verifyChain().faults()).isEmpty();
        }
    }

    @Test
    void f11_aTruncatedFileIsRefused() throws IOException {
        writeAndClose(300);
        try (RandomAccessFile bytes = new RandomAccessFile(file().toFile(), "rw")) {
            bytes.setLength(bytes.length() / 2);
        }

        assertRefused("ledger.db", "malformed");
        assertThat(faults()).isNotEmpty();
    }

    @Test
    void f11_aFileThatIsNoLedgerIsRefused() throws IOException {
        Files.writeString(file(), "this is no database, and it is longer than a header. ".repeat(200));

        assertRefused("cannot be opened", "not a database");
    }

    @Test
    void f11_aFlippedByteInTheLogIsRefusedAndItsRowNamed() throws IOException, SQLException {
        writeAndClose(50);
        execute("UPDATE event_log SET body = replace(body, 'intent-31', 'intent-30')"
                + " WHERE kind = 'intent' AND item_key = 'intent-31'");

        assertRefused("row 63 of the log was changed", "intent-31");
        assertThat(faults()).first().asString().contains("row 63 of the log was changed");
    }

    @Test
    void f11_aFlippedByteInATableIsRefusedAndItsRecordNamed() throws SQLException {
        writeAndClose(50);
        execute("UPDATE intents SET symbol = 'CTCUSDT' WHERE intent_id = 'intent-7'");

        assertRefused("intent intent-7 differs between its table and the log");
        assertThat(faults()).containsExactly("intent intent-7 differs between its table and the log");
    }

    @Test
    void f11_aBitTurnedOnTheDiskIsRefused() throws IOException {
        writeAndClose(50);
        flip("\"intentId\":\"intent-23\"", 14);

        assertThatThrownBy(this::open).isInstanceOf(LedgerException.class).hasMessageContaining("damaged");
        assertThat(faults()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "DELETE FROM event_log WHERE seq = 40; row 40 of the log is missing",
                "DELETE FROM intents WHERE intent_id = 'intent-3'; intent intent-3 is in the log and not in its table",
                "INSERT INTO guards (id, body) VALUES ('another', '{}'); guard another is in its table and not in the log"
            })
    void f11_whatWasCutOutIsRefusedAndNamed(String command, String words) throws SQLException {
        writeAndClose(50);
        execute(command);

        assertRefused(words);
    }

    @Test
    void aNewerVersionIsRefusedWithTheNextStep() throws SQLException {
        writeAndClose(1);
        execute("INSERT INTO schema_version (version) VALUES (99)");

        assertThatThrownBy(this::open)
                .isInstanceOf(LedgerException.class)
                .hasMessageContainingAll("newer version", "run that version");
        assertThat(faults()).isEmpty();
    }

    @Test
    void whatLiesFartherBackIsFoundByVerifyAndNotByTheStart() throws SQLException {
        AtomicInteger durable = new AtomicInteger();
        try (Ledger ledger = open()) {
            for (int i = 0; i < 2_600; i++) {
                append(ledger, "intent-" + i, durable::incrementAndGet);
            }
        }
        assertThat(durable.get()).isEqualTo(2_600);
        execute("UPDATE event_log SET body = '{}' WHERE seq = 4");

        open().close();

        assertThat(faults()).first().asString().startsWith("row 4 of the log was changed");
    }

    @Test
    void aBackupIsConsistentWhileTheServiceWrites(@TempDir Path elsewhere) throws IOException {
        AtomicInteger durable = new AtomicInteger();
        Path backup = elsewhere.resolve("ledger.db");
        try (Ledger ledger = open()) {
            for (int i = 0; i < 3_000; i++) {
                append(ledger, "intent-" + i, durable::incrementAndGet);
            }
            await().until(() -> durable.get() > 0);
            ChainCheck.Verdict verdict = ledger.view().backUp(backup);

            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.rows()).isPositive();
            assertThat(Files.getPosixFilePermissions(backup)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
            assertThatThrownBy(() -> ledger.view().backUp(backup)).hasMessageContaining("new file");
            await().until(() -> durable.get() == 3_000);
        }

        try (Ledger restored = Ledger.open(elsewhere, ENCODER, _ -> {})) {
            write(restored, "after-", 3);
            assertThat(restored.view().verifyChain().faults()).isEmpty();
        }
    }

    /** A restore that forgets the newer write-ahead log is refused or right, never a mixture. */
    @Test
    void anOldCopyBesideANewerWriteAheadLogIsNeverBelievedHalf(@TempDir Path elsewhere) throws IOException {
        try (Ledger ledger = open()) {
            write(ledger, "before-", 5);
            ledger.view().backUp(elsewhere.resolve("old"));
            write(ledger, "intent-", 1);
        }
        writeAndKill(40);
        Files.copy(elsewhere.resolve("old"), file(), StandardCopyOption.REPLACE_EXISTING);

        List<String> found;
        try (Ledger ledger = open()) {
            found = ledger.view().verifyChain().faults();
        } catch (LedgerException e) {
            assertThat(e).hasMessageContaining("docs/operations.md");
            found = List.of();
        }
        assertThat(found).isEmpty();
    }
}
