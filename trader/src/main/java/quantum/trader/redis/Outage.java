package quantum.trader.redis;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import quantum.trader.ledger.LedgerException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * Why Redis cannot be used, as it is now: a connection that was cut is soon a password that is wanted. Each cause is told
 * at once, and once a minute while it lasts. One thread uses it.
 */
public final class Outage {

    private static final long AGAIN_NANOS = Duration.ofMinutes(1).toNanos();
    private static final int REMEMBERED = 20;
    private static final int MOST_CAUSES = 10;
    /** By what a refusal begins with or holds. */
    private static final Map<String, String> NEXT = Map.of(
            "NOAUTH", "put the user and the password that Redis wants into redis.url and start again",
            "WRONGPASS", "put the user and the password that Redis wants into redis.url and start again",
            "OOM", "raise maxmemory or delete keys that nobody needs, and keep maxmemory-policy noeviction",
            "READONLY", "it is a replica: let redis.url name the master and start again, or make it one",
            "max number of clients", "close connections that nobody needs (CLIENT LIST), or raise maxclients");

    private final Map<String, Long> toldNanos = new LinkedHashMap<>();
    private final LongSupplier clock;

    public Outage() {
        this(System::nanoTime);
    }

    public Outage(LongSupplier clock) {
        this.clock = clock;
    }

    public void over() {
        toldNanos.clear();
    }

    /** The cause with what to do next; null while it need not be told. */
    @Nullable
    public String news(RuntimeException e) {
        String cause = cause(e);
        long now = clock.getAsLong();
        Long told = toldNanos.get(cause);
        if (told != null && now - told < AGAIN_NANOS) {
            return null;
        }
        toldNanos.remove(cause);
        toldNanos.put(cause, now);
        if (toldNanos.size() > REMEMBERED) {
            toldNanos.remove(toldNanos.keySet().iterator().next());
        }
        return cause;
    }

    private static String cause(RuntimeException e) {
        String outer = isForeseen(e) ? String.valueOf(e.getMessage()) : e.toString();
        String root = String.valueOf(root(e).getMessage());
        String words = root.equals("null") || outer.contains(root) ? outer : outer + ": " + root;
        return NEXT.entrySet().stream()
                .filter(next -> root.startsWith(next.getKey()) || root.contains(" " + next.getKey()))
                .findFirst()
                .map(next -> words + "; " + next.getValue())
                .orElse(words);
    }

    public static boolean isForeseen(RuntimeException e) {
        return e instanceof JedisException || e instanceof LedgerException;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        for (int i = 0; i < MOST_CAUSES && root.getCause() != null; i++) {
            root = root.getCause();
        }
        return root;
    }
}
