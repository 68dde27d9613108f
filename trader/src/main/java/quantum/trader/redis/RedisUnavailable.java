package quantum.trader.redis;

import org.jspecify.annotations.Nullable;

/** Indicates that Redis cannot be started, reached or used; exit code 5. The message says what to do next. */
public class RedisUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RedisUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** Indicates that it is not there now, and may come. */
    public static final class Away extends RedisUnavailable {
        private static final long serialVersionUID = 1L;

        Away(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
