package quantum.trader.redis;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.ConnectionFactory;
import redis.clients.jedis.ConnectionPoolConfig;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.SslOptions;
import redis.clients.jedis.providers.PooledConnectionProvider;
import redis.clients.jedis.util.JedisURIHelper;

/**
 * Where Redis is, {@code redis://user:password@host:port/db} or {@code rediss://}, and how clients of it are made: each
 * with its own small pool and a limit on every wait. Jedis by default waits for ever on a frozen server.
 */
public record RedisAddress(URI uri) {

    private static final int CONNECT_MILLIS = 1_000;
    private static final int COMMAND_MILLIS = 2_000;
    private static final int GRACE_MILLIS = 2_000;

    public RedisAddress {
        if (!JedisURIHelper.isValid(uri)
                || !(JedisURIHelper.isRedisScheme(uri) || JedisURIHelper.isRedisSSLScheme(uri))) {
            throw new IllegalArgumentException("a Redis address looks like redis://user:password@host:port/db");
        }
    }

    /**
     * Reads an address.
     *
     * @throws IllegalArgumentException without the text, which may hold a password
     */
    public static RedisAddress of(String url) {
        URI uri;
        try {
            uri = URI.create(url.strip());
        } catch (IllegalArgumentException _) {
            throw new IllegalArgumentException("a Redis address looks like redis://user:password@host:port/db");
        }
        return new RedisAddress(uri);
    }

    static RedisAddress local(int port, @Nullable String password) {
        String access = password == null ? "" : ":" + password + "@";
        return of("redis://" + access + "127.0.0.1:" + port + "/0");
    }

    @Nullable
    String password() {
        return JedisURIHelper.getPassword(uri);
    }

    /** A client for commands that answer at once; at most so many at the same time. */
    public RedisClient client(String name, int connections) {
        return build(name, connections, COMMAND_MILLIS);
    }

    /** A client for one reader that waits for messages up to {@code block}. */
    public RedisClient blocking(String name, Duration block) {
        return build(name, 1, Math.toIntExact(block.toMillis()) + GRACE_MILLIS);
    }

    private RedisClient build(String name, int connections, int blockingMillis) {
        ConnectionPoolConfig pool = new ConnectionPoolConfig();
        pool.setMaxTotal(connections);
        pool.setMaxIdle(connections);
        pool.setMinIdle(0);
        pool.setMaxWait(Duration.ofMillis(COMMAND_MILLIS));
        String user = JedisURIHelper.getUser(uri);
        DefaultJedisClientConfig config = DefaultJedisClientConfig.builder()
                .connectionTimeoutMillis(CONNECT_MILLIS)
                .socketTimeoutMillis(COMMAND_MILLIS)
                .blockingSocketTimeoutMillis(blockingMillis)
                .user(user == null || user.isEmpty() ? null : user)
                .password(JedisURIHelper.getPassword(uri))
                .database(JedisURIHelper.getDBIndex(uri))
                .sslOptions(JedisURIHelper.isRedisSSLScheme(uri) ? SslOptions.defaults() : null)
                .autoNegotiateProtocol(false)
                .clientName("quantum-" + name)
                .build();
        JedisSocketFactory sockets = new DefaultJedisSocketFactory(JedisURIHelper.getHostAndPort(uri), config);
        ConnectionFactory factory = ConnectionFactory.builder()
                .clientConfig(config)
                .socketFactory(sockets)
                .connectionBuilder(new Replies.Connections(sockets, config))
                .build();
        return RedisClient.builder()
                .connectionProvider(new PooledConnectionProvider(factory, pool))
                .build();
    }

    /** Without the password. */
    @Override
    public String toString() {
        return uri.getScheme() + "://" + uri.getHost() + ":"
                + JedisURIHelper.getHostAndPort(uri).getPort() + "/" + JedisURIHelper.getDBIndex(uri);
    }
}
