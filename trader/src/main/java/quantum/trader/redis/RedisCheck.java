package quantum.trader.redis;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/** Whether a Redis can be used, and what about its settings can lose messages. */
public final class RedisCheck {

    private static final Pattern VERSION = Pattern.compile("redis_version:(([0-9]+)\\.[0-9.]+)");
    private static final int OLDEST = 7;

    private RedisCheck() {}

    /** What was found; losses are settings by which messages get lost, each with its remedy. */
    public record Findings(String version, List<String> losses, List<String> warnings) {

        /**
         * Refuses a server that may lose messages, where they are about real money (F27).
         *
         * @throws RedisUnavailable naming the settings
         */
        public void requireLossless() {
            if (!losses.isEmpty()) {
                throw new RedisUnavailable(
                        "this Redis may lose messages, which mode live does not allow: " + String.join("; ", losses)
                                + " in its configuration, and start again",
                        null);
            }
        }
    }

    /**
     * Asks the server about itself.
     *
     * @throws RedisUnavailable if it cannot be reached, refuses us, or is too old
     */
    public static Findings run(RedisAddress address) {
        try (RedisClient client = address.client("check", 1)) {
            client.ping();
            String version = version(client);
            List<String> losses = new ArrayList<>();
            List<String> warnings = new ArrayList<>();
            judge(client, losses, warnings);
            return new Findings(version, List.copyOf(losses), List.copyOf(warnings));
        } catch (JedisConnectionException e) {
            throw new RedisUnavailable.Away(
                    "Redis at " + address + " cannot be reached; start it, or set redis.url", e);
        } catch (JedisException e) {
            String refusal = String.valueOf(e.getMessage());
            if (refusal.startsWith("LOADING")) {
                throw new RedisUnavailable.Away("Redis at " + address + " is still loading; wait for it", e);
            }
            throw new RedisUnavailable("Redis at " + address + " refuses: " + e.getMessage(), e);
        }
    }

    private static String version(RedisClient client) {
        Matcher matcher = VERSION.matcher(client.info("server"));
        if (!matcher.find()) {
            throw new RedisUnavailable("what answers does not say that it is Redis; set redis.url", null);
        }
        if (Integer.parseInt(matcher.group(2)) < OLDEST) {
            throw new RedisUnavailable(
                    "Redis " + matcher.group(1) + " is too old; version " + OLDEST + " or newer is needed", null);
        }
        return matcher.group(1);
    }

    private static void judge(RedisClient client, List<String> losses, List<String> warnings) {
        try {
            Map<String, String> config = client.configGet("appendonly", "appendfsync", "maxmemory-policy");
            if (!"yes".equals(config.get("appendonly"))) {
                losses.add("appendonly is off: messages are lost when Redis stops; set appendonly yes");
            } else if ("no".equals(config.get("appendfsync"))) {
                losses.add("appendfsync is no: messages of the last seconds can be lost; set it to everysec or always");
            }
            String policy = config.get("maxmemory-policy");
            if (!"noeviction".equals(policy)) {
                losses.add("maxmemory-policy is " + policy + ": streams can be evicted; set it to noeviction");
            }
        } catch (JedisDataException _) {
            warnings.add("the settings of Redis may not be read by this user; check appendonly and maxmemory-policy");
        }
    }
}
