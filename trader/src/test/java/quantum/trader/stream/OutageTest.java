package quantum.trader.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.redis.Outage;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/** Whoever reads why Redis is lost finds the cause of now, and what to do. */
class OutageTest extends RedisOfItsOwn {

    private final List<String> causes = new CopyOnWriteArrayList<>();

    private final class News implements NoticeListener {
        @Override
        public void blocked(String stream, String cause) {}

        @Override
        public void forged(String stream, String eventId, String entryId) {}

        @Override
        public void connected(boolean up) {
            connected.add(up);
        }

        @Override
        public void failing(String cause) {
            causes.add(cause);
        }
    }

    /** A ledger that remembers nothing. */
    private static final class Outbox implements NoticeOutbox {
        @Override
        public void published(OutboxRow row, String entryId) {}

        @Override
        public List<OutboxRow> recorded(String kind, long before, int limit) {
            return List.of();
        }

        @Override
        public List<OutboxRow> rows(List<Long> ids) {
            return List.of();
        }

        @Override
        public boolean forgot(String eventId) {
            return false;
        }
    }

    private Publisher publishing() {
        Publisher publisher = new Publisher(redis.address(), NAMES, 500, new Outbox(), new News());
        publisher.start();
        publisher.publish(new OutboxRow(1, "event-1", "alert", "", Instant.EPOCH, "{}", false, null));
        await().until(() -> client.xlen(NAMES.stream("alert")) == 1);
        return publisher;
    }

    private static OutboxRow second() {
        return new OutboxRow(2, "event-2", "alert", "", Instant.EPOCH, "{}", false, null);
    }

    @Test
    void aPasswordThatIsWantedIsNamedAfterTheConnectionWasCut() {
        try (Publisher publisher = publishing()) {
            client.configSet("requirepass", "wanted");
            client.executeCommand(new CommandArguments(Command.CLIENT).addObjects("KILL", "TYPE", "normal"));
            publisher.publish(second());
            await().until(() -> causes.stream().anyMatch(cause -> cause.contains("NOAUTH")));
            assertThat(causes.getLast()).contains("redis.url");
            assertThat(connected).containsExactly(false);
            client.configSet("requirepass", "");
            await().until(() -> connected.equals(List.of(false, true)));
        }
    }

    @Test
    void aFullMemoryIsNamedAndNotTheTransactionThatWasDiscarded() {
        try (Publisher publisher = publishing()) {
            client.configSet("maxmemory", "1");
            publisher.publish(second());
            await().until(() -> !causes.isEmpty());
            assertThat(causes).singleElement().asString().contains("OOM", "maxmemory", "noeviction");
            client.configSet("maxmemory", "0");
            await().until(() -> client.xlen(NAMES.stream("alert")) == 2);
            await().untilAsserted(() -> assertThat(connected).containsExactly(false, true));
        }
    }

    @Test
    void aReplicaIsNamed() {
        try (Publisher publisher = publishing()) {
            client.executeCommand(new CommandArguments(Command.REPLICAOF).addObjects("127.0.0.1", "1"));
            publisher.publish(second());
            await().until(() -> !causes.isEmpty());
            assertThat(causes.getFirst()).contains("READONLY", "replica", "master");
            client.executeCommand(new CommandArguments(Command.REPLICAOF).addObjects("NO", "ONE"));
            await().until(() -> connected.equals(List.of(false, true)));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "NOAUTH Authentication required., redis.url",
        "WRONGPASS invalid username-password pair or user is disabled., redis.url",
        "OOM command not allowed when used memory > 'maxmemory'., raise maxmemory",
        "READONLY You can't write against a read only replica., the master",
        "ERR max number of clients reached, maxclients",
    })
    void theNextStepIsThatOfTheRootCause(String words, String next) {
        RuntimeException wrapped = new JedisConnectionException("no resource", new JedisDataException(words));
        assertThat(new Outage().news(wrapped))
                .startsWith("no resource: " + words + "; ")
                .contains(next);
        assertThat(new Outage().news(new JedisDataException(words))).startsWith(words + "; ");
    }

    @Test
    void aCauseIsToldAtOnceAndOnceAMinute() {
        AtomicLong now = new AtomicLong();
        Outage outage = new Outage(now::get);
        RuntimeException cut = new JedisConnectionException("Unexpected end of stream.");
        RuntimeException refused = new JedisConnectionException("Failed to connect", new ConnectException("refused"));
        assertThat(outage.news(cut)).isEqualTo("Unexpected end of stream.");
        assertThat(outage.news(cut)).isNull();
        assertThat(outage.news(refused)).isEqualTo("Failed to connect: refused");
        now.addAndGet(Duration.ofSeconds(59).toNanos());
        assertThat(outage.news(cut)).isNull();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(outage.news(cut)).isNotNull();
        outage.over();
        assertThat(outage.news(cut)).isNotNull();
        assertThat(outage.news(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }
}
