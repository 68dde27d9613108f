package quantum.trader.stream;

import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.record.Notice.Severity;
import quantum.trader.redis.Backoff;
import quantum.trader.redis.KeyRefused;
import quantum.trader.redis.Outage;
import quantum.trader.redis.RedisAddress;
import redis.clients.jedis.RedisClient;

/**
 * Reads intents on a platform thread of its own and hands each to the receiver, never more than it has credit for: a
 * flood waits in Redis, where it costs nothing and delays no fill. What was delivered and not acknowledged comes first,
 * then what dead consumers left, then new entries. If Redis goes away it goes on where it was when Redis is back.
 */
public final class IntentSource implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(IntentSource.class);
    private static final Duration BLOCK = Duration.ofMillis(500);
    private static final Duration CLAIM_EVERY = Duration.ofSeconds(30);
    private static final Duration MEASURE_EVERY = Duration.ofSeconds(2);
    private static final int PAGE = 50;

    private final RedisClient client;
    private final IntentGroup group;
    private final PublishedTail reports;
    private final IntentReceiver receiver;
    private final Semaphore credits = new Semaphore(0);
    private final Set<String> inHand = new HashSet<>();
    private final Queue<Set<String>> acknowledged = new ConcurrentLinkedQueue<>();
    private final AtomicLong vanished = new AtomicLong();
    private final Trimming trimming = new Trimming();
    private final Elsewhere elsewhere;
    private final String stream;
    private final Acknowledger acknowledger;
    private final Outage outage = new Outage();
    private final Thread thread = Thread.ofPlatform().name("intent-reader").unstarted(this::run);
    private volatile boolean stopping;
    private volatile IntentBacklog backlog = new IntentBacklog(-1, 0);
    private volatile long lastTurnNanos = System.nanoTime();
    private long claimAtNanos;
    private long measureAtNanos;
    private Link link = Link.UNKNOWN;
    private boolean refused;

    /** What was told of Redis; unknown at the start and where another one may answer. */
    private enum Link {
        UNKNOWN,
        UP,
        DOWN
    }

    /**
     * Prepares a reader; nothing is read before {@link #start} and without credit.
     *
     * @param consumer the stable name of this instance, for example {@code execution-1}
     */
    public IntentSource(RedisAddress address, StreamNames names, String consumer, IntentReceiver receiver) {
        this.client = address.blocking("intents", BLOCK);
        this.group = new IntentGroup(client, names, consumer);
        this.stream = names.intents();
        this.elsewhere = new Elsewhere(consumer);
        this.reports = new PublishedTail(client, names);
        this.receiver = receiver;
        this.acknowledger = new Acknowledger(address, names, consumer, acknowledged::add);
    }

    /** Starts reading. */
    public void start() {
        acknowledger.start();
        thread.start();
    }

    /** Allows so many more messages; one is returned for each that has been handled. */
    public void credit(int messages) {
        credits.release(messages);
    }

    /** The message has its ending; Redis is told a moment later, on another connection. */
    public void ack(String messageId) {
        acknowledger.ack(messageId);
    }

    public IntentBacklog backlog() {
        return backlog;
    }

    /** Pending entries that were deleted or trimmed away unread. */
    public long vanished() {
        return vanished.get();
    }

    /** How long ago the reader last made progress, with or without a message; it waits at most for credit. */
    public Duration sinceLastTurn() {
        return Duration.ofNanos(System.nanoTime() - lastTurnNanos);
    }

    private void run() {
        Backoff backoff = new Backoff();
        while (!stopping) {
            try {
                begin();
                backoff.reset();
                deliverNew();
            } catch (RuntimeException e) {
                if (!stopping) {
                    failed(e);
                }
                backoff.await(() -> stopping);
            }
        }
    }

    private void begin() {
        receiver.beforeReading();
        String known = receiver.position();
        String start = group.ensure(known);
        free();
        if (start != null) {
            elsewhere.moved();
        }
        if (start != null && !"0".equals(known)) {
            receiver.regrouped(start);
        }
        reports.compareWith(receiver);
        become(Link.UP);
        outage.over();
        claimAtNanos = System.nanoTime();
        deliverOwn();
    }

    private void become(Link now) {
        if (link != now) {
            link = now;
            receiver.connected(now == Link.UP);
        }
    }

    private void failed(RuntimeException e) {
        if (e instanceof KeyRefused) {
            // Redis is there, as everybody else sees.
            become(Link.UP);
            link = Link.UNKNOWN;
            refuse(String.valueOf(e.getMessage()));
        } else if (link == Link.UP && KeyRefused.isGone(e)) {
            log.warn("the stream of intents or its group is gone and is looked for cause={}", e.getMessage());
            link = Link.UNKNOWN;
        } else {
            String cause = outage.news(e);
            if (cause != null) {
                log.warn("intents cannot be read and are tried again cause={}", cause, Outage.isForeseen(e) ? null : e);
                receiver.failing(cause);
            }
            become(Link.DOWN);
        }
    }

    private void refuse(String cause) {
        if (!refused) {
            refused = true;
            log.error("{} gives no intents cause={}", stream, cause);
            receiver.noticed(
                    "stream-blocked:" + stream,
                    Severity.CRITICAL,
                    "the key " + stream + " gives no intents: " + cause
                            + "; they wait, and everything else goes on. Put it right: redis-cli DEL or RENAME it");
        }
    }

    private void free() {
        if (refused) {
            refused = false;
            receiver.noticed("stream-free:" + stream, Severity.INFO, stream + " is read again");
        }
    }

    private void deliverOwn() {
        String next = "0-0";
        for (boolean end = false; !end && !stopping; ) {
            int count = take();
            if (count > 0) {
                String from = next;
                IntentGroup.Page page = deliver(count, () -> group.own(from, count));
                next = page.next();
                end = page.end();
            }
        }
    }

    private void deliverNew() {
        while (!stopping) {
            maintain();
            int count = take();
            if (count > 0) {
                deliver(count, () -> new IntentGroup.Page(group.fresh(count, (int) BLOCK.toMillis()), "", false));
            }
        }
    }

    private void maintain() {
        long now = System.nanoTime();
        if (now - claimAtNanos >= 0) {
            String next = "0-0";
            for (boolean end = false; !end && !stopping; ) {
                int count = take();
                if (count > 0) {
                    String from = next;
                    IntentGroup.Page page = deliver(count, () -> group.claim(from, count));
                    next = page.next();
                    end = page.end();
                }
            }
            group.forgetDeadConsumers();
            claimAtNanos = now + CLAIM_EVERY.toNanos();
        }
        if (now - measureAtNanos >= 0) {
            measure();
            measureAtNanos = now + MEASURE_EVERY.toNanos();
        }
    }

    private void measure() {
        Standing standing = group.standing();
        if (standing.isBeyondTheStream()) {
            String start = group.moveBack(receiver.position());
            receiver.noticed(
                    "group-beyond-stream",
                    Severity.CRITICAL,
                    "the group stood at " + standing.delivered() + ", beyond the last entry " + standing.last()
                            + ": what came since was not delivered; it is read now, after " + start);
            standing = group.standing();
            elsewhere.moved();
        }
        elsewhere.look(standing, group.pendingByConsumer(), inHand.size(), receiver);
        elsewhere.corrected(trimming.look(standing, group, receiver));
        backlog = standing.backlog();
    }

    /**
     * Delivers a page and gives back the credit it did not need, also where reading or handing over fails. Out of hand is
     * what was acknowledged before the page is read: what is acknowledged after may still lie in it.
     */
    private IntentGroup.Page deliver(int count, Supplier<IntentGroup.Page> read) {
        for (Set<String> ids = acknowledged.poll(); ids != null; ids = acknowledged.poll()) {
            inHand.removeAll(ids);
        }
        int handed = 0;
        try {
            IntentGroup.Page page = read.get();
            for (IntentMessage message : page.messages()) {
                handed += hand(message) ? 1 : 0;
            }
            return page;
        } finally {
            credits.release(count - handed);
        }
    }

    /** What is in hand already is not handed over twice; what the receiver failed to take is read again. */
    private boolean hand(IntentMessage message) {
        if (!inHand.add(message.id())) {
            return false;
        }
        boolean taken = false;
        try {
            receive(message);
            taken = true;
            elsewhere.handed();
            if (message.fields().isEmpty()) {
                vanished.incrementAndGet();
            }
        } finally {
            if (!taken) {
                inHand.remove(message.id());
            }
        }
        return true;
    }

    /** What fails at one message is that message's matter; the next one may be an exit. */
    private void receive(IntentMessage message) {
        try {
            receiver.received(message);
        } catch (RuntimeException e) {
            if (Outage.isForeseen(e)) {
                throw e;
            }
            log.error("message {} could not be handed over and becomes a dead letter", message.id(), e);
            receiver.unreadable(message, e.toString());
        }
    }

    /** As many credits as there are, up to a page; 0 after a while without any. */
    private int take() {
        lastTurnNanos = System.nanoTime();
        try {
            if (!credits.tryAcquire(BLOCK.toMillis(), TimeUnit.MILLISECONDS)) {
                return 0;
            }
        } catch (InterruptedException _) {
            return 0;
        }
        int more = Math.min(PAGE - 1, credits.availablePermits());
        return more > 0 && credits.tryAcquire(more) ? more + 1 : 1;
    }

    /** Stops reading; messages in hand are not acknowledged by this. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        thread.interrupt();
        try {
            thread.join(BLOCK.plusSeconds(3).toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        acknowledger.close();
        client.close();
    }
}
