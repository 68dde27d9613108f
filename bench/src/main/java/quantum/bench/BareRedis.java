package quantum.bench;

import java.util.List;
import java.util.Map;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import quantum.trader.redis.RedisAddress;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.XReadParams;
import redis.clients.jedis.resps.StreamEntry;

/** A stream between two threads, once with a consumer group and once without. */
final class BareRedis implements AutoCloseable {

    private static final String GROUPED = "floor:grouped";
    private static final String PLAIN = "floor:plain";
    private static final String GROUP = "floor";
    private static final int BLOCK_MILLIS = 500;
    private static final Map<String, String> ENTRY =
            Map.of("event_type", "floor", "payload", "x".repeat(300), "source", "bench");

    private final RedisClient producer;
    private final List<RedisClient> consumers;
    private final SynchronousQueue<Long> grouped = new SynchronousQueue<>();
    private final SynchronousQueue<Long> plain = new SynchronousQueue<>();
    private final List<Thread> threads;
    private volatile boolean stopping;
    private StreamEntryID last = new StreamEntryID("0-0");

    BareRedis(RedisAddress address) {
        producer = address.client("floor", 1);
        consumers = List.of(address.client("floor-grouped", 1), address.client("floor-plain", 1));
        producer.xgroupCreate(GROUPED, GROUP, new StreamEntryID("0-0"), true);
        threads = List.of(
                Thread.ofPlatform().name("floor-grouped").unstarted(() -> consume(this::readGrouped, grouped)),
                Thread.ofPlatform().name("floor-plain").unstarted(() -> consume(this::readPlain, plain)));
        threads.forEach(Thread::start);
    }

    private boolean readGrouped() {
        Map<String, List<StreamEntry>> found = consumers
                .getFirst()
                .xreadGroupAsMap(
                        GROUP,
                        "bench",
                        XReadGroupParams.xReadGroupParams().count(1).block(BLOCK_MILLIS),
                        Map.of(GROUPED, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
        return found != null && !found.isEmpty();
    }

    private boolean readPlain() {
        Map<String, List<StreamEntry>> found = consumers
                .getLast()
                .xreadAsMap(XReadParams.xReadParams().count(1).block(BLOCK_MILLIS), Map.of(PLAIN, last));
        if (found == null || found.isEmpty()) {
            return false;
        }
        last = found.values().iterator().next().getLast().getID();
        return true;
    }

    private void consume(Supplier<Boolean> read, SynchronousQueue<Long> seen) {
        try {
            while (!stopping) {
                if (read.get()) {
                    seen.put(System.nanoTime());
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    void measure(Floors.Found found) {
        send(GROUPED, grouped, found.hop());
        send(PLAIN, plain, found.publication());
    }

    private void send(String stream, SynchronousQueue<Long> seen, Samples samples) {
        long began = System.nanoTime();
        producer.xadd(stream, XAddParams.xAddParams().maxLen(1_000).approximateTrimming(), ENTRY);
        try {
            Long at = seen.poll(5, TimeUnit.SECONDS);
            if (at == null) {
                throw new IllegalStateException("the floor's entry was not read within 5 s");
            }
            samples.add(at - began);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        stopping = true;
        for (Thread thread : threads) {
            try {
                thread.join(TimeUnit.SECONDS.toMillis(3));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        }
        consumers.forEach(RedisClient::close);
        producer.close();
    }
}
