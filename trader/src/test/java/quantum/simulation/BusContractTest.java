package quantum.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.record.Notice;
import quantum.trader.redis.EmbeddedRedis;
import quantum.trader.stream.IntentMessage;
import quantum.trader.stream.IntentReceiver;
import quantum.trader.stream.IntentSource;
import quantum.trader.stream.StreamNames;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

/**
 * What every bus keeps to, the shipped one on Redis and the simulation's: at least once, in order, what was not
 * acknowledged comes again.
 */
class BusContractTest {

    @TempDir
    Path directory;

    /** The two buses. */
    enum Kind {
        REDIS,
        MEMORY;

        private Line open(Path directory) {
            return switch (this) {
                case REDIS -> new Redis(directory);
                case MEMORY -> new Memory();
            };
        }
    }

    private record Message(String id, Map<String, String> fields, long deliveries) {}

    /** A bus as the contract sees it. */
    private interface Line extends AutoCloseable {
        String add(int number);

        /** What was handed to the reader's present life, once it is so much. */
        List<Message> handed(int count);

        void acknowledge(String id);

        /** The reader ends, and begins again. */
        void restart();

        /** The entry is cut off while it waits to be acknowledged; then the reader begins again. */
        void trimAndRestart(String id);

        /** The group's position goes back to the beginning; then the reader begins again. */
        void rewindAndRestart();

        /** Everything is deleted; the reader makes its group again. */
        void wipe();

        @Override
        void close();
    }

    /** The shipped one. */
    private static final class Redis implements Line, IntentReceiver {

        private static final StreamNames NAMES = StreamNames.DEFAULT;

        private final EmbeddedRedis redis;
        private final RedisClient client;
        private final List<Message> handed = new CopyOnWriteArrayList<>();
        private final List<String> acknowledged = new CopyOnWriteArrayList<>();
        private volatile String position = "0";
        private volatile boolean regrouped;
        private IntentSource source;

        Redis(Path directory) {
            redis = EmbeddedRedis.start(directory, 0, false);
            client = redis.address().client("test", 1);
            source = open();
        }

        private IntentSource open() {
            handed.clear();
            IntentSource opened = new IntentSource(redis.address(), NAMES, "execution-1", this);
            opened.credit(10_000);
            opened.start();
            return opened;
        }

        @Override
        public void beforeReading() {}

        @Override
        public void received(IntentMessage message) {
            position = message.id();
            handed.add(new Message(message.id(), message.fields(), message.deliveries()));
        }

        @Override
        public String position() {
            return position;
        }

        @Override
        public boolean knows(String eventId) {
            return true;
        }

        @Override
        public void regrouped(String from) {
            regrouped = true;
        }

        @Override
        public void forgot(String eventId) {}

        @Override
        public void unreadable(IntentMessage message, String cause) {}

        @Override
        public boolean mayHaveForgotten(Instant from, Instant to) {
            return false;
        }

        @Override
        public void compared() {}

        @Override
        public void taken(long count) {
            throw new AssertionError("nobody else reads");
        }

        @Override
        public void trimmed(long count) {}

        @Override
        public void noticed(String key, Notice.Severity severity, String text) {}

        @Override
        public void connected(boolean connected) {}

        @Override
        public String add(int number) {
            return client.xadd(NAMES.intents(), StreamEntryID.NEW_ENTRY, Map.of("n", Integer.toString(number)))
                    .toString();
        }

        @Override
        public List<Message> handed(int count) {
            await().atMost(Duration.ofSeconds(20)).until(() -> handed.size() >= count);
            // A surplus would come with the next reading, which waits half a second at most.
            await().during(Duration.ofMillis(600)).until(() -> handed.size() == count);
            return List.copyOf(handed);
        }

        @Override
        public void acknowledge(String id) {
            acknowledged.add(id);
            source.ack(id);
        }

        @Override
        public void restart() {
            source.close();
            source = open();
        }

        @Override
        public void trimAndRestart(String id) {
            source.close();
            client.xdel(NAMES.intents(), new StreamEntryID(id));
            source = open();
        }

        @Override
        public void rewindAndRestart() {
            source.close();
            client.xgroupDestroy(NAMES.intents(), NAMES.group());
            client.xgroupCreate(NAMES.intents(), NAMES.group(), new StreamEntryID(0, 0), true);
            source = open();
        }

