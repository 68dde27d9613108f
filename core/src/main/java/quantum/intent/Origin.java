package quantum.intent;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where an intent comes from. The id names it for ever; the digest is of what it asks for, so that the same id with
 * other content is seen. The times are the producer's, read as UTC where they name no zone.
 */
public record Origin(
        String intentId,
        String traceId,
        String digest,
        @Nullable Instant timestamp,
        @Nullable Instant expiresAt,
        @Nullable String source,
        @Nullable String reason) {}
