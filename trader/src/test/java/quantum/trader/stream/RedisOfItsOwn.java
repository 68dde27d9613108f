package quantum.trader.stream;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import quantum.trader.redis.EmbeddedRedis;
import redis.clients.jedis.RedisClient;

/** A Redis for each test, which may go and come back. */
abstract class RedisOfItsOwn {

    static final StreamNames NAMES = StreamNames.DEFAULT;

    @TempDir
    Path directory;

    EmbeddedRedis redis;
    RedisClient client;
    /** What those under test were told of their connection. */
    final List<Boolean> connected = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void bePatient() {
        Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    }

    @BeforeEach
    void start() {
        redis = EmbeddedRedis.start(directory, 0, false);
        client = redis.address().client("test", 2);
    }

    /** After {@link #stop}, where those under test look for it. */
    void startAt(int port) {
        redis = EmbeddedRedis.start(directory, port, false);
        client = redis.address().client("test", 2);
    }

    @AfterEach
    void stop() {
        client.close();
        redis.close();
    }
}
