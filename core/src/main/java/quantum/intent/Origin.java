package quantum.intent;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where an intent comes from. The id names it for ever; the digest is of what it asks for, so that the same id with
 * other content is seen. The times are the producer's, read as UTC where they name no zone. What is ignored are fields
 * of the message that had no effect, as the producer wrote them.
 */
public record Origin(
        String intentId,
        String traceId,
        String digest,
        @Nullable Instant timestamp,
        @Nullable Instant expiresAt,
        @Nullable String source,
        @Nullable String reason,
        List<String> ignored) {

    public Origin {
        ignored = List.copyOf(ignored);
    }

    public Origin with(String newDigest, List<String> newIgnored) {
        return new Origin(intentId, traceId, newDigest, timestamp, expiresAt, source, reason, newIgnored);
    }

    /**
     * True where the message named itself by its symbol and time alone, as two of one second would: the report of a
     * refused second one then says to send an intent_id.
     */
    public boolean isDerived() {
        return timestamp != null && intentId.endsWith("_" + timestamp);
    }
}
