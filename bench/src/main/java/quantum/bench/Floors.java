package quantum.bench;

import java.nio.file.Path;
import quantum.trader.redis.RedisAddress;

/** What the same steps cost bare, on the same machine, Redis and disk, and in the same minutes. */
final class Floors implements AutoCloseable {

    private final BareRedis redis;
    private final BareCommit commit;
    private final BareRequest request = new BareRequest();
    private final BareFrame frame = new BareFrame();

    /**
     * What was found.
     *
     * @param hop XADD on one thread until XREADGROUP has it on another
     * @param publication XADD on one thread until XREAD has it on another
     * @param commit one row of about 300 bytes, committed to the disk
     * @param oneWay a request until its handler runs
     * @param roundTrip a request until its reply is here
     * @param frame a WebSocket frame until its listener has it
     */
    record Found(Samples hop, Samples publication, Samples commit, Samples oneWay, Samples roundTrip, Samples frame) {
        Found() {
            this(new Samples(), new Samples(), new Samples(), new Samples(), new Samples(), new Samples());
        }
    }

    Floors(RedisAddress address, Path directory) {
        redis = new BareRedis(address);
        commit = new BareCommit(directory.resolve("floor.db"));
    }

    /** One of each. */
    void measure(Found found) {
        redis.measure(found);
        commit.measure(found);
        request.measure(found);
        frame.measure(found);
    }

    @Override
    public void close() {
        frame.close();
        request.close();
        commit.close();
        redis.close();
    }
}
