package quantum.simulator;

import org.jspecify.annotations.Nullable;

/**
 * One HTTP request as it arrived. Query and body hold the raw bytes, one character a byte (Latin-1), because a signature
 * covers exactly those bytes.
 */
public record Request(
        String method,
        String path,
        String query,
        String body,
        @Nullable String apiKey) {}
