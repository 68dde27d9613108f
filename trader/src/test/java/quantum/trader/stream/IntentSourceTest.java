package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import quantum.record.Notice;
import quantum.trader.ledger.LedgerException;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.args.ClientPauseMode;
import redis.clients.jedis.params.XClaimParams;
import redis.clients.jedis.params.XPendingParams;
import redis.clients.jedis.params.XReadGroupParams;

class IntentSourceTest extends RedisOfItsOwn {

    private static final String INTENTS = NAMES.intents();

    private final List<IntentMessage> received = new CopyOnWriteArrayList<>();
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final Set<String> known = new HashSet<>();
    private volatile String position = "0";
    private volatile Instant forgottenUntil = Instant.MAX;

    /** What the reader tells, and a ledger that knows the events that a test names. */
    private final class Heard implements IntentReceiver {

        private final Consumer<IntentMessage> receiver;

        Heard(Consumer<IntentMessage> receiver) {
            this.receiver = receiver;
        }

        @Override
        public void beforeReading() {}

        @Override
        public void received(IntentMessage message) {
            receiver.accept(message);
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
        public void regrouped(String from) {
            told.add("regrouped " + from);
        }

        @Override
        public void forgot(String eventId) {
            told.add("forgot " + eventId);
        }

        @Override
        public void unreadable(IntentMessage message, String cause) {
            told.add("unreadable " + message.id());
        }

        @Override
        public boolean mayHaveForgotten(Instant from, Instant to) {
            return from.isBefore(forgottenUntil);
        }

        @Override
        public void compared() {}

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
            told.add(key);
        }

        @Override
        public void connected(boolean up) {
            connected.add(up);
        }
    }

    private IntentSource source(int credit) {
        IntentSource source = new IntentSource(redis.address(), NAMES, "execution-1", new Heard(received::add));
        source.credit(credit);
        source.start();
        return source;
    }

    private String send(int number) {
        return client.xadd(INTENTS, StreamEntryID.NEW_ENTRY, Map.of("n", String.valueOf(number)))
                .toString();
    }

    private List<String> sendAll(int count) {
        return IntStream.range(0, count).mapToObj(this::send).toList();
    }

