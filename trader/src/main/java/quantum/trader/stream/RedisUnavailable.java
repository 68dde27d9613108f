package quantum.trader.stream;

import org.jspecify.annotations.Nullable;

/** Indicates that Redis cannot be started, reached or used; exit code 5. The message says what to do next. */
public final class RedisUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public RedisUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
