package quantum.trader.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.redis.KeyRefused;
import quantum.trader.redis.Replies;
import redis.clients.jedis.AbstractTransaction;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisConnectionException;
import redis.clients.jedis.exceptions.JedisDataException;

/**
 * The way of one kind of notice into its stream. What the key of that stream refuses is its own matter: somebody may have
 * put another value in its place. Beyond a few hundred only the ids of what waits are held; the ledger has the rest.
 */
final class Outlet {

    private static final Logger log = LoggerFactory.getLogger(Outlet.class);
    private static final int BATCH = 256;
    private static final int READ_AT_ONCE = 64;
    private static final int HELD = 512;
    private static final int MOST_FORGED = 1_000;
    private static final Duration AGAIN = Duration.ofSeconds(1);

    private final RedisClient client;
    private final String stream;
    private final String kind;
    private final long maxLength;
    private final Tails tails;
    private final NoticeOutbox outbox;
    private final NoticeListener listener;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger queued = new AtomicInteger();
    private final TreeSet<Long> lost = new TreeSet<>();
    private final Set<String> forged = new HashSet<>();
    private boolean doubtful = true;
    private volatile boolean blocked;
    private long againAtNanos;
    private long sent;

    private record Waiting(long id, @Nullable OutboxRow row) {}

    Outlet(
            RedisClient client,
            String stream,
            String kind,
            long maxLength,
            Tails tails,
            NoticeOutbox outbox,
            NoticeListener listener) {
        this.client = client;
        this.stream = stream;
        this.kind = kind;
        this.maxLength = maxLength;
        this.tails = tails;
        this.outbox = outbox;
        this.listener = listener;
    }

    /** Any thread may call. */
    void add(OutboxRow row) {
        queue.add(new Waiting(row.id(), queued.getAndIncrement() < HELD ? row : null));
    }

    boolean hasMore() {
        return !blocked && !queue.isEmpty();
    }

    /** What was read of the stream is not believed any more. */
    void doubt() {
        doubtful = true;
    }

    /** Publishes some of what waits; false if nothing did. */
    boolean turn() {
        if (blocked && System.nanoTime() - againAtNanos < 0) {
            return false;
        }
        try {
            if (doubtful) {
                compare();
                doubtful = false;
            }
            List<OutboxRow> rows = next();
            if (!rows.isEmpty()) {
                send(rows);
            }
            if (blocked) {
                blocked = false;
                listener.blocked(stream, "");
            }
            return !rows.isEmpty();
        } catch (JedisDataException e) {
            doubtful = true;
            if (!KeyRefused.isOfTheKey(e)) {
                throw e;
            }
            againAtNanos = System.nanoTime() + AGAIN.toNanos();
            if (!blocked) {
                blocked = true;
                log.error("{} takes nothing cause={}", stream, e.getMessage());
                listener.blocked(stream, String.valueOf(e.getMessage()));
            }
            return false;
        }
    }

    /** What Redis lost comes before what it has not had yet. */
    private void compare() {
        tails.forget(kind);
        int before = lost.size();
        lost.addAll(tails.lost(kind, sent));
        if (lost.size() > before) {
            log.warn("notices that Redis lost are published again stream={} count={}", stream, lost.size());
        }
    }

    private List<OutboxRow> next() {
        if (!lost.isEmpty()) {
            return outbox.rows(lost.stream().limit(READ_AT_ONCE).toList());
        }
        List<OutboxRow> rows = new ArrayList<>();
        List<Long> others = new ArrayList<>();
        for (Waiting waiting : queue) {
            OutboxRow row = waiting.row();
            if (row != null && others.isEmpty() && rows.size() < BATCH) {
                rows.add(row);
            } else if (row == null && rows.isEmpty() && others.size() < READ_AT_ONCE) {
                others.add(waiting.id());
            } else {
                break;
            }
        }
        return others.isEmpty() ? rows : outbox.rows(others);
    }

    /** They stay where they wait until they are in their stream. */
    private void send(List<OutboxRow> rows) {
        Map<OutboxRow, String> entries = add(rows);
        for (OutboxRow row : rows) {
            if (!lost.remove(row.id())) {
                queue.remove();
                queued.decrementAndGet();
                sent = row.id();
            }
            outbox.published(row, Objects.requireNonNull(entries.get(row)));
        }
    }

    /** All or none, in their order, and on disk with one write: a Redis that syncs each write takes milliseconds for it. */
    private Map<OutboxRow, String> add(List<OutboxRow> rows) {
        Map<OutboxRow, String> entries = new HashMap<>();
        Map<OutboxRow, Response<Object>> added = new LinkedHashMap<>();
        for (OutboxRow row : rows) {
            String known = tails.entryOf(row);
            if (known != null) {
                entries.put(row, known);
            } else {
                tellForgery(row);
            }
        }
        if (entries.size() == rows.size()) {
            return entries;
        }
        try (AbstractTransaction transaction = client.multi()) {
            for (OutboxRow row : rows) {
                if (!entries.containsKey(row)) {
                    added.put(row, transaction.sendCommand(entry(row)));
                }
            }
            if (transaction.exec() == null) {
                throw new JedisConnectionException("the transaction was not carried out");
            }
        } catch (JedisDataException e) {
            tellWhy(e);
            throw e;
        }
        added.forEach((row, response) -> entries.put(row, Replies.text(response.get())));
        return entries;
    }

    /** What is discarded is not told why; an entry that no stream takes is refused for the same cause, if there is one. */
    private void tellWhy(JedisDataException e) {
        if (String.valueOf(e.getMessage()).startsWith("EXECABORT")) {
            try {
                client.executeCommand(new CommandArguments(Command.XADD).addObjects(stream, "0-0", "entry", "none"));
            } catch (JedisDataException cause) {
                if (!String.valueOf(cause.getMessage()).contains("must be greater than 0-0")) {
                    throw cause;
                }
            }
        }
    }

    private CommandArguments entry(OutboxRow row) {
        CommandArguments command = new CommandArguments(Command.XADD).addObjects(stream, "MAXLEN", "~", maxLength, "*");
        NoticeCodec.fields(row).forEach(command::addObjects);
        return command;
    }

    private void tellForgery(OutboxRow row) {
        String entry = tails.forgeryOf(row);
        if (entry != null && forged.size() < MOST_FORGED && forged.add(entry)) {
            listener.forged(stream, row.eventId(), entry);
        }
    }
}
