package quantum.trader.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.redis.Backoff;
import quantum.trader.redis.Outage;
import quantum.trader.redis.RedisAddress;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Publishes recorded notices, each stream in the order of recording, on a platform thread of its own. While Redis is away
 * it keeps them and tries for ever; a stream that refuses alone waits alone. At the start, and whenever an answer was
 * lost, a notice may already be in its stream: the stream's tail is read first, so that the same notice is not published
 * twice. A Redis that came back without its last writes is given them again, under the same event ids.
 */
public final class Publisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final RedisClient client;
    private final NoticeListener listener;
    private final Map<String, Outlet> outlets;
    private final Thread thread = Thread.ofPlatform().name("publisher").unstarted(this::run);
    private volatile boolean stopping;
    private volatile boolean doubtful = true;

    /**
     * Prepares a publisher.
     *
     * @param maxLength about how many entries each stream keeps
     */
    public Publisher(
            RedisAddress address, StreamNames names, long maxLength, NoticeOutbox outbox, NoticeListener listener) {
        this.client = address.client("publisher", 1);
        this.listener = listener;
        Tails tails = new Tails(client, names, outbox);
        this.outlets = NoticeCodec.KINDS.stream()
                .collect(Collectors.toUnmodifiableMap(
                        Function.identity(),
                        kind -> new Outlet(client, names.stream(kind), kind, maxLength, tails, outbox, listener)));
    }

    /** Starts publishing. */
    public void start() {
        thread.start();
    }

    /** Queues a notice; the order of calls is the order in its stream. Never blocks. */
    public void publish(OutboxRow row) {
        outlet(row.kind()).add(row);
        LockSupport.unpark(thread);
    }

    private Outlet outlet(String kind) {
        Outlet outlet = outlets.get(kind);
        if (outlet == null) {
            throw new IllegalArgumentException("no stream for " + kind);
        }
        return outlet;
    }

    /** Redis was away or is another one: what it lost of what was published is published again. */
    public void doubt() {
        doubtful = true;
    }

    private void run() {
        Backoff backoff = new Backoff();
        Outage outage = new Outage();
        boolean away = false;
        while (!stopping || hasMore()) {
            try {
                if (doubtful) {
                    doubtful = false;
                    outlets.values().forEach(Outlet::doubt);
                }
                boolean sent = false;
                for (Outlet outlet : new ArrayList<>(outlets.values())) {
                    sent |= outlet.turn();
                }
                backoff.reset();
                outage.over();
                if (away) {
                    away = false;
                    listener.connected(true);
                }
                if (!sent && !stopping) {
                    LockSupport.parkNanos(this, LOOK_EVERY.toNanos());
                }
            } catch (JedisException | LedgerException e) {
                doubtful = true;
                String cause = outage.news(e);
                if (cause != null) {
                    log.warn("notices wait for Redis cause={}", cause);
                    listener.failing(cause);
                }
                if (!away) {
                    away = true;
                    listener.connected(false);
                }
                if (stopping) {
                    return;
                }
                backoff.await(() -> stopping);
            }
        }
    }

    /** Of what its stream takes. */
    private boolean hasMore() {
        return outlets.values().stream().anyMatch(Outlet::hasMore);
    }

    /** Publishes what is queued if Redis answers, for a few seconds; the rest is published by the next start. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        long until = System.nanoTime() + Duration.ofSeconds(3).toNanos();
        while (hasMore() && thread.isAlive() && System.nanoTime() < until) {
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
