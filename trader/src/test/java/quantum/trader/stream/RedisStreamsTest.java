package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import quantum.decision.Effect;
import quantum.decision.Effect.MirrorKey;
import quantum.trader.ledger.OutboxRow;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.resps.StreamEntry;

class RedisStreamsTest extends RedisOfItsOwn {

    private final List<String> published = new CopyOnWriteArrayList<>();

    /** Remembers as a ledger does what was published under which entry. */
    private final class Outbox implements NoticeOutbox {

        private final ConcurrentSkipListMap<Long, OutboxRow> rows = new ConcurrentSkipListMap<>();

        @Override
        public void published(OutboxRow row, String entryId) {
            published.add(row.id() + "=" + entryId);
            rows.put(
                    row.id(),
                    new OutboxRow(
                            row.id(),
                            row.eventId(),
                            row.kind(),
                            row.traceId(),
                            row.at(),
                            row.payload(),
                            true,
                            entryId));
        }

        @Override
        public List<OutboxRow> recorded(String kind, long before, int limit) {
            return rows.headMap(before, false).descendingMap().values().stream()
                    .filter(row -> row.kind().equals(kind))
                    .limit(limit)
                    .toList();
        }

        @Override
        public List<OutboxRow> rows(List<Long> ids) {
            return ids.stream().sorted().map(rows::get).toList();
        }

        @Override
        public boolean forgot(String eventId) {
            return eventId.equals(forgotten);
        }
    }

    /** What an earlier life published and a ledger that was replaced does not know. */
    private volatile String forgotten = "";

    /** What the publisher tells beside its connection. */
    private final class News implements NoticeListener {
        @Override
        public void blocked(String stream, String cause) {
            told.add(stream + (cause.isEmpty() ? " free" : " blocked"));
        }

        @Override
        public void forged(String stream, String eventId, String entryId) {
            told.add(stream + " forged " + eventId);
        }

        @Override
        public void connected(boolean up) {
            connected.add(up);
        }
    }

    private final List<String> told = new CopyOnWriteArrayList<>();

    private final Outbox outbox = new Outbox();

    private static OutboxRow row(long id) {
        return new OutboxRow(id, "event-" + id, "alert", "", Instant.EPOCH, "{}", false, null);
    }

    private Publisher publisher() {
        return new Publisher(redis.address(), NAMES, 500, outbox, new News());
    }

    /** The ledger has what is to be published. */
    private void publish(Publisher publisher, OutboxRow row) {
        outbox.rows.putIfAbsent(row.id(), row);
        publisher.publish(row);
    }

    private List<String> events() {
        return client.xrange(NAMES.stream("alert"), "-", "+").stream()
                .map(entry -> entry.getFields().get("event_id"))
                .toList();
    }

    @Test
    void noticesAreInTheirStreamInOrder() {
        try (Publisher publisher = publisher()) {
            publisher.start();
            LongRange.to(200).forEach(id -> publish(publisher, row(id)));
            await().until(() -> published.size() == 200);

            assertThat(events())
                    .isEqualTo(LongRange.to(200).map(id -> "event-" + id).toList());
            StreamEntry last =
                    client.xrevrange(NAMES.stream("alert"), "+", "-", 1).getFirst();
            assertThat(published.getLast()).isEqualTo("200=" + last.getID());
            assertThat(last.getFields()).containsEntry("event_type", "alert").containsEntry("payload", "{}");
        }
    }

    @Test
    void aNoticeSentByAnEarlierLifeIsNotSentAgain() {
        try (Publisher first = publisher()) {
            first.start();
            publish(first, row(1));
            publish(first, row(2));
            await().until(() -> published.size() == 2);
        }
        List<String> before = List.copyOf(published);
        try (Publisher second = publisher()) {
            LongRange.to(3).forEach(id -> publish(second, row(id)));
            second.start();
            await().until(() -> published.size() == 5);

            assertThat(published.subList(2, 4)).isEqualTo(before);
            assertThat(events()).containsExactly("event-1", "event-2", "event-3");
        }
    }

