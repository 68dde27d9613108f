package quantum.trader.stream;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.trader.ledger.AccountOwned;
import quantum.trader.redis.RedisAddress;
import quantum.trader.redis.Replies;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.exceptions.JedisException;

/**
 * The right to read the streams of a prefix and to own the account behind them, lent by Redis for some seconds and renewed
 * each second. It names the data directory, so that the next life of the same ledger takes it over at once, and the
 * process. Without Redis nobody knows who has it: what is held is protected on, and nothing opens until it is known.
 */
public final class AccountLease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(AccountLease.class);
    private static final Duration LENT = Duration.ofSeconds(10);
    /** So long before its end it is not relied on any more. */
    private static final Duration MARGIN = Duration.ofSeconds(3);

    private static final Duration TURN = Duration.ofSeconds(1);
    /** A key ends once; whoever meets more changes than that is not told anything certain. */
    private static final int READINGS = 3;

    private final RedisClient client;
    private final String key;
    private final String owner;
    private final String mine;
    private final Listener listener;
    private final Thread thread = Thread.ofPlatform().name("account-lease").unstarted(this::run);
    private volatile boolean stopping;
    private boolean taken;
    private boolean lost;
    private long certainUntilNanos;
    private boolean certain;

    /** Told each change once, on the lease's thread. */
    public interface Listener {

        /** Whether nobody else can have it now. */
        void certain(boolean certain);

        /** Another service has it; this one must end. */
        void lost(String owner);
    }

    /** @param owner names the data directory, which one process has at a time */
    public AccountLease(RedisAddress address, StreamNames names, String owner, Listener listener) {
        this.client = address.client("lease", 1);
        this.key = names.owner();
        this.owner = owner;
        this.mine = owner + " " + UUID.randomUUID() + " pid "
                + ProcessHandle.current().pid() + " on " + host();
        this.listener = listener;
    }

    private static String host() {
        try {
            return Files.readString(Path.of("/etc/hostname")).strip();
        } catch (IOException _) {
            return System.getProperty("os.name");
        }
    }

    /**
     * Takes it and keeps it; where Redis does not answer it is taken once it does.
     *
     * @throws AccountOwned if another service has it
     */
    public synchronized void start() {
        try {
            String other = turn();
            if (other != null) {
                throw new AccountOwned(words(other));
            }
        } catch (JedisException e) {
            log.warn("who owns the account is not known cause={}", e.getMessage());
        }
        tell();
        thread.start();
    }

    /** Whoever has it now, if anybody has. */
    public static @Nullable String ownerAt(RedisAddress address, StreamNames names) {
        try (RedisClient client = address.client("lease", 1)) {
            String holder = client.get(names.owner());
            return holder == null ? null : words(holder);
        }
    }

    /** One renewal; the holder where it is another one. */
    private @Nullable String turn() {
        long before = System.nanoTime();
        String holder =
                swap(held -> held.isEmpty() || held.equals(mine) || (!taken && held.startsWith(owner + " ")), mine);
        if (holder != null) {
            return holder;
        }
        certainUntilNanos = before + LENT.minus(MARGIN).toNanos();
        certain = true;
        taken = true;
        return null;
    }

    /**
     * Puts a value, or none, in the place of one that may be replaced; gives back one that may not. A key that changed while
     * it was taken may have ended, or been wiped with all others: who has it now is read again.
     */
    private @Nullable String swap(Predicate<String> replaceable, String next) {
        try (Connection connection = client.getPool().getResource()) {
            for (int i = 0; i < READINGS; i++) {
                String held = swap(connection, replaceable, next);
                if (held == null || !replaceable.test(held)) {
                    return held;
                }
            }
        }
        throw new JedisException("the key " + key + " changed each time that it was read");
    }

    /** Once; gives back what was held where nothing was put. */
    private @Nullable String swap(Connection connection, Predicate<String> replaceable, String next) {
        try {
            connection.executeCommand(new CommandArguments(Command.WATCH).key(key));
            String held = Replies.text(connection.executeCommand(new CommandArguments(Command.GET).key(key)));
            if (!replaceable.test(held)) {
                connection.executeCommand(Command.UNWATCH);
                return held;
            }
            connection.executeCommand(Command.MULTI);
            connection.executeCommand(
                    next.isEmpty()
                            ? new CommandArguments(Command.DEL).key(key)
                            : new CommandArguments(Command.SET)
                                    .key(key)
                                    .add(next)
                                    .add("PX")
                                    .add(LENT.toMillis()));
            Object done = connection.executeCommand(Command.EXEC);
            return done instanceof List<?> ? null : held;
        } catch (JedisException e) {
            // It may be in the middle of a transaction.
            connection.setBroken();
            throw e;
        }
    }

    private static String words(String holder) {
        String[] parts = holder.split(" ", 3);
        String words = parts.length < 3 ? holder : parts[2];
        return "by the lease in Redis, " + words.substring(0, Math.min(words.length(), 100))
                + "; the lease of one that died ends within " + LENT.toSeconds() + " s";
    }

    private void run() {
        while (!stopping) {
            LockSupport.parkNanos(this, TURN.toNanos());
            try {
                if (!stopping) {
                    renew();
                }
            } catch (JedisException e) {
                log.debug("the lease was not renewed", e);
                doubt();
            }
        }
    }

    /** Renews it now, on any thread. Throws what Jedis throws. */
    public synchronized void renew() {
        if (lost) {
            return;
        }
        boolean before = certain;
        String other = turn();
        if (other != null) {
            lost = true;
            certain = false;
            tell();
            log.error("ACCOUNT_LOST another service has it: {}", words(other));
            listener.lost(words(other));
        } else if (!before) {
            tell();
        }
    }

    /** What was lent may have ended. */
    private synchronized void doubt() {
        if (certain && System.nanoTime() - certainUntilNanos >= 0) {
            certain = false;
            tell();
        }
    }

    private void tell() {
        listener.certain(certain);
    }

    /** Lets it go, so that another may have it at once. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(Duration.ofSeconds(3).toMillis());
            swap(mine::equals, "");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (JedisException e) {
            log.warn("the lease of the account ends by itself cause={}", e.getMessage());
        }
        client.close();
    }
}
