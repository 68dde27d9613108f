package quantum.trader.stream;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.resps.StreamEntry;

/**
 * The latest reports as they lie in their streams: a witness outside the ledger. The ledger records a notice before it is
 * published, so one that it does not know was recorded by a ledger that is not there any more. Throws what Jedis throws.
 */
final class PublishedTail {

    private static final List<String> KINDS = List.of("trade.execution.res", "trade.closed");
    private static final int LATEST = 100;

    private final RedisClient client;
    private final StreamNames names;

    PublishedTail(RedisClient client, StreamNames names) {
        this.client = client;
        this.names = names;
    }

    /** The event id of one that is not known. */
    Optional<String> unknownTo(Predicate<String> known) {
        for (String kind : KINDS) {
            for (StreamEntry entry : client.xrevrange(names.stream(kind), "+", "-", LATEST)) {
                String event = entry.getFields().get("event_id");
                if (event != null && !known.test(event)) {
                    return Optional.of(event);
                }
            }
        }
        return Optional.empty();
    }
}
