package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import quantum.intent.Reading;
import quantum.record.Notice;
import quantum.trader.redis.RedisAddress;
import quantum.trader.redis.RedisProcess;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.XTrimParams;
import redis.clients.jedis.util.SafeEncoder;

/** Whoever may add to the stream can add anything under any id; a Redis of others has no bound on sizes. */
@Execution(ExecutionMode.CONCURRENT)
class HostileStreamTest {

    private static final StreamNames NAMES = StreamNames.DEFAULT;
    private static final String INTENTS = NAMES.intents();
    private static final String REPORTS = NAMES.stream("trade.execution.res");

    private RedisProcess redis;
    private Jedis client;
    private final Receiver receiver = new Receiver();

    /** What the reader tells, and a ledger. */
    private static final class Receiver implements IntentReceiver {

        private final List<IntentMessage> received = new CopyOnWriteArrayList<>();
        private final List<String> told = new CopyOnWriteArrayList<>();
        private final Set<String> known = ConcurrentHashMap.newKeySet();
        private volatile String position = "0";
        private volatile Instant forgottenUntil = Instant.MIN;
        private volatile String poison = "";

        @Override
        public void beforeReading() {}

        @Override
        public void received(IntentMessage message) {
            if (message.id().equals(poison)) {
                throw new IllegalStateException("nobody foresaw this");
            }
            received.add(message);
        }

        @Override
        public void unreadable(IntentMessage message, String cause) {
            told.add("unreadable " + message.id());
        }

        @Override
        public String position() {
            return position;
        }

        @Override
        public boolean knows(String eventId) {
            return known.contains(eventId);
        }

        @Override
        public boolean mayHaveForgotten(Instant from, Instant to) {
            return from.isBefore(forgottenUntil);
        }

        @Override
        public void regrouped(String start) {
            told.add("regrouped " + start);
        }

        @Override
        public void forgot(String eventId) {
            told.add("forgot " + eventId);
        }

        @Override
        public void compared() {
            told.add("compared");
        }

        @Override
        public void trimmed(long count) {
            told.add("trimmed " + count);
        }

        @Override
        public void taken(long count) {
            told.add("taken " + count);
        }

        @Override
        public void noticed(String key, Notice.Severity severity, String text) {
            told.add(key + " " + severity);
        }

        @Override
        public void connected(boolean connected) {
            told.add("connected " + connected);
        }

        private List<String> ids() {
            return received.stream().map(IntentMessage::id).toList();
        }
    }

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @BeforeEach
    void start(@TempDir Path directory) {
        redis = new RedisProcess(directory);
        redis.startAndWait();
        client = new Jedis("127.0.0.1", redis.port(), 60_000);
    }

    @AfterEach
    void stop() {
        client.close();
        redis.close();
    }

    private IntentSource source() {
        IntentSource source = new IntentSource(RedisAddress.of(redis.url()), NAMES, "execution-1", receiver);
        source.credit(1_000);
        source.start();
        return source;
    }

    private String send(String number) {
        return SafeEncoder.encode((byte[]) client.sendCommand(Command.XADD, INTENTS, "*", "n", number));
    }

    private String sendAs(String id) {
        return SafeEncoder.encode((byte[]) client.sendCommand(Command.XADD, INTENTS, id, "n", "1"));
    }

    private void awaitTold(String word) {
        await().until(() -> receiver.told.contains(word));
    }

    private long pending() {
        return client.xpending(INTENTS, NAMES.group()).getTotal();
    }

    @Test
    void p1_1_anIdBeyondTheClientsNumbersIsReadLikeEveryOtherAndSoIsWhatFollows() {
        try (IntentSource source = source()) {
            String absurd = sendAs("9223372036854775808-1");
            String next = send("2");
            await().until(() -> receiver.ids().equals(List.of(absurd, next)));
            assertThat(next).isEqualTo("9223372036854775808-2");
            awaitTold("intent-ids-ahead WARNING");
            assertThat(source.vanished()).isZero();
        }
        String last = sendAs("18446744073709551615-18446744073709551614");
        try (IntentSource source = source()) {
            await().until(() -> receiver.ids().size() == 5);
            assertThat(receiver.ids().subList(2, 5)).endsWith(last).contains("9223372036854775808-1");
            receiver.ids().forEach(source::ack);
            await().until(() -> pending() == 0);
        }
    }

