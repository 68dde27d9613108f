package quantum.simulator;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as it arrived. Query and body hold the raw bytes, one character a byte (Latin-1), because a signature
 * covers exactly those bytes. The address is the client's.
 */
public record Request(
        String method,
        String path,
        String query,
        String body,
        @Nullable String apiKey,
        String address) {

    public static final String LOOPBACK = "127.0.0.1";

    /** A request from this machine. */
    public Request(String method, String path, String query, String body, @Nullable String apiKey) {
        this(method, path, query, body, apiKey, LOOPBACK);
    }
}
