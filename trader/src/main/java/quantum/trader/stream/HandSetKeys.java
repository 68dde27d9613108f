package quantum.trader.stream;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import quantum.decision.Effect.MirrorKey;
import redis.clients.jedis.RedisClient;

/**
 * Sees a key of a guard that is not active: somebody set it by hand, as the seeds' operators did, and believes that opens
 * are stopped. Told once for as long as the key is there.
 */
public final class HandSetKeys {

    private static final List<MirrorKey> LOOKED_AT = List.of(MirrorKey.SAFE_MODE, MirrorKey.COOLDOWN_GLOBAL);

    private final StreamNames names;
    private final Predicate<MirrorKey> isActive;
    private final BiConsumer<String, String> told;
    /** In how many looks in a row each was there: a guard that has just ended leaves its key for a moment. */
    private final Map<String, Integer> seen = new HashMap<>();

    /** @param told takes the key and what is wrong with it */
    public HandSetKeys(StreamNames names, Predicate<MirrorKey> isActive, BiConsumer<String, String> told) {
        this.names = names;
        this.isActive = isActive;
        this.told = told;
    }

    void look(RedisClient client) {
        for (MirrorKey key : LOOKED_AT) {
            String name = names.key(key, "");
            if (isActive.test(key) || !client.exists(name)) {
                seen.remove(name);
            } else if (seen.merge(name, 1, Integer::sum) == 2) {
                told.accept(
                        name,
                        "the key " + name + " was set by hand and has no effect: opens go on. To stop them:"
                                + " ./quantum pause");
            }
        }
    }
}
