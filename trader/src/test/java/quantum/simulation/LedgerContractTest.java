package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.record.Recorded;
import quantum.record.Snapshot;
import quantum.simulator.Simulator;
import quantum.simulator.SimulatorOptions;
import quantum.trader.ledger.Batch;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.stream.NoticeCodec;

/**
 * What every ledger keeps to, the shipped one and the one that the simulation believes in: a proof under the second is
 * worth as much as the two agree.
 */
class LedgerContractTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    Path directory;

    /** The two ledgers. */
    enum Kind {
        SQLITE,
        MEMORY;

        private Store open(Path directory) {
            return switch (this) {
                case SQLITE -> new Sqlite(directory);
                case MEMORY -> new Memory();
            };
        }
    }

    /** A ledger as the contract sees it. */
    private interface Store extends AutoCloseable {
        void append(Batch batch);

        /** Until everything appended is durable and told. */
        void settle();

        /** The process ends in order and another one begins. */
        void restart();

        Snapshot load();

        Entry.@Nullable IntentRow intent(String id);

        /** Event ids that are to be published, in order. */
        List<String> notices();

        @Override
        void close();
    }

    /** The shipped one. */
    private static final class Sqlite implements Store {

        private final Path directory;
        private final List<String> notices = new CopyOnWriteArrayList<>();
        private Ledger ledger;

        Sqlite(Path directory) {
            this.directory = directory;
            this.ledger = open();
        }

        private Ledger open() {
            Ledger opened = Ledger.open(directory, new NoticeCodec("simulated"), _ -> {});
            notices.clear();
            opened.publishTo((OutboxRow row) -> notices.add(row.eventId()));
            return opened;
        }

        @Override
        public void append(Batch batch) {
            ledger.append(batch);
        }

        @Override
        public void settle() {
            List<Boolean> done = new CopyOnWriteArrayList<>();
            ledger.append(new Batch(List.of(), AT, done::add));
            await().atMost(Duration.ofSeconds(20)).until(() -> !done.isEmpty());
        }

        @Override
        public void restart() {
            ledger.close();
            ledger = open();
            settle();
        }

        @Override
        public Snapshot load() {
            return ledger.load();
        }

        @Override
        public Entry.@Nullable IntentRow intent(String id) {
            return ledger.intent(id).orElse(null);
        }

        @Override
        public List<String> notices() {
            settle();
            return List.copyOf(notices);
        }

        @Override
        public void close() {
            ledger.close();
        }
    }

    /** The simulation's. */
    private static final class Memory implements Store, MemoryLedger.Owner {

        private final World world;
        private final MemoryLedger ledger;

        Memory() {
            world = new World(1, Simulator.create(SimulatorOptions.defaults(), World.START));
            Weather weather = new Weather(Course.of(1), world);
            weather.clear();
            ledger = new MemoryLedger(world, weather, Mutant.NONE, new MemoryLedger.Listener() {
                @Override
                public void decided(Entry.OrderRow row) {}

                @Override
                public void published(Notice notice, long decidedAt) {}
            });
            ledger.openedBy(this);
        }

        @Override
        public void run(Runnable work) {
            work.run();
        }

        @Override
        public void behind(boolean behind) {}

        @Override
        public void durable(List<Notice> notices) {}

        @Override
        public void append(Batch batch) {
            ledger.append(batch);
        }

        @Override
        public void settle() {
            world.runUntil(world.now() + TimeUnit.SECONDS.toNanos(1));
        }

        @Override
        public void restart() {
            settle();
            ledger.crashed();
            ledger.openedBy(this);
        }

        @Override
        public Snapshot load() {
            return ledger.load();
        }

        @Override
        public Entry.@Nullable IntentRow intent(String id) {
            return ledger.intent(id);
        }

        @Override
        public List<String> notices() {
            settle();
            return ledger.outbox().stream().map(Notice::eventId).toList();
        }

        @Override
        public void close() {}
    }

    private Store open(Kind kind) {
        return kind.open(directory);
    }

    private static Recorded intent(String id, @Nullable String order, @Nullable String end) {
        return new Entry.IntentRow(
                id, id, "digest", "BTCUSDT", "BUY", order, end, null, null, "1700-1", AT, Map.of("received", 0L), null);
    }

    private static Recorded order(String id, String state) {
        return new Entry.OrderRow(
                id,
                "BTCUSDT",
                "BUY",
                "OPEN",
                new BigDecimal("0.010"),
                3,
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

    private static Recorded position(String epoch, String state) {
        return new Entry.PositionRow(
                epoch,
                "BTCUSDT",
                "LONG",
                new BigDecimal("0.010"),
                new BigDecimal("94123.40"),
                3,
                null,
                AT,
                state,
                Entry.PlanRow.NONE,
                new BigDecimal("94200"),
                new BigDecimal("94100.0"),
                1,
                2,
                3,
                null,
                List.of("1"),
                Map.of("2", "TP"),
                new Entry.ProgressRow(new BigDecimal("0.010"), 1, new BigDecimal("0.002"), true),
                null,
                null);
    }

    private static Recorded guards(boolean paused) {
        return new Entry.GuardRow(
                Map.of("BTCUSDT", AT),
                List.of(AT),
                Map.of(),
                null,
                List.of(),
                null,
                paused,
                new Entry.StandingRow(
                        paused,
                        paused,
                        Map.of("ETHUSDT", paused),
                        List.of("SOLUSDT"),
                        Map.of("SOLUSDT", List.of(new Entry.EnteredRow("LONG", AT)))));
    }

    private static Recorded notice(String key) {
        return new Notice.Alert(key, Notice.Severity.INFO, key, null, AT);
    }

    private static void write(Store store, Recorded... records) {
        store.append(
                new Batch(List.of(records), AT, durable -> assertThat(durable).isTrue()));
        store.settle();
    }

    private static Entry row(Recorded recorded) {
        return (Entry) recorded;
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyOneGivesNothing(Kind kind) {
        try (Store store = open(kind)) {
            assertThat(store.load()).isEqualTo(Snapshot.EMPTY);
            assertThat(store.intent("a")).isNull();
            assertThat(store.notices()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatHasNoEndComesBackAsItWas(Kind kind) {
        List<Recorded> open = List.of(
                intent("waiting", null, null), order("flying", "Unconfirmed"), position("held", "OPEN"), guards(true));
        try (Store store = open(kind)) {
            write(store, open.toArray(Recorded[]::new));
            write(store, intent("ended", "old", "FILLED"), order("old", "Filled"), position("over", "CLOSED"));
            store.restart();
            Snapshot snapshot = store.load();

            assertThat(snapshot.intents()).isEqualTo(List.of(row(open.get(0))));
            assertThat(snapshot.orders()).isEqualTo(List.of(row(open.get(1))));
            assertThat(snapshot.positions()).isEqualTo(List.of(row(open.get(2))));
            assertThat(snapshot.guards()).isEqualTo(row(open.get(3)));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"SQLITE", "MEMORY"})
    void anOrderThatIsOverComesBackWhileItsIntentHasNoReport(Kind kind) {
        try (Store store = open(kind)) {
            write(store, intent("owed", "filled", null), order("filled", "Filled"), order("other", "Filled"));
            store.restart();

            assertThat(store.load().orders())
                    .extracting(Entry.OrderRow::clientOrderId)
                    .containsExactly("filled");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyStateThatIsNotOverComesBackAndNoOther(Kind kind) {
        List<String> states = List.of(
                "Pending", "Submitted", "Unconfirmed", "Working", "PartlyFilled", "Filled", "Ended", "Rejected");
        try (Store store = open(kind)) {
            states.forEach(state -> write(store, order(state, state)));
            store.restart();

            assertThat(store.load().orders())
                    .extracting(Entry.OrderRow::state)
                    .containsExactlyInAnyOrderElementsOf(states.subList(0, 5));
        }
    }

    @ParameterizedTest
    @EnumSource
    void theLaterRowOfAKeyStands(Kind kind) {
        try (Store store = open(kind)) {
            write(store, intent("a", null, null), guards(true));
            write(store, intent("a", "order", "FILLED"), guards(false));
            store.restart();

            assertThat(store.intent("a")).isEqualTo(row(intent("a", "order", "FILLED")));
            assertThat(store.load().intents()).isEmpty();
            assertThat(store.load().guards()).isEqualTo(row(guards(false)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void anIdentityIsKnownForEver(Kind kind) {
        try (Store store = open(kind)) {
            write(store, intent("old", "order", "REJECTED_STALE"));
            for (int i = 0; i < 50; i++) {
                write(store, intent("later-" + i, null, "FILLED"));
            }
            store.restart();

            assertThat(store.intent("old")).isEqualTo(row(intent("old", "order", "REJECTED_STALE")));
            assertThat(store.intent("never")).isNull();
        }
    }

    @ParameterizedTest
    @EnumSource
    void completionsComeOnceInOrderAndAfterTheirRowsCanBeRead(Kind kind) {
        try (Store store = open(kind)) {
            List<String> told = new CopyOnWriteArrayList<>();
            List<String> expected = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                String id = "intent-" + i;
                expected.add(id + " true");
                store.append(new Batch(
                        List.of(intent(id, null, null)),
                        AT,
                        durable -> told.add(id + " " + (durable && store.intent(id) != null))));
            }
            store.settle();

            assertThat(told).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @EnumSource
    void noticesComeInTheOrderOfRecordingAndAgainInTheNextLife(Kind kind) {
        try (Store store = open(kind)) {
            write(store, notice("a"), intent("i", null, null), notice("b"));
            write(store, notice("c"));
            List<String> before = store.notices();
            store.restart();

            assertThat(before)
                    .containsExactly(
                            "alert:a:" + AT.toEpochMilli(),
                            "alert:b:" + AT.toEpochMilli(),
                            "alert:c:" + AT.toEpochMilli());
            assertThat(store.notices()).isEqualTo(before);
        }
    }
}
