package quantum.position;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed.Reason;
import quantum.position.PositionState.End;

/** What can be learned about one position. */
public sealed interface PositionEvent {

    /** More of an order that opens it was executed. */
    record Executed() implements PositionEvent {}

    /** Part of it was closed, and some is left. */
    record Reduced() implements PositionEvent {}

    /** A reading of the positions shows it. */
    record Shown() implements PositionEvent {}

    /** A reading of the positions, asked for then, does not show it. An absence counts when it lasted so long. */
    record Missing(long askedNanos, Duration absence, Instant now) implements PositionEvent {}

    /** All of it was closed, or what shows that nothing is held is believed. */
    record Gone(End end) implements PositionEvent {
        public Gone(@Nullable Reason reason, @Nullable Instant at) {
            this(new End(reason, at));
        }
    }

    /** Its trades were read and leave something held. */
    record StillHeld() implements PositionEvent {}

    /** Its trades were read and add up, but some that may be its own are not listed or not proven yet. */
    record Incomplete() implements PositionEvent {}

    /** Its trades could not be read. */
    record Unread() implements PositionEvent {}

    /** Its trades were read and add up to zero. */
    record AddsUp() implements PositionEvent {}

    /** Its end is published, or nothing will ever tell one. */
    record Told() implements PositionEvent {}
}
