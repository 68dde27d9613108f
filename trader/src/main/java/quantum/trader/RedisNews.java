package quantum.trader;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.record.Notice;

/** Which users of Redis reach it; the account's owner is told once for all of them, and again of each further cause. */
final class RedisNews {

    private static final Logger log = LoggerFactory.getLogger(RedisNews.class);
    private static final int MOST_CAUSES = 10;
    private static final String MEANWHILE = "protection and exits go on, intents and publications wait";

    private final Map<String, Boolean> up = new ConcurrentHashMap<>();
    private final Set<String> told = new HashSet<>();
    private final BooleanSupplier begun;
    private final Notices notices;
    private String cause = "";

    /** Where it is told. */
    @FunctionalInterface
    interface Notices {
        void noticed(String key, Notice.Severity severity, String text);
    }

    /** A service that has not begun tells nothing. */
    RedisNews(BooleanSupplier begun, Notices notices) {
        this.begun = begun;
        this.notices = notices;
    }

    boolean isUp() {
        return up.values().stream().allMatch(isUp -> isUp);
    }

    /** One user lost it or has it back. */
    synchronized void heard(String user, boolean isUp) {
        boolean before = isUp();
        up.put(user, isUp);
        if (before == isUp() || !begun.getAsBoolean()) {
            return;
        }
        if (before) {
            lost(user);
        } else {
            cause = "";
            told.clear();
            log.info("REDIS_BACK");
            notices.noticed("redis-back", Notice.Severity.INFO, "Redis is back; what it missed is published now");
        }
    }

    /** Why one user cannot use it now; it may come before the loss itself. */
    synchronized void because(String user, String why) {
        cause = why;
        if (!isUp() && begun.getAsBoolean() && told.size() < MOST_CAUSES && !told.contains(why)) {
            lost(user);
        }
    }

    private void lost(String user) {
        told.add(cause);
        log.warn("REDIS_LOST by={} cause={}; " + MEANWHILE, user, cause);
        String why = cause.isEmpty() ? "" : ": " + cause;
        notices.noticed("redis-lost", Notice.Severity.CRITICAL, "Redis is lost" + why + "; " + MEANWHILE);
    }
}