    @Test
    void noticesWaitForRedisAndKeepTheirOrder() {
        try (Publisher publisher = publisher()) {
            publisher.start();
            publish(publisher, row(1));
            await().until(() -> published.size() == 1);
            int port = redis.address().uri().getPort();
            stop();
            LongRange.to(20).filter(id -> id > 1).forEach(id -> publish(publisher, row(id)));
            await().until(() -> connected.equals(List.of(false)));
            startAt(port);
            await().until(() -> published.size() == 20);

            assertThat(events())
                    .isEqualTo(LongRange.to(20).map(id -> "event-" + id).toList());
            await().until(() -> connected.equals(List.of(false, true)));
        }
    }

    @Test
    void f16_whatRedisLostIsPublishedAgainUnderTheSameEventIdAndInOrder() {
        try (Publisher publisher = publisher()) {
            publisher.start();
            LongRange.to(300).forEach(id -> publish(publisher, row(id)));
            await().until(() -> published.size() == 300);
            List<StreamEntry> last = client.xrevrange(NAMES.stream("alert"), "+", "-", 40);
            client.xdel(
                    NAMES.stream("alert"), last.stream().map(StreamEntry::getID).toArray(StreamEntryID[]::new));
            publisher.doubt();
            publish(publisher, row(301));
            await().until(() -> published.size() == 341);

            assertThat(events())
                    .isEqualTo(LongRange.to(301).map(id -> "event-" + id).toList());
        }
    }

    @Test
    void whatAWipedRedisHadForALongTimeIsNotPublishedAgain() {
        try (Publisher publisher = publisher()) {
            publisher.start();
            publish(publisher, row(1));
            publish(publisher, new OutboxRow(2, "event-2", "alert", "", Instant.now(), "{}", false, null));
            await().until(() -> published.size() == 2);
            client.flushAll();
            publisher.doubt();
            await().until(() -> published.size() == 3);

            assertThat(events()).containsExactly("event-2");
        }
    }

    @Test
    void aStreamIsCutToAboutItsLength() {
        try (Publisher publisher = publisher()) {
            publisher.start();
            LongRange.to(1500).forEach(id -> publish(publisher, row(id)));
            await().until(() -> published.size() == 1500);

            assertThat(client.xlen(NAMES.stream("alert"))).isBetween(500L, 700L);
        }
    }

    private static OutboxRow report(long id) {
        return new OutboxRow(id, "event-" + id, "trade.execution.res", "", Instant.EPOCH, "{}", false, null);
    }

    @Test
    void p2_2_anEntryWithOurEventIdAndOtherContentIsNotOurs() {
        String reports = NAMES.stream("trade.execution.res");
        client.xadd(
                reports,
                StreamEntryID.NEW_ENTRY,
                Map.of("event_id", "event-1", "payload", "{\"status\":\"rejected\"}"));
        try (Publisher publisher = publisher()) {
            publisher.start();
            publish(publisher, report(1));
            await().until(() -> published.size() == 1);

            StreamEntry last = client.xrevrange(reports, "+", "-", 1).getFirst();
            assertThat(last.getFields()).containsEntry("payload", "{}").containsEntry("event_id", "event-1");
            assertThat(published).containsExactly("1=" + last.getID());
            assertThat(told).containsExactly(reports + " forged event-1");
            publisher.doubt();
            publish(publisher, report(2));
            await().until(() -> published.size() == 2);
            assertThat(client.xlen(reports)).isEqualTo(3);
        }
    }

    @Test
    void whatALostLedgerPublishedIsNotPublishedAgainByTheNextOne() {
        String reports = NAMES.stream("trade.execution.res");
        String earlier = client.xadd(reports, StreamEntryID.NEW_ENTRY, Map.of("event_id", "event-1", "payload", "{1}"))
                .toString();
        forgotten = "event-1";
        try (Publisher publisher = publisher()) {
            publisher.start();
            publish(publisher, report(1));
            await().until(() -> published.equals(List.of("1=" + earlier)));
            assertThat(client.xlen(reports)).isEqualTo(1);
        }
    }

