package quantum.bench;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import quantum.trader.redis.RedisAddress;
import quantum.trader.stream.StreamNames;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;

/** A consumer of the service's streams, as a signal engine has one: it notes when it saw what. */
final class Reader implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int BLOCK_MILLIS = 500;

    private final RedisClient client;
    private final String reports;
    private final Map<String, StreamEntryID> seen = new HashMap<>();
    private final Map<String, CompletableFuture<Seen>> awaited = new ConcurrentHashMap<>();
    private final Thread thread = Thread.ofPlatform().name("bench-reader").unstarted(this::run);
    private volatile boolean stopping;

    /** An entry and when it was here. */
    record Seen(JsonNode payload, long epochNanos) {}

    Reader(RedisAddress address, StreamNames names) {
        client = address.client("bench-reader", 1);
        reports = names.stream("trade.execution.res");
        seen.put(reports, new StreamEntryID("0-0"));
        seen.put(names.stream("trade.closed"), new StreamEntryID("0-0"));
        thread.start();
    }

    private void run() {
        while (!stopping) {
            Map<String, List<StreamEntry>> found =
                    client.xreadAsMap(XReadParams.xReadParams().count(10).block(BLOCK_MILLIS), seen);
            long at = Clock.epochNanos();
            if (found != null) {
                found.forEach((stream, entries) -> {
                    seen.put(stream, entries.getLast().getID());
                    entries.forEach(entry -> told(stream, entry, at));
                });
            }
        }
    }

    private void told(String stream, StreamEntry entry, long at) {
        JsonNode payload = Json.read(entry.getFields().getOrDefault("payload", "{}"));
        String intent = payload.path("intent_id").asString();
        future((stream.equals(reports) ? "report " : "closed ") + intent).complete(new Seen(payload, at));
    }

    private CompletableFuture<Seen> future(String key) {
        return awaited.computeIfAbsent(key, _ -> new CompletableFuture<>());
    }

    /** The first report of an intent. */
    Seen report(String intentId) {
        return await("report " + intentId);
    }

    /** The end of the position that an intent opened. */
    Seen closed(String intentId) {
        return await("closed " + intentId);
    }

    private Seen await(String key) {
        try {
            return future(key)
                    .orTimeout(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } finally {
            awaited.remove(key);
        }
    }

    @Override
    public void close() {
        stopping = true;
        try {
            thread.join(TimeUnit.SECONDS.toMillis(3));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
