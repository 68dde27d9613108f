package quantum.trader.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import quantum.trader.redis.Backoff;
import quantum.trader.redis.RedisAddress;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Acknowledges messages in batches, on its own thread and connection. A lost acknowledgement is harmless: the message
 * comes again and is counted as a duplicate.
 */
final class Acknowledger implements AutoCloseable {

    private static final int BATCH = 500;
    private static final Duration WAIT = Duration.ofMillis(250);

    private final RedisClient client;
    private final IntentGroup group;
    private final Consumer<Set<String>> acknowledged;
    private final BlockingQueue<String> queue = new LinkedBlockingQueue<>();
    private final Thread thread = Thread.ofPlatform().name("intent-ack").unstarted(this::run);
    private volatile boolean stopping;

    Acknowledger(RedisAddress address, StreamNames names, String consumer, Consumer<Set<String>> acknowledged) {
        this.client = address.client("ack", 1);
        this.group = new IntentGroup(client, names, consumer);
        this.acknowledged = acknowledged;
    }

    void start() {
        thread.start();
    }

    void ack(String messageId) {
        queue.add(messageId);
    }

    private void run() {
        Backoff backoff = new Backoff();
        while (!stopping || !queue.isEmpty()) {
            Set<String> ids = next();
            while (!ids.isEmpty()) {
                try {
                    group.acknowledge(ids);
                    acknowledged.accept(ids);
                    backoff.reset();
                    ids = Set.of();
                } catch (JedisException _) {
                    if (stopping) {
                        return;
                    }
                    backoff.await(() -> stopping);
                }
            }
        }
    }

    private Set<String> next() {
        List<String> ids = new ArrayList<>();
        try {
            String first = queue.poll(WAIT.toMillis(), TimeUnit.MILLISECONDS);
            if (first != null) {
                ids.add(first);
                queue.drainTo(ids, BATCH);
            }
        } catch (InterruptedException _) {
            // Only close() interrupts, and what is queued is still to be sent.
            queue.drainTo(ids, BATCH);
        }
        return new HashSet<>(ids);
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        thread.interrupt();
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
