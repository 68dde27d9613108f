package quantum.trader.stream;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.trader.ledger.OutboxRow;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;
import redis.clients.jedis.resps.StreamEntry;

/**
 * Publishes recorded notices in their order, on a platform thread of its own. While Redis is away it keeps them and
 * tries for ever. At the start, and whenever an answer was lost, a notice may already be in its stream: the stream's
 * tail is read first, so that the same notice is not published twice.
 */
public final class Publisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);
    private static final int TAIL = 5_000;

    private final RedisClient client;
    private final StreamNames names;
    private final long maxLength;
    private final Published published;
    private final ConnectionListener listener;
    private final BlockingQueue<OutboxRow> queue = new LinkedBlockingQueue<>();
    private final Map<String, Map<String, String>> tails = new HashMap<>();
    private final Thread thread = Thread.ofPlatform().name("publisher").unstarted(this::run);
    private volatile boolean stopping;

    /** Told on the publisher's thread that a notice is in its stream, under that entry id. */
    @FunctionalInterface
    public interface Published {
        void published(OutboxRow row, String entryId);
    }

    /**
     * Prepares a publisher.
     *
     * @param maxLength about how many entries each stream keeps
     */
    public Publisher(
            RedisAddress address, StreamNames names, long maxLength, Published published, ConnectionListener listener) {
        this.client = address.client("publisher", 1);
        this.names = names;
        this.maxLength = maxLength;
        this.published = published;
        this.listener = listener;
    }

    /** Starts publishing. */
    public void start() {
        thread.start();
    }

    /** Queues a notice; the order of calls is the order in the streams. Never blocks. */
    public void publish(OutboxRow row) {
        queue.add(row);
    }

    /** Notices that wait for Redis. */
    public int waiting() {
        return queue.size();
    }

    private void run() {
        Backoff backoff = new Backoff();
        try {
            while (!stopping || !queue.isEmpty()) {
                OutboxRow row = queue.take();
                String id = send(row, backoff);
                if (id == null) {
                    return;
                }
                published.published(row, id);
            }
        } catch (InterruptedException _) {
            // Only close() interrupts, and only once the queue is empty or out of time.
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable String send(OutboxRow row, Backoff backoff) {
        boolean lost = false;
        while (true) {
            try {
                String id = add(row);
                backoff.reset();
                if (lost) {
                    listener.connected(true);
                }
                return id;
            } catch (JedisException e) {
                if (!lost) {
                    log.warn("notices wait for Redis cause={}", e.getMessage());
                    lost = true;
                    listener.connected(false);
                }
                tails.clear();
                if (stopping) {
                    return null;
                }
                backoff.await(() -> stopping);
            }
        }
    }

    private String add(OutboxRow row) {
        String stream = names.stream(row.kind());
        Map<String, String> tail = tails.computeIfAbsent(stream, this::tail);
        String known = tail.get(row.eventId());
        if (known != null) {
            return known;
        }
        XAddParams params = XAddParams.xAddParams().maxLen(maxLength).approximateTrimming();
        return client.xadd(stream, params, NoticeCodec.fields(row)).toString();
    }

    private Map<String, String> tail(String stream) {
        Map<String, String> tail = new HashMap<>();
        for (StreamEntry entry : client.xrevrange(stream, "+", "-", TAIL)) {
            String event = entry.getFields().get("event_id");
            if (event != null) {
                tail.put(event, entry.getID().toString());
            }
        }
        return tail;
    }

    /** Publishes what is queued if Redis answers, for a few seconds; the rest is published by the next start. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (!queue.isEmpty() && thread.isAlive() && System.nanoTime() < until) {
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
