package quantum.trader.stream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Effect;
import quantum.decision.Effect.MirrorKey;
import quantum.trader.redis.Backoff;
import quantum.trader.redis.Outage;
import quantum.trader.redis.RedisAddress;
import redis.clients.jedis.AbstractPipeline;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.Response;
import redis.clients.jedis.exceptions.JedisException;
import redis.clients.jedis.params.SetParams;

/**
 * Shows in Redis what the guards remember, for the operators' {@code redis-cli} commands (docs/streams.md). Written and
 * never believed: a key that somebody deleted or changed comes back, since the guard behind it is still active. Every
 * key has a lifetime. One platform thread talks to Redis; of several changes of a key only the latest is written.
 */
public final class KeyMirror implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(KeyMirror.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(3);
    private static final int PAGE = 500;
    private static final Set<MirrorKey> SAFETY =
            Set.of(MirrorKey.SAFE_MODE, MirrorKey.COOLDOWN_GLOBAL, MirrorKey.COOLDOWN_SYMBOL);

    private final RedisClient client;
    private final StreamNames names;
    private final HandSetKeys handSet;
    private final Map<String, Wanted> dirty = new ConcurrentHashMap<>();
    private final Map<String, Wanted> active = new ConcurrentHashMap<>();
    private final Thread thread =
            Thread.ofPlatform().name("key-mirror").daemon().unstarted(this::run);
    private volatile boolean stopping;

    private record Wanted(MirrorKey key, String value, long untilNanos) {
        long millisLeft() {
            return Duration.ofNanos(untilNanos - System.nanoTime()).toMillis();
        }
    }

    public KeyMirror(RedisAddress address, StreamNames names, HandSetKeys handSet) {
        this.client = address.client("mirror", 1);
        this.names = names;
        this.handSet = handSet;
    }

    /** Starts writing. */
    public void start() {
        thread.start();
    }

    /** Shows or removes a key; never blocks. */
    public void apply(Effect.Mirror mirror) {
        long until = System.nanoTime() + mirror.lifetime().toNanos();
        dirty.put(names.key(mirror.key(), mirror.subject()), new Wanted(mirror.key(), mirror.value(), until));
        LockSupport.unpark(thread);
    }

    private void run() {
        Backoff backoff = new Backoff();
        Outage outage = new Outage();
        long lookAt = System.nanoTime() + LOOK_EVERY.toNanos();
        while (!stopping) {
            try {
                writeDirty();
                if (System.nanoTime() - lookAt >= 0) {
                    restoreMissing();
                    handSet.look(client);
                    lookAt = System.nanoTime() + LOOK_EVERY.toNanos();
                }
                backoff.reset();
                outage.over();
                if (dirty.isEmpty()) {
                    LockSupport.parkNanos(this, LOOK_EVERY.toNanos() / 10);
                }
            } catch (JedisException e) {
                String cause = outage.news(e);
                if (cause != null) {
                    log.warn("mirrored keys wait for Redis cause={}", cause);
                }
                backoff.await(() -> stopping);
            }
        }
    }

    private void writeDirty() {
        Map<String, Wanted> changes = Map.copyOf(dirty);
        if (changes.isEmpty()) {
            return;
        }
        List<Response<?>> answers = new ArrayList<>();
        try (AbstractPipeline pipeline = client.pipelined()) {
            changes.forEach((name, wanted) -> answers.add(write(pipeline, name, wanted)));
            pipeline.sync();
        }
        // A refusal is thrown here, and all of them are tried again.
        answers.forEach(Response::get);
        changes.forEach(dirty::remove);
    }

    private Response<?> write(AbstractPipeline pipeline, String name, Wanted wanted) {
        long left = wanted.millisLeft();
        if (left <= 0) {
            active.remove(name);
            return pipeline.del(name);
        }
        // There may be thousands of these, one an intent; a lost one misleads nobody for long.
        if (wanted.key() != MirrorKey.PROCESSED) {
            active.put(name, wanted);
        }
        return pipeline.set(name, wanted.value(), SetParams.setParams().px(left));
    }

    private void restoreMissing() {
        active.values().removeIf(wanted -> wanted.millisLeft() <= 0);
        List<String> keys = new ArrayList<>(active.keySet());
        for (int from = 0; from < keys.size(); from += PAGE) {
            restoreMissing(keys.subList(from, Math.min(keys.size(), from + PAGE)));
        }
    }

    private void restoreMissing(List<String> keys) {
        List<String> values = client.mget(keys.toArray(String[]::new));
        for (int i = 0; i < keys.size(); i++) {
            Wanted wanted = active.get(keys.get(i));
            if (wanted != null && !wanted.value().equals(values.get(i)) && !dirty.containsKey(keys.get(i))) {
                dirty.put(keys.get(i), wanted);
                if (SAFETY.contains(wanted.key())) {
                    String guard = keys.get(i)
                            .substring(names.key(MirrorKey.SAFE_MODE, "").lastIndexOf(':') + 1);
                    log.warn(
                            "key {} was deleted and is back, the guard behind it is active;"
                                    + " to end it: ./quantum safety clear {} --why TEXT",
                            keys.get(i),
                            guard);
                }
            }
        }
    }

    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        client.close();
    }
}