    @Test
    void p2_8_aKeyOfTheWrongTypeBlocksItsOwnStreamAlone() {
        client.set(NAMES.stream("alert"), "x");
        try (Publisher publisher = publisher()) {
            publisher.start();
            publish(publisher, row(1));
            publish(publisher, report(2));
            publish(publisher, row(3));
            await().until(() -> published.size() == 1);
            await().until(() -> told.equals(List.of(NAMES.stream("alert") + " blocked")));
            assertThat(connected).isEmpty();
            client.del(NAMES.stream("alert"));
            await().until(() -> published.size() == 3);

            assertThat(events()).containsExactly("event-1", "event-3");
            assertThat(told).containsExactly(NAMES.stream("alert") + " blocked", NAMES.stream("alert") + " free");
        }
    }

    @Test
    void p1_1_anAbsurdIdInAnOutputStreamStopsNoNotice() {
        client.executeCommand(new CommandArguments(Command.XADD)
                .addObjects(NAMES.stream("alert"), "9223372036854775808-1", "event_id", "event-9"));
        try (Publisher publisher = publisher()) {
            publisher.start();
            publish(publisher, row(1));
            await().until(() -> published.equals(List.of("1=9223372036854775808-2")));
            publisher.doubt();
            publish(publisher, row(2));
            await().until(() -> published.size() == 2);
            assertThat(client.xlen(NAMES.stream("alert"))).isEqualTo(3);
        }
    }

    @Test
    void p1_4_whatWaitsWhileRedisIsAwayIsReadFromTheLedgerAndKeepsItsOrder() {
        try (Publisher publisher = publisher()) {
            int port = redis.address().uri().getPort();
            stop();
            publisher.start();
            LongRange.to(2_000).forEach(id -> publish(publisher, row(id)));
            startAt(port);
            await().until(() -> published.size() == 2_000);
            assertThat(published.stream().map(line -> Long.parseLong(line.substring(0, line.indexOf('=')))))
                    .isSorted();
        }
    }

    private static final HandSetKeys NOBODY = new HandSetKeys(NAMES, _ -> true, (_, _) -> {});

    private static Effect.Mirror mirror(MirrorKey key, String subject, Duration lifetime) {
        return new Effect.Mirror(key, subject, "1", lifetime);
    }

    @Test
    void theKeysOfTheSeedsScriptsAreThereWithTheirLifetimes() {
        try (KeyMirror mirror = new KeyMirror(redis.address(), NAMES, NOBODY)) {
            mirror.start();
            mirror.apply(mirror(MirrorKey.SAFE_MODE, "", Duration.ofMinutes(15)));
            mirror.apply(mirror(MirrorKey.COOLDOWN_SYMBOL, "BTCUSDT", Duration.ofMinutes(5)));
            mirror.apply(mirror(MirrorKey.LOCK, "BTCUSDT:BUY", Duration.ofSeconds(30)));
            mirror.apply(mirror(MirrorKey.PROCESSED, "BTCUSDT_2026-01-19T10:42:20.402561Z", Duration.ofHours(1)));

            await().until(() -> client.ttl("quantum:exec:processed:BTCUSDT_2026-01-19T10:42:20.402561Z") > 3500);
            assertThat(client.ttl("quantum:safety:safe_mode")).isBetween(890L, 900L);
            assertThat(client.ttl("quantum:safety:cooldown_symbol:BTCUSDT")).isBetween(290L, 300L);
            assertThat(client.ttl("quantum:exec:lock:BTCUSDT:BUY")).isBetween(20L, 30L);

            mirror.apply(mirror(MirrorKey.LOCK, "BTCUSDT:BUY", Duration.ZERO));
            await().until(() -> !client.exists("quantum:exec:lock:BTCUSDT:BUY"));
        }
    }

    @Test
    void aDeletedKeyComesBackAndAnEndedOneDoesNot() {
        try (KeyMirror mirror = new KeyMirror(redis.address(), NAMES, NOBODY)) {
            mirror.start();
            mirror.apply(mirror(MirrorKey.SAFE_MODE, "", Duration.ofMinutes(15)));
            mirror.apply(mirror(MirrorKey.COOLDOWN_GLOBAL, "", Duration.ofSeconds(1)));
            await().until(() -> client.exists("quantum:safety:safe_mode"));
            client.flushAll();

            await().until(() -> client.exists("quantum:safety:safe_mode"));
            assertThat(client.ttl("quantum:safety:safe_mode")).isBetween(880L, 900L);
            assertThat(client.exists("quantum:safety:cooldown_global")).isFalse();
        }
    }
}
