package quantum.trader.command;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import quantum.trader.redis.RedisAddress;
import quantum.trader.redis.RedisUnavailable;
import quantum.trader.stream.StreamNames;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A producer: publishes intents to the stream and waits for their endings, as a signal engine would. */
final class IntentClient implements AutoCloseable {

    private static final long MAX_LENGTH = 100_000;
    private static final int PAGE = 200;

    private final RedisClient redis;
    private final StreamNames names;
    private StreamEntryID seen;

    /** Endings from now on are seen; earlier ones are not. */
    IntentClient(RedisAddress address, StreamNames names) {
        this.redis = address.client("producer", 2);
        this.names = names;
        try {
            List<StreamEntry> last = reachable(() -> redis.xrevrange(names.stream("trade.execution.res"), "+", "-", 1));
            this.seen =
                    last.isEmpty() ? new StreamEntryID("0-0") : last.getFirst().getID();
        } catch (RedisUnavailable e) {
            redis.close();
            throw e;
        }
    }

    /** Publishes a payload in the bridge's form (W2) and returns the stream's id of it. */
    String publish(ObjectNode payload) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event_type", "trade.intent");
        fields.put("payload", Json.write(payload));
        fields.put("timestamp", payload.path("timestamp").asString());
        fields.put("source", "quantum-cli");
        return publishRaw(fields);
    }

    /** Publishes fields as they are. */
    String publishRaw(Map<String, String> fields) {
        return reachable(() -> redis.xadd(
                        names.intents(),
                        XAddParams.xAddParams().maxLen(MAX_LENGTH).approximateTrimming(),
                        fields))
                .toString();
    }

    private static <T> T reachable(Supplier<T> command) {
        try {
            return command.get();
        } catch (JedisException e) {
            throw new RedisUnavailable("Redis cannot be reached or used: " + e.getMessage() + ".", e);
        }
    }

    /** The next reports, oldest first, waiting a little if there is none. */
    List<JsonNode> reports(Duration wait) {
        String stream = names.stream("trade.execution.res");
        List<Map.Entry<String, List<StreamEntry>>> read = reachable(() -> redis.xread(
                XReadParams.xReadParams().count(PAGE).block(Math.toIntExact(Math.min(wait.toMillis(), 1000))),
                Map.of(stream, seen)));
        if (read == null || read.isEmpty()) {
            return List.of();
        }
        List<StreamEntry> entries = read.getFirst().getValue();
        seen = entries.getLast().getID();
        return entries.stream()
                .map(e -> Json.read(e.getFields().getOrDefault("payload", "{}")))
                .toList();
    }

    /** The terminal report of an intent, if it comes in time. */
    Optional<JsonNode> ending(String intentId, Duration wait) {
        long until = System.nanoTime() + wait.toNanos();
        while (System.nanoTime() < until) {
            for (JsonNode report : reports(Duration.ofMillis(500))) {
                boolean terminal = !"pending_fill".equals(report.path("status").asString());
                if (terminal && intentId.equals(report.path("intent_id").asString())) {
                    return Optional.of(report);
                }
            }
        }
        return Optional.empty();
    }

    @Override
    public void close() {
        redis.close();
    }
}
