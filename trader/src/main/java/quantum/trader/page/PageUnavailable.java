package quantum.trader.page;

import org.jspecify.annotations.Nullable;

/** Indicates that the page cannot be served as asked. The message says why and what to do next; exit code 2. */
public final class PageUnavailable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    PageUnavailable(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