    @Test
    void p1_1_aMessageAtWhichTheReceiverFailsEndsAloneAndTheNextOneComes() {
        receiver.poison = sendAs("1700000000000-1");
        String next = send("2");
        try (IntentSource source = source()) {
            await().until(() -> receiver.ids().equals(List.of(next)));
            assertThat(receiver.told).contains("unreadable " + receiver.poison);
            assertThat(source.sinceLastTurn()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void p1_2_afterAWipeANewStreamIsReadFromItsBeginningWhateverTheLedgerKnowsOfTheOldOne() {
        receiver.position = "999999999999999990-0";
        String exit = send("1");
        try (IntentSource source = source()) {
            await().until(() -> receiver.ids().equals(List.of(exit)));
            assertThat(receiver.told).contains("regrouped 0-0");
            assertThat(source.vanished()).isZero();
        }
    }

    @Test
    void p1_2_whereTheOldStreamStillLiesReadingGoesOnBehindWhatTheLedgerKnows() {
        receiver.position = send("1");
        String next = send("2");
        try (IntentSource source = source()) {
            await().until(() -> receiver.ids().equals(List.of(next)));
            assertThat(receiver.told).contains("regrouped " + receiver.position);
            assertThat(source.vanished()).isZero();
        }
    }

    @Test
    void p1_2_aGroupThatStandsInTheFutureIsToldAndPutBack() {
        String before = send("1");
        client.xgroupCreate(INTENTS, NAMES.group(), new StreamEntryID(999_999_999_999_999_990L, 0), true);
        receiver.position = before;
        String exit = send("2");
        try (IntentSource source = source()) {
            await().until(() -> receiver.ids().equals(List.of(exit)));
            assertThat(receiver.told).contains("group-beyond-stream CRITICAL");
            assertThat(source.vanished()).isZero();
        }
    }

    @Test
    void p1_3_whatIsLargeIsLetGoBeforeItIsHeldAndItsNeighboursAreWhole() {
        String large = client.xadd(INTENTS, StreamEntryID.NEW_ENTRY, Map.of("payload", "a".repeat(20_000_000)))
                .toString();
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            many.put("f" + i, "");
        }
        String wide = client.xadd(INTENTS, StreamEntryID.NEW_ENTRY, many).toString();
        String small = client.xadd(INTENTS, StreamEntryID.NEW_ENTRY, Map.of("payload", "b".repeat(16_000)))
                .toString();
        try (IntentSource source = source()) {
            await().until(() -> receiver.ids().equals(List.of(large, wide, small)));
            assertThat(receiver.received.get(0).bytes()).isEqualTo(20_000_007);
            assertThat(receiver.received).allMatch(message -> kept(message) < 20_000);
            assertThat(receiver.received.subList(0, 2))
                    .extracting(IntentCodec::read)
                    .allMatch(Reading.Unreadable.class::isInstance)
                    .allMatch(reading -> reading.toString().contains("MESSAGE_TOO_LARGE"));
            assertThat(receiver.received.get(2).fields().get("payload")).hasSize(16_000);
            assertThat(source.vanished()).isZero();
        }
    }

    private static int kept(IntentMessage message) {
        return message.fields().entrySet().stream()
                .mapToInt(field -> field.getKey().length() + field.getValue().length())
                .sum();
    }

    @Test
    void p2_1_whatIsCutOffBeforeItWasReadIsCountedOnceAndTheCounterOfRedisIsPutRight() {
        try (IntentSource source = source()) {
            send("0");
            await().until(() -> receiver.ids().size() == 1);
            source.ack(receiver.ids().getFirst());
            await().until(() -> pending() == 0);
        }
        send("1");
        send("2");
        client.xadd(INTENTS, XAddParams.xAddParams().maxLen(1).exactTrimming(), Map.of("n", "3"));
        try (IntentSource source = source()) {
            await().until(() -> receiver.ids().size() == 2);
            awaitTold("trimmed 2");
            await().until(() -> source.backlog().waiting() == 0);
            assertThat(client.xinfoGroups(INTENTS).getFirst().getGroupInfo().get("lag"))
                    .isEqualTo(0L);
        }
        try (IntentSource source = source()) {
            send("4");
            await().until(() -> receiver.ids().size() == 4);
            await().until(() -> source.backlog().waiting() == 0);
            assertThat(receiver.told)
                    .filteredOn(word -> word.startsWith("trimmed"))
                    .containsExactly("trimmed 2");
        }
    }

    @Test
    void p2_1_anExplicitDeletionOfWhatWasReadIsNoLoss() {
        try (IntentSource source = source()) {
            String first = send("1");
            await().until(() -> receiver.ids().size() == 1);
            source.ack(first);
            client.xdel(INTENTS, new StreamEntryID(first));
            send("2");
            await().until(() -> receiver.ids().size() == 2 && source.backlog().waiting() == 0);
            assertThat(receiver.told).noneMatch(word -> word.startsWith("trimmed"));
        }
    }

    @Test
    void p3_8_aForgedReportIsNotAForgottenOne() {
        receiver.forgottenUntil = Instant.now().minus(Duration.ofMinutes(1));
        client.sendCommand(Command.XADD, REPORTS, "*", "event_id", "forged:terminal", "payload", "{}");
        try (IntentSource source = source()) {
            awaitTold("compared");
            assertThat(receiver.told)
                    .contains("foreign-entry:trade.execution.res CRITICAL")
                    .doesNotContain("forgot forged:terminal");
            assertThat(source.vanished()).isZero();
        }
        receiver.forgottenUntil = Instant.MAX;
        try (IntentSource source = source()) {
            awaitTold("forgot forged:terminal");
            assertThat(source.vanished()).isZero();
        }
    }

    @Test
    void p2_8_aReportStreamOfTheWrongTypeDoesNotStopTheReader() {
        client.set(REPORTS, "x");
        String sent = send("1");
        try (IntentSource source = source()) {
            await().until(() -> receiver.ids().equals(List.of(sent)));
            assertThat(source.vanished()).isZero();
        }
    }

    @Test
    void aForeignConsumerThatReadsTheGroupIsNoLoss() {
        try (IntentSource source = source()) {
            send("1");
            await().until(() -> receiver.ids().size() == 1);
            assertThat(source.vanished()).isZero();
        }
        send("2");
        client.xreadGroup(
                NAMES.group(),
                "other",
                XReadGroupParams.xReadGroupParams().count(1),
                Map.of(INTENTS, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        try (IntentSource source = source()) {
            String third = send("3");
            await().until(() ->
                    receiver.ids().contains(third) && source.backlog().waiting() == 0);
            assertThat(receiver.told).noneMatch(word -> word.startsWith("trimmed"));
        }
    }

    private List<String> readAs(String consumer, int count) {
        return client
                .xreadGroup(
                        NAMES.group(),
                        consumer,
                        XReadGroupParams.xReadGroupParams().count(count),
                        Map.of(INTENTS, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY))
                .getFirst()
                .getValue()
                .stream()
                .map(entry -> entry.getID().toString())
                .toList();
    }

    @Test
    void b8_whatAnotherConsumerReadsAndAcknowledgesIsCountedAndWhatItOnlyReadIsNot() {
        try (IntentSource source = new IntentSource(RedisAddress.of(redis.url()), NAMES, "execution-1", receiver)) {
            source.credit(3);
            source.start();
            List.of("1", "2", "3").forEach(this::send);
            await().until(() -> receiver.ids().size() == 3 && source.backlog().pending() == 3);
            List.of("4", "5", "6", "7").forEach(this::send);
            readAs("bot2", 2);
            readAs("bot3", 1).forEach(id -> client.xack(INTENTS, NAMES.group(), new StreamEntryID(id)));
            source.credit(2);
            await().until(() -> receiver.ids().size() == 4);
            awaitTold("taken 1");
            receiver.ids().forEach(source::ack);
            await().until(() -> pending() == 2 && source.backlog().pending() == 2);
            assertThat(receiver.told)
                    .filteredOn(word -> word.startsWith("taken"))
                    .containsExactly("taken 1");
        }
    }

    @Test
    void b8_whatThisConsumerReadItselfIsNeverTold() {
        for (int life = 0; life < 2; life++) {
            int before = receiver.ids().size();
            try (IntentSource source = source()) {
                for (int i = 0; i < 300; i++) {
                    source.ack(send(String.valueOf(i)));
                }
                await().until(() -> receiver.ids().size() == before + 300);
                receiver.ids().forEach(source::ack);
                await().until(() -> pending() == 0);
                client.xtrim(INTENTS, XTrimParams.xTrimParams().maxLen(1).exactTrimming());
                send("last");
                await().until(() ->
                        source.backlog().waiting() == 0 && source.backlog().pending() == 1);
                source.ack(receiver.ids().getLast());
                await().until(() -> pending() == 0);
            }
        }
        assertThat(receiver.told).noneMatch(word -> word.startsWith("taken") || word.startsWith("trimmed"));
    }

    @Test
    void b11_aKeyOfIntentsOfTheWrongTypeIsNamedAndReadAgainOnceItIsRight() {
        try (IntentSource source = source()) {
            String first = send("1");
            await().until(() -> receiver.ids().equals(List.of(first)));
            client.rename(INTENTS, "away");
            client.set(INTENTS, "x");
            awaitTold("stream-blocked:" + INTENTS + " CRITICAL");
            client.del(INTENTS);
            client.rename("away", INTENTS);
            awaitTold("stream-free:" + INTENTS + " INFO");
            String second = send("2");
            await().until(() -> receiver.ids().equals(List.of(first, second)));
            assertThat(receiver.told)
                    .doesNotContain("connected false")
                    .filteredOn(word -> word.startsWith("stream-blocked"))
                    .hasSize(1);
            assertThat(source.vanished()).isZero();
        }
    }
}
