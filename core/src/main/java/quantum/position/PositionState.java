package quantum.position;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed.Reason;

/** Where one position stands, with what is known there. */
public sealed interface PositionState {

    /** Something is held. */
    record Held() implements PositionState {}

    /** Something was held, and a reading of the positions that was asked for then did not show it. */
    record Doubted(long askedNanos) implements PositionState {

        /** Whether another reading, asked for so much later, ends it. */
        boolean isOver(long laterNanos, Duration absence) {
            return laterNanos - askedNanos >= absence.toNanos();
        }
    }

    /**
     * Nothing is held; its trades are read until they add up to zero.
     *
     * @param readings how many in a row were read and did not end it
     * @param failures how many in a row could not be read
     * @param heldByTrades whether the last that were read leave something held
     */
    record Ended(End end, int readings, int failures, boolean heldByTrades) implements PositionState {

        /** Nothing is held any more, and no trade was read yet. */
        static Ended of(End end) {
            return new Ended(end, 0, 0, false);
        }
    }

    /** Its trades add up; what else was paid for it and whose order ended it is asked. */
    record AddedUp(End end) implements PositionState {}

    /** Its end is published, or it turned out that there is none to publish. */
    record Closed(End end) implements PositionState {}

    /** What was known when nothing was held any more: why, and when by exchange time. */
    record End(@Nullable Reason reason, @Nullable Instant at) {}

    default boolean isOpen() {
        return switch (this) {
            case Held _, Doubted _ -> true;
            case Ended _, AddedUp _, Closed _ -> false;
        };
    }

    /** Null while something is held. */
    default @Nullable End end() {
        return switch (this) {
            case Held _, Doubted _ -> null;
            case Ended(End end, var _, var _, var _) -> end;
            case AddedUp(End end) -> end;
            case Closed(End end) -> end;
        };
    }

    /** As the ledger writes it. What a restart forgets is asked for again: a doubt, and what else was paid. */
    default String row() {
        return switch (this) {
            case Held _, Doubted _ -> "OPEN";
            case Ended _, AddedUp _ -> "SETTLING";
            case Closed _ -> "CLOSED";
        };
    }

    /** The state that the ledger wrote. */
    static PositionState of(String row, @Nullable Instant endedAt) {
        return switch (row) {
            case "OPEN" -> new Held();
            case "SETTLING" -> Ended.of(new End(null, endedAt));
            case "CLOSED" -> new Closed(new End(null, endedAt));
            default -> throw new IllegalArgumentException("no state of a position: " + row);
        };
    }
}
