package quantum.trader.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.record.Recorded;
import quantum.record.Snapshot;

class LedgerTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00.123456789Z");
    private static final NoticeEncoder ENCODER = (notice, at) -> new NoticeEncoder.Outgoing(
            notice.eventId(), "alert", "", at, "{\"text\":\"" + ((Notice.Alert) notice).text() + "\"}");

    @TempDir
    Path directory;

    private final List<Boolean> behind = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    private Ledger open() {
        return Ledger.open(directory, ENCODER, behind::add);
    }

    private static void write(Ledger ledger, Recorded... records) {
        CountDownLatch done = new CountDownLatch(1);
        ledger.append(new Batch(List.of(records), AT, durable -> {
            assertThat(durable).isTrue();
            done.countDown();
        }));
        try {
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static Recorded alert(String key) {
        return new Notice.Alert(key, Notice.Severity.WARNING, key, null, AT);
    }

    private static Entry.IntentRow intent(String id, boolean ended) {
        return intent(id, null, ended);
    }

    private static Entry.IntentRow intent(String id, @Nullable String order, boolean ended) {
        return new Entry.IntentRow(
                id,
                id,
                "d",
                "BTCUSDT",
                "BUY",
                order,
                ended ? "FILLED" : null,
                null,
                null,
                "1700-1",
                AT,
                Map.of(),
                null);
    }

    /** A close of a position that is over. */
    private static Entry.OrderRow exit(String id, String epoch, @Nullable BigDecimal executed) {
        return new Entry.OrderRow(
                id,
                "BTCUSDT",
                "SELL",
                "CLOSE",
                BigDecimal.ONE,
                1,
                null,
                epoch,
                "SL",
                executed == null ? "Rejected" : "Filled",
                executed == null ? null : "7",
                executed == null ? null : BigDecimal.TEN,
                executed,
                null,
                null,
                AT,
                null,
                Entry.PlanRow.NONE,
                null);
    }

    private static Entry.OrderRow order(String id, String state) {
        return new Entry.OrderRow(
                id,
                "BTCUSDT",
                "BUY",
                "OPEN",
                BigDecimal.ONE,
                1,
                "i",
                null,
                null,
                state,
                null,
                null,
                null,
                null,
                null,
                AT,
                null,
                Entry.PlanRow.NONE,
                null);
    }

    @Test
    void afterARestartTheUnfinishedIsGivenBack() {
        Entry.PositionRow position = new Entry.PositionRow(
                "epoch-1",
                "BTCUSDT",
                "LONG",
                BigDecimal.ONE,
                BigDecimal.TEN,
                2,
                "open",
                AT,
                "OPEN",
                Entry.PlanRow.NONE,
                BigDecimal.TEN,
                BigDecimal.ONE,
                0,
                0,
                0,
                null,
                List.of("entry"),
                Map.of(),
                new Entry.ProgressRow(BigDecimal.ONE, 0, BigDecimal.ZERO, false),
                null,
                null);
        Entry.GuardRow guards = new Rows(3).guards();
        try (Ledger ledger = open()) {
            write(
                    ledger,
                    intent("open", "entry", false),
                    intent("ended", true),
                    order("entry", "Filled"),
                    order("old", "Rejected"),
                    order("flying", "Unconfirmed"),
                    exit("sold", "epoch-1", BigDecimal.ONE),
                    exit("refused", "epoch-1", null),
                    exit("of-another", "gone", BigDecimal.ONE),
                    position,
                    guards);
        }

        try (Ledger ledger = open()) {
            Snapshot snapshot = ledger.load();

            assertThat(snapshot.intents()).containsExactly(intent("open", "entry", false));
            assertThat(snapshot.orders())
                    .containsExactly(
                            order("flying", "Unconfirmed"),
                            order("entry", "Filled"),
                            exit("sold", "epoch-1", BigDecimal.ONE));
            assertThat(snapshot.positions()).containsExactly(position);
            assertThat(snapshot.guards()).isEqualTo(guards);
            assertThat(ledger.intent("ended")).contains(intent("ended", true));
            assertThat(ledger.intent("never")).isEmpty();
            assertThat(ledger.view().lastMessageId()).contains("1700-1");
        }
    }

    @Test
    void anEmptyLedgerGivesAnEmptySnapshot() {
        try (Ledger ledger = open()) {
            assertThat(ledger.load()).isEqualTo(Snapshot.EMPTY);
            assertThat(ledger.view().lastMessageId()).isEmpty();
            assertThat(ledger.view().verifyChain().ok()).isTrue();
        }
    }

    @Test
    void incI78_aSecondInstanceIsRefusedAndTheFirstGoesOn() {
        try (Ledger ledger = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerException.Owned.class)
                    .hasMessageContaining("pid " + ProcessHandle.current().pid());
            write(ledger, intent("a", false));
        }
        open().close();
    }

    @Test
    void whatWasSaidToBeDurableOutlivesAKilledProcess() throws IOException {
        Process other = OtherProcess.start(directory);
        long durable;
        try (BufferedReader out = other.inputReader()) {
            durable = OtherProcess.lastDurable(out, 300);
            assertThatThrownBy(this::open)
                    .isInstanceOf(LedgerException.Owned.class)
                    .hasMessageContaining("pid " + other.pid());
        } finally {
            other.destroyForcibly().onExit().join();
        }

        try (Ledger ledger = open()) {
            assertThat(ledger.view().verifyChain().faults()).isEmpty();
            assertThat(ledger.load().orders()).hasSizeGreaterThan((int) durable);
            assertThat(ledger.view().order("order-" + durable)).isPresent();
            assertThat(ledger.view().notice("alert:n" + durable + ":0")).isPresent();
        }
    }

    @Test
    void aLedgerOfANewerVersionIsLeftAlone() throws SQLException {
        open().close();
        execute("INSERT INTO schema_version (version) VALUES (99)");

        assertThatThrownBy(this::open).hasMessageContaining("newer version");
    }

    @Test
    void noticesArePublishedInOrderAlsoThoseOfAnEarlierLife() {
        List<OutboxRow> published = new CopyOnWriteArrayList<>();
        try (Ledger ledger = open()) {
            write(ledger, alert("a"), alert("b"));
            write(ledger, alert("c"));
            ledger.markPublished(1, "5-0");
        }
        try (Ledger ledger = open()) {
            ledger.publishTo(published::add);
            await().until(() -> published.size() == 2);
            write(ledger, alert("d"));
            await().until(() -> published.size() == 3);

            assertThat(published).extracting(OutboxRow::id).containsExactly(2L, 3L, 4L);
            assertThat(published).extracting(OutboxRow::eventId).allMatch(id -> id.startsWith("alert:"));
            assertThat(ledger.view().alerts(10)).hasSize(4).last().satisfies(row -> {
                assertThat(row.published()).isTrue();
                assertThat(row.entryId()).isEqualTo("5-0");
            });
        }
    }

    /** A kill between the stream and the mark publishes it again: the bytes are those of the first time. */
    @Test
    void aNoticeThatIsPublishedAgainIsTheSameToTheLastDigit() {
        List<OutboxRow> published = new CopyOnWriteArrayList<>();
        Instant at = Instant.parse("2026-11-29T04:12:35.123456789Z");
        try (Ledger ledger = open()) {
            ledger.publishTo(published::add);
            write(ledger, new Notice.Alert("a", Notice.Severity.WARNING, "a", null, at));
            await().until(() -> published.size() == 1);
        }
        try (Ledger ledger = open()) {
            ledger.publishTo(published::add);
            await().until(() -> published.size() == 2);
            assertThat(published.getLast()).isEqualTo(published.getFirst());
        }
    }

    @Test
    void incI07_theSameNoticeIsRecordedOnce() {
        List<OutboxRow> published = new CopyOnWriteArrayList<>();
        try (Ledger ledger = open()) {
            ledger.publishTo(published::add);
            write(ledger, alert("a"));
            write(ledger, alert("a"), alert("b"));

            await().until(() -> published.size() == 2);
            assertThat(published).extracting(OutboxRow::id).containsExactly(1L, 2L);
            assertThat(ledger.view().verifyChain().faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void theLogGivesExactlyTheTables(long seed) {
        Rows rows = new Rows(seed);
        try (Ledger ledger = open()) {
            AtomicInteger durable = new AtomicInteger();
            for (int i = 0; i < 300; i++) {
                ledger.append(new Batch(List.of(rows.any(), alert("n" + i)), AT, _ -> durable.incrementAndGet()));
            }
            await().until(() -> durable.get() == 300);

            ChainCheck.Verdict verdict = ledger.view().verifyChain();
            assertThat(verdict.faults()).isEmpty();
            assertThat(verdict.rows()).isEqualTo(600);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE event_log SET body = replace(body, 'BTC', 'ETH') WHERE seq = 2",
                "DELETE FROM event_log WHERE seq = 2",
                "UPDATE intents SET body = replace(body, 'BTC', 'ETH') WHERE intent_id = 'b'",
                "UPDATE intents SET terminal_state = 'FILLED' WHERE intent_id = 'b'",
                "DELETE FROM intents WHERE intent_id = 'b'",
                "DELETE FROM outbox WHERE id = 1",
                "UPDATE outbox SET body = '{}' WHERE id = 1"
            })
    void tamperingIsSeen(String change) throws SQLException {
        try (Ledger ledger = open()) {
            write(ledger, intent("a", false), intent("b", false), intent("c", false), alert("n"));
        }
        execute(change);

        try (LedgerView view = LedgerView.open(directory)) {
            assertThat(view.verifyChain().faults()).isNotEmpty();
        }
    }

    @Test
    void aLockedDatabaseDelaysAndLosesNothing() throws SQLException {
        try (Ledger ledger = open()) {
            List<String> order = new CopyOnWriteArrayList<>();
            try (Connection other = LedgerFile.in(directory).writer();
                    Statement statement = other.createStatement()) {
                statement.execute("INSERT INTO guards (id, body) VALUES ('x', 'y')");
                for (String id : List.of("a", "b", "c")) {
                    ledger.append(new Batch(List.of(intent(id, false)), AT, _ -> order.add(id)));
                }
                await().until(() -> behind.equals(List.of(true)));
                assertThat(order).isEmpty();
                other.rollback();
            }
            await().until(() -> order.size() == 3);

            assertThat(order).containsExactly("a", "b", "c");
            await().until(() -> behind.equals(List.of(true, false)));
            assertThat(ledger.view().verifyChain().faults()).isEmpty();
        }
    }

    @Test
    void aFullDiskDelaysAndLosesNothing() {
        AtomicInteger connections = new AtomicInteger();
        LedgerFile file = LedgerFile.in(directory);
        try (Ledger ledger = Ledger.open(directory, ENCODER, behind::add, () -> {
            Connection connection = file.writer();
            if (connections.getAndIncrement() < 3) {
                try (Statement statement = connection.createStatement()) {
                    statement.execute("PRAGMA max_page_count = 40");
                }
            }
            return connection;
        })) {
            AtomicInteger durable = new AtomicInteger();
            for (int i = 0; i < 500; i++) {
                Entry row = intent("intent-" + i, false);
                ledger.append(new Batch(List.of(row), AT, _ -> durable.incrementAndGet()));
            }
            await().until(() -> durable.get() == 500);

            await().until(() -> behind.equals(List.of(true, false)));
            assertThat(connections.get()).isGreaterThan(3);
            assertThat(ledger.view().verifyChain().faults()).isEmpty();
            assertThat(ledger.load().intents()).hasSize(500);
        }
    }

    @Test
    void aReadOnlyDatabaseIsReportedAndTheUnwrittenIsToldSo() {
        LedgerFile file = LedgerFile.in(directory);
        List<Boolean> told = new CopyOnWriteArrayList<>();
        try (Ledger ledger = Ledger.open(directory, ENCODER, behind::add, file::reader)) {
            ledger.append(new Batch(List.of(intent("a", false)), AT, told::add));
            await().until(() -> behind.equals(List.of(true)));
        }

        assertThat(told).containsExactly(false);
    }

    @Test
    void aSlowCommitIsReportedWhileItRuns() {
        CountDownLatch release = new CountDownLatch(1);
        LedgerFile file = LedgerFile.in(directory);
        AtomicInteger durable = new AtomicInteger();
        try (Ledger ledger = Ledger.open(directory, ENCODER, behind::add, () -> {
            try {
                assertThat(release.await(10, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            return file.writer();
        })) {
            ledger.append(new Batch(List.of(intent("a", false)), AT, _ -> durable.incrementAndGet()));
            await().until(() -> behind.equals(List.of(true)));
            assertThat(durable.get()).isZero();
            release.countDown();

            await().until(() -> behind.equals(List.of(true, false)));
            assertThat(durable.get()).isEqualTo(1);
        }
    }

    private void execute(String command) throws SQLException {
        try (Connection connection = LedgerFile.in(directory).writer();
                Statement statement = connection.createStatement()) {
            statement.execute(command);
            connection.commit();
        }
    }
}
