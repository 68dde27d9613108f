package quantum.trader.stream;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import quantum.record.Notice.Severity;
import quantum.trader.redis.Replies;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The latest reports as they lie in their streams: a witness outside the ledger. The ledger records a notice before it is
 * published, so one that it does not know was recorded by a ledger that is not there any more, if it is of a time that
 * this one may have forgotten; else somebody else wrote it. Throws what Jedis throws.
 */
final class PublishedTail {

    private static final List<String> KINDS = List.of("trade.execution.res", "trade.closed");
    private static final int LATEST = 100;
    /** Between the clock of Redis and ours, read one after the other. */
    private static final Duration TOLERANCE = Duration.ofSeconds(1);

    private static final Instant FAR = Instant.parse("9999-01-01T00:00:00Z");
    private static final int MOST_TOLD = 1_000;

    private final RedisClient client;
    private final StreamNames names;
    private final Set<String> told = new HashSet<>();

    PublishedTail(RedisClient client, StreamNames names) {
        this.client = client;
        this.names = names;
    }

    /** Tells what is not known. */
    void compareWith(IntentReceiver ledger) {
        long ahead = Replies.time(client) - System.currentTimeMillis();
        for (String kind : KINDS) {
            for (Entry entry : latest(names.stream(kind))) {
                String event = entry.fields().getOrDefault("event_id", "");
                if (!event.isEmpty() && !ledger.knows(event)) {
                    unknown(kind, event, entry, ahead, ledger);
                }
            }
        }
        ledger.compared();
    }

    private List<Entry> latest(String stream) {
        try {
            return Entry.all(
                    client.executeCommand(
                            new CommandArguments(Command.XREVRANGE).addObjects(stream, "+", "-", "COUNT", LATEST)),
                    Replies.MOST_BYTES);
        } catch (JedisDataException e) {
            if (String.valueOf(e.getMessage()).startsWith("WRONGTYPE")) {
                return List.of();
            }
            throw e;
        }
    }

    private void unknown(String kind, String event, Entry entry, long ahead, IntentReceiver ledger) {
        long time = entry.id().time();
        boolean readable = time >= 0 && time < FAR.toEpochMilli();
        Instant then = readable ? Instant.ofEpochMilli(time - ahead) : FAR;
        if (ledger.mayHaveForgotten(then.minus(TOLERANCE), then.plus(TOLERANCE))) {
            ledger.forgot(event);
        } else if (told.size() < MOST_TOLD && told.add(entry.id().toString())) {
            ledger.noticed(
                    "foreign-entry:" + kind,
                    Severity.CRITICAL,
                    "entry " + entry.id() + " of " + names.stream(kind) + " (event_id " + event
                            + ") is not ours: somebody else writes there; it is not believed");
        }
    }
}
