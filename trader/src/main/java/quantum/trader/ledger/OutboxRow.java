package quantum.trader.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A notice as recorded; ascending ids are the order of publication. */
public record OutboxRow(
        long id,
        String eventId,
        String kind,
        String traceId,
        Instant at,
        String payload,
        boolean published,
        @Nullable String entryId) {}
