package quantum.bench;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import quantum.trader.redis.RedisAddress;
import quantum.trader.stream.StreamNames;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.XAddParams;
import tools.jackson.databind.node.ObjectNode;

/** Writes intents, in the bridge's form. */
final class Producer implements AutoCloseable {

    private static final BigDecimal SIZE = BigDecimal.valueOf(200);

    private final RedisClient client;
    private final String stream;

    Producer(RedisAddress address, StreamNames names) {
        client = address.client("bench", 1);
        stream = names.intents();
    }

    static ObjectNode open(String id, String symbol, String action) {
        return intent(id, symbol, action).put("position_size_usd", SIZE).put("leverage", 2);
    }

    static ObjectNode close(String id, String symbol) {
        return intent(id, symbol, "CLOSE").put("reduceOnly", true);
    }

    private static ObjectNode intent(String id, String symbol, String action) {
        return Json.object()
                .put("intent_id", id)
                .put("symbol", symbol)
                .put("action", action)
                .put("timestamp", Instant.now().toString());
    }

    /** Publishes and gives the moment just before. */
    long send(ObjectNode intent) {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("event_type", "trade.intent");
        fields.put("payload", Json.write(intent));
        fields.put("timestamp", intent.path("timestamp").asString());
        fields.put("source", "bench");
        XAddParams params = XAddParams.xAddParams().maxLen(100_000).approximateTrimming();
        long at = Clock.epochNanos();
        client.xadd(stream, params, fields);
        return at;
    }

    @Override
    public void close() {
        client.close();
    }
}
