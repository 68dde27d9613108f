package quantum.trader.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.trader.ledger.LedgerException;
import quantum.trader.ledger.OutboxRow;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.XAddParams;

/**
 * Publishes recorded notices in their order, on a platform thread of its own. While Redis is away it keeps them and
 * tries for ever. At the start, and whenever an answer was lost, a notice may already be in its stream: the stream's
 * tail is read first, so that the same notice is not published twice. A Redis that came back without its last writes is
 * given them again, under the same event ids.
 */
public final class Publisher implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Publisher.class);
    private static final int BATCH = 256;
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final RedisClient client;
    private final StreamNames names;
    private final long maxLength;
    private final Outbox outbox;
    private final ConnectionListener listener;
    private final Queue<OutboxRow> queue = new ConcurrentLinkedQueue<>();
    private final Tails tails;
    private final TreeMap<Long, OutboxRow> lost = new TreeMap<>();
    private final Thread thread = Thread.ofPlatform().name("publisher").unstarted(this::run);
    private volatile boolean stopping;
    private volatile boolean doubtful = true;
    private long sent;

    /** What is recorded; called on the publisher's thread. */
    public interface Outbox {

        /** A notice is in its stream, under that entry id. */
        void published(OutboxRow row, String entryId);

        /** Notices of a kind with a smaller id than {@code before}, the latest first. */
        List<OutboxRow> recorded(String kind, long before, int limit);
    }

    /**
     * Prepares a publisher.
     *
     * @param maxLength about how many entries each stream keeps
     */
    public Publisher(
            RedisAddress address, StreamNames names, long maxLength, Outbox outbox, ConnectionListener listener) {
        this.client = address.client("publisher", 1);
        this.names = names;
        this.tails = new Tails(client, names);
        this.maxLength = maxLength;
        this.outbox = outbox;
        this.listener = listener;
    }

    /** Starts publishing. */
    public void start() {
        thread.start();
    }

    /** Queues a notice; the order of calls is the order in the streams. Never blocks. */
    public void publish(OutboxRow row) {
        queue.add(row);
        LockSupport.unpark(thread);
    }

    /** Notices that wait for Redis. */
    public int waiting() {
        return queue.size();
    }

    /** Redis was away or is another one: what it lost of what was published is published again. */
    public void doubt() {
        doubtful = true;
    }

    private void run() {
        Backoff backoff = new Backoff();
        boolean away = false;
        while (!stopping || !queue.isEmpty()) {
            try {
                if (doubtful) {
                    doubtful = false;
                    compare();
                }
                List<OutboxRow> rows = next();
                if (!rows.isEmpty() && !doubtful) {
                    send(rows);
                }
                backoff.reset();
                if (away) {
                    away = false;
                    listener.connected(true);
                }
            } catch (JedisException | LedgerException e) {
                doubtful = true;
                if (!away) {
                    log.warn("notices wait for Redis cause={}", e.getMessage());
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

    /** What Redis lost comes before what it has not had yet. */
    private void compare() {
        tails.forget();
        int before = lost.size();
        tails.lost(outbox, sent).forEach(row -> lost.putIfAbsent(row.id(), row));
        if (lost.size() > before) {
            log.warn("notices that Redis lost are published again count={}", lost.size());
        }
    }

    private List<OutboxRow> next() {
        if (!lost.isEmpty()) {
            return first(lost.values());
        }
        if (queue.isEmpty() && !stopping) {
            LockSupport.parkNanos(this, LOOK_EVERY.toNanos());
        }
        return first(queue);
    }

    private static List<OutboxRow> first(Collection<OutboxRow> rows) {
        List<OutboxRow> first = new ArrayList<>();
        Iterator<OutboxRow> all = rows.iterator();
        while (all.hasNext() && first.size() < BATCH) {
            first.add(all.next());
        }
        return first;
    }

    /** They stay where they wait until they are in their streams. */
    private void send(List<OutboxRow> rows) {
        Map<OutboxRow, String> entries = add(rows);
        for (OutboxRow row : rows) {
            if (lost.remove(row.id()) == null) {
                queue.remove();
                sent = row.id();
            }
            outbox.published(row, Objects.requireNonNull(entries.get(row)));
        }
    }

    /** All or none, in their order, and on disk with one write: a Redis that syncs each write takes milliseconds for it. */
    private Map<OutboxRow, String> add(List<OutboxRow> rows) {
        Map<OutboxRow, String> entries = new HashMap<>();
        Map<OutboxRow, Response<StreamEntryID>> added = new LinkedHashMap<>();
        XAddParams params = XAddParams.xAddParams().maxLen(maxLength).approximateTrimming();
        try (AbstractTransaction transaction = client.multi()) {
            for (OutboxRow row : rows) {
                String known = tails.entryOf(row);
                if (known == null) {
                    added.put(row, transaction.xadd(names.stream(row.kind()), params, NoticeCodec.fields(row)));
                } else {
                    entries.put(row, known);
                }
            }
            transaction.exec();
        }
        added.forEach((row, response) -> entries.put(row, response.get().toString()));
        return entries;
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
