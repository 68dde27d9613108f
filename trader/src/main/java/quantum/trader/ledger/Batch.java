package quantum.trader.ledger;

import java.time.Instant;
import java.util.List;
import quantum.desk.Effect;

/**
 * What one turn of the desk makes durable, in its order: {@link Effect.Write} and {@link Effect.Publish} alone. It is
 * written whole or not at all.
 */
public record Batch(List<Effect> records, Instant at, Completion completion) {

    public Batch {
        records = List.copyOf(records);
        for (Effect effect : records) {
            if (!(effect instanceof Effect.Write || effect instanceof Effect.Publish)) {
                throw new IllegalArgumentException(
                        effect.getClass().getSimpleName() + " is not something the ledger records");
            }
        }
    }

    /** Told once, on the ledger's writer thread; it must not block. */
    @FunctionalInterface
    public interface Completion {
        /** True once the batch is durable; false if the ledger was closed before it could be written. */
        void done(boolean durable);
    }
}
