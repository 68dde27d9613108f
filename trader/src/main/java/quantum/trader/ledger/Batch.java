package quantum.trader.ledger;

import java.time.Instant;
import java.util.List;
import quantum.record.Recorded;

/** What one decision of the desk makes durable, in its order. It is written whole or not at all. */
public record Batch(List<Recorded> records, Instant at, Completion completion) {

    public Batch {
        records = List.copyOf(records);
    }

    /** Told once, on the ledger's writer thread; it must not block. */
    @FunctionalInterface
    public interface Completion {
        /** True once the batch is durable; false if the ledger was closed before it could be written. */
        void done(boolean durable);
    }
}
