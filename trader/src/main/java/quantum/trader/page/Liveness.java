package quantum.trader.page;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Health as progress (law 9): how long ago each part last moved, and how long it may stand still. {@code lag} is the
 * number of messages in the intent stream that were not read yet; absent while Redis cannot say it.
 */
public record Liveness(
        Check loop,
        Check message,
        Check price,
        Check exchange,
        Check exchangeSync,
        Check ledger,
        Check redis,
        @Nullable Long lag) {

    static final Duration LOOP_LIMIT = Duration.ofSeconds(10);

    /** One part. The age is absent where nothing happened yet, or where only the verdict is known. */
    public record Check(
            boolean ok, @Nullable Duration age, @Nullable Duration limit) {

        /** Sound while the age is within the limit; what never moved is not. */
        public static Check aged(@Nullable Duration age, Duration limit) {
            return new Check(age != null && age.compareTo(limit) <= 0, age, limit);
        }

        /** Told, never judged: nobody is wrong for sending no intents. */
        public static Check told(@Nullable Duration age) {
            return new Check(true, age, null);
        }

        /** A verdict of somebody else. */
        public static Check known(boolean ok) {
            return new Check(ok, null, null);
        }
    }

    /** Each part by its name. */
    public Map<String, Check> checks() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("loop", loop);
        checks.put("message", message);
        checks.put("price", price);
        checks.put("exchange", exchange);
        checks.put("exchange_sync", exchangeSync);
        checks.put("ledger", ledger);
        checks.put("redis", redis);
        return checks;
    }

    boolean allOk() {
        return checks().values().stream().allMatch(Check::ok);
    }

    boolean isLive() {
        Duration age = loop.age();
        return age == null ? loop.ok() : age.compareTo(LOOP_LIMIT) <= 0;
    }
}