        @Override
        public void wipe() {
            handed.clear();
            client.flushAll();
            await().atMost(Duration.ofSeconds(20)).until(() -> regrouped);
        }

        @Override
        public void close() {
            source.close();
            client.close();
            redis.close();
        }
    }

    /** The simulation's. */
    private static final class Memory implements Line {

        private static final long NOW = TimeUnit.HOURS.toNanos(1);

        private final Bus bus = new Bus();
        private final List<Message> handed = new ArrayList<>();

        @Override
        public String add(int number) {
            return bus.add(Map.of("n", Integer.toString(number)), NOW);
        }

        private void hand(Bus.Message message) {
            handed.add(new Message(message.id(), message.fields(), bus.delivered(message)));
        }

        @Override
        public List<Message> handed(int count) {
            while (bus.hasMore()) {
                hand(bus.next(NOW));
            }
            return List.copyOf(handed);
        }

        @Override
        public void acknowledge(String id) {
            bus.acknowledge(id, NOW);
        }

        @Override
        public void restart() {
            handed.clear();
            bus.pending().forEach(this::hand);
        }

        @Override
        public void trimAndRestart(String id) {
            bus.all().stream()
                    .filter(message -> message.id().equals(id))
                    .toList()
                    .forEach(bus::trim);
            restart();
        }

        @Override
        public void rewindAndRestart() {
            bus.rewind();
            restart();
        }

        @Override
        public void wipe() {
            handed.clear();
            bus.flush();
        }

        @Override
        public void close() {}
    }

    private static List<String> addAll(Line line, int count) {
        return IntStream.range(0, count).mapToObj(line::add).toList();
    }

    private static List<String> ids(List<Message> messages) {
        return messages.stream().map(Message::id).toList();
    }

    @ParameterizedTest
    @EnumSource
    void messagesComeInOrderOnceInALife(Kind kind) {
        try (Line line = kind.open(directory)) {
            List<String> sent = addAll(line, 120);
            List<Message> handed = line.handed(120);

            assertThat(ids(handed)).isEqualTo(sent);
            assertThat(handed).allMatch(message -> message.deliveries() == 1);
            assertThat(handed.get(7).fields()).isEqualTo(Map.of("n", "7"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasNotAcknowledgedComesAgainFirstAndCounted(Kind kind) {
        try (Line line = kind.open(directory)) {
            List<String> sent = addAll(line, 4);
            line.handed(4);
            line.acknowledge(sent.get(1));
            line.restart();
            String later = line.add(5);
            List<Message> again = line.handed(4);

            assertThat(ids(again)).containsExactly(sent.get(0), sent.get(2), sent.get(3), later);
            assertThat(again.subList(0, 3)).allMatch(message -> message.deliveries() > 1);
            assertThat(again.getLast().deliveries()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource
    void acknowledgingTwiceOrTheUnknownChangesNothing(Kind kind) {
        try (Line line = kind.open(directory)) {
            List<String> sent = addAll(line, 2);
            line.handed(2);
            line.acknowledge(sent.getFirst());
            line.acknowledge(sent.getFirst());
            line.acknowledge("999999999-0");
            line.restart();

            assertThat(ids(line.handed(1))).containsExactly(sent.getLast());
        }
    }

    @ParameterizedTest
    @EnumSource
    void aRewoundGroupReadsEverythingAgain(Kind kind) {
        try (Line line = kind.open(directory)) {
            List<String> sent = addAll(line, 3);
            line.handed(3);
            sent.forEach(line::acknowledge);
            line.rewindAndRestart();

            assertThat(ids(line.handed(3))).isEqualTo(sent);
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatWasTrimmedWhilePendingComesWithItsIdAndWithoutContent(Kind kind) {
        try (Line line = kind.open(directory)) {
            List<String> sent = addAll(line, 3);
            line.handed(3);
            line.trimAndRestart(sent.get(1));
            List<Message> again = line.handed(3);

            assertThat(ids(again)).isEqualTo(sent);
            assertThat(again.get(1).fields()).isEmpty();
            assertThat(again.get(2).fields()).isEqualTo(Map.of("n", "2"));
        }
    }

    @ParameterizedTest
    @EnumSource
    void afterAWipeOnlyWhatComesNewIsRead(Kind kind) {
        try (Line line = kind.open(directory)) {
            addAll(line, 3);
            line.handed(3);
            line.wipe();
            String later = line.add(4);

            assertThat(ids(line.handed(1))).containsExactly(later);
        }
    }
}