    private void readAs(String consumer, int count) {
        client.xreadGroupAsMap(
                NAMES.group(),
                consumer,
                XReadGroupParams.xReadGroupParams().count(count),
                Map.of(INTENTS, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
    }

    private List<String> ids() {
        return received.stream().map(IntentMessage::id).toList();
    }

    private long pending() {
        return client.xpending(INTENTS, NAMES.group()).getTotal();
    }

    private void restartRedis() {
        int port = redis.address().uri().getPort();
        stop();
        startAt(port);
    }

    @Test
    void intentsThatCameBeforeTheFirstStartAreRead() {
        List<String> sent = sendAll(3);
        try (IntentSource source = source(10)) {
            await().until(() -> received.size() == 3);
            assertThat(ids()).isEqualTo(sent);
            assertThat(received).allMatch(message -> message.deliveries() == 1);

            sent.forEach(source::ack);
            await().until(() -> pending() == 0);
        }
    }

    @Test
    void noMoreIsReadThanThereIsCreditFor() {
        sendAll(10);
        try (IntentSource source = source(3)) {
            await().until(() -> received.size() == 3);
            await().during(Duration.ofMillis(700)).until(() -> received.size() == 3 && pending() == 3);

            source.credit(2);
            await().until(() -> received.size() == 5);
        }
    }

    @Test
    void incP09_whatADeadProcessLeftIsReadAgainAndCounted() {
        client.xgroupCreate(INTENTS, NAMES.group(), new StreamEntryID("0-0"), true);
        List<String> sent = new ArrayList<>(sendAll(120));
        readAs("execution-1", 120);
        sent.add(send(120));

        try (IntentSource source = source(1000)) {
            await().until(() -> received.size() == 121);
            assertThat(ids()).isEqualTo(sent);
            assertThat(received.getFirst().deliveries()).isGreaterThanOrEqualTo(2);
            assertThat(received.getLast().deliveries()).isEqualTo(1);
            assertThat(source.vanished()).isZero();
        }
    }

    @Test
    void incP05_pendingOfADeadConsumerIsClaimedAndALivingOnesIsNot() {
        client.xgroupCreate(INTENTS, NAMES.group(), new StreamEntryID("0-0"), true);
        sendAll(2);
        readAs("execution-host-4711", 1);
        readAs("other-4712", 1);
        String dead = client.xpending(INTENTS, NAMES.group()).getMinId().toString();
        client.xclaim(
                INTENTS,
                NAMES.group(),
                "execution-host-4711",
                0,
                XClaimParams.xClaimParams().idle(61_000),
                new StreamEntryID(dead));

        try (IntentSource source = source(10)) {
            await().until(() -> received.size() == 1);
            assertThat(ids()).containsExactly(dead);
            assertThat(received.getFirst().deliveries()).isGreaterThan(1);
            assertThat(source.backlog().pending()).isBetween(0L, 2L);
        }
    }

    @Test
    void f22_pendingEntriesThatWereDeletedAreCountedAndHandedOverEmpty() {
        client.xgroupCreate(INTENTS, NAMES.group(), new StreamEntryID("0-0"), true);
        List<String> sent = sendAll(3);
        readAs("execution-1", 3);
        client.xdel(INTENTS, new StreamEntryID(sent.get(1)));

        try (IntentSource source = source(10)) {
            await().until(() -> received.size() == 3);
            assertThat(ids()).isEqualTo(sent);
            assertThat(received.get(1).fields()).isEmpty();
            await().until(() -> source.vanished() == 1);
            sent.forEach(source::ack);
            await().until(() -> pending() == 0);
        }
    }

    @Test
    void incI74_afterARestartOfRedisReadingGoesOnWithoutRepeatingWhatIsInHand() {
        List<String> sent = new ArrayList<>(sendAll(2));
        try (IntentSource source = source(100)) {
            await().until(() -> received.size() == 2);
            restartRedis();
            sent.add(send(3));
            await().until(() -> received.size() == 3);
            sent.forEach(source::ack);
            await().until(() -> pending() == 0);

            assertThat(ids()).isEqualTo(sent);
            await().until(() -> connected.equals(List.of(true, false, true)));
        }
    }

    @Test
    void afterAWipeReadingGoesOnFromTheLedgersPosition() {
        try (IntentSource source = source(100)) {
            String first = send(1);
            await().until(() -> received.size() == 1);
            position = first;
            client.flushAll();
            String second = send(2);
            await().until(() -> received.size() == 2);

            assertThat(ids()).containsExactly(first, second);
            assertThat(told).containsExactly("regrouped 0-0");
            assertThat(client.xinfoGroups(INTENTS)
                            .getFirst()
                            .getLastDeliveredId()
                            .toString())
                    .isEqualTo(second);
            assertThat(source.sinceLastTurn()).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void whatTheReceiverCouldNotTakeIsReadAgain() {
        List<String> sent = sendAll(3);
        List<String> tries = new CopyOnWriteArrayList<>();
        try (IntentSource source = new IntentSource(redis.address(), NAMES, "execution-1", new Heard(message -> {
            tries.add(message.id());
            if (tries.size() == 2) {
                throw new LedgerException("the ledger cannot be read", null);
            }
            received.add(message);
        }))) {
            source.credit(3);
            source.start();
            await().until(() -> received.size() == 3);

            assertThat(ids()).isEqualTo(sent);
            assertThat(tries).hasSize(4);
        }
    }

    @Test
    void aFrozenServerIsNoticed() {
        try (IntentSource source = source(100)) {
            await().until(() -> connected.equals(List.of(true)));
            try (Jedis admin = new Jedis(redis.address().uri())) {
                admin.clientPause(4_000, ClientPauseMode.ALL);
            }
            await().until(() -> connected.equals(List.of(true, false)));
            await().until(() -> connected.equals(List.of(true, false, true)));

            String sent = send(1);
            await().until(() -> ids().contains(sent));
            assertThat(source.vanished()).isZero();
        }
    }

    @Test
    void aReportThatTheLedgerDoesNotKnowIsToldBeforeTheFirstMessage() {
        client.xadd(NAMES.stream("trade.closed"), StreamEntryID.NEW_ENTRY, Map.of("event_id", "closed:known"));
        client.xadd(NAMES.stream("trade.execution.res"), StreamEntryID.NEW_ENTRY, Map.of("event_id", "a:terminal"));
        known.add("closed:known");
        sendAll(1);
        try (IntentSource source = source(10)) {
            await().until(() -> received.size() == 1);
            assertThat(told).containsExactly("forgot a:terminal");
            assertThat(source.vanished()).isZero();
        }
    }

    /**
     * A page may have been read before an acknowledgement and be handed over after it; what was acknowledged meanwhile must
     * not come a second time.
     */
    @Test
    void f22_whatIsAcknowledgedWhileItsPageIsHandedOverDoesNotComeTwice() {
        client.xgroupCreate(INTENTS, NAMES.group(), new StreamEntryID("0-0"), true);
        List<String> sent = sendAll(4);
        readAs("other", 1);
        readAs("execution-1", 3);
        client.xdel(INTENTS, new StreamEntryID(sent.get(0)), new StreamEntryID(sent.get(1)));
        // Redis claims what was deleted however young it is: the other's, and beside it our own that is in hand.
        AtomicReference<IntentSource> reader = new AtomicReference<>();
        try (IntentSource source = new IntentSource(redis.address(), NAMES, "execution-1", new Heard(message -> {
            received.add(message);
            if (message.id().equals(sent.getFirst())) {
                acknowledgeAll(reader.get(), sent.subList(1, 4));
            }
        }))) {
            reader.set(source);
            source.credit(10);
            source.start();
            String last = send(5);
            await().until(() -> ids().contains(last));

            assertThat(ids()).containsExactly(sent.get(1), sent.get(2), sent.get(3), sent.get(0), last);
        }
    }

    /** One after the other: once the next is away, the reader has been told of the one before. */
    private void acknowledgeAll(IntentSource source, List<String> ids) {
        for (String id : ids) {
            source.ack(id);
            await().until(() -> client.xpending(INTENTS, NAMES.group(), XPendingParams.xPendingParams(id, id, 1))
                    .isEmpty());
        }
    }
}
