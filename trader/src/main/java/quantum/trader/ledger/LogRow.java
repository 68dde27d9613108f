package quantum.trader.ledger;

import java.time.Instant;

/** One row of the audit: what was recorded, when, and the hash that chains it to everything before. */
public record LogRow(long seq, Instant at, String kind, String key, String body, String hash) {}
