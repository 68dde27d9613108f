package quantum.position;

import quantum.position.PositionEvent.AddsUp;
import quantum.position.PositionEvent.Executed;
import quantum.position.PositionEvent.Gone;
import quantum.position.PositionEvent.Incomplete;
import quantum.position.PositionEvent.Missing;
import quantum.position.PositionEvent.Reduced;
import quantum.position.PositionEvent.Shown;
import quantum.position.PositionEvent.StillHeld;
import quantum.position.PositionEvent.Told;
import quantum.position.PositionEvent.Unread;
import quantum.position.PositionState.AddedUp;
import quantum.position.PositionState.Closed;
import quantum.position.PositionState.Doubted;
import quantum.position.PositionState.End;
import quantum.position.PositionState.Ended;
import quantum.position.PositionState.Held;

/**
 * The whole life of a position on one screen, from its first execution to its published end. One reading alone never ends
 * it (X-F6), and until its trades add up there is a way back: more of its entry may have been executed than anybody heard
 * of, and then nothing protects it. A dot stays; a star needs time, or trades that say so too.
 *
 * <pre>
 *            Held       Doubted    Ended      AddedUp    Closed
 * Executed   .          Held       Held       .          .
 * Reduced    .          Held       .          .          .
 * Shown      .          Held       Held*      .          .
 * Missing    Doubted    Ended*     .          .          .
 * Gone       Ended      Ended      .          .          .
 * StillHeld  .          .          .          .          .
 * Incomplete .          .          .          .          .
 * Unread     .          .          .          .          .
 * AddsUp     .          .          AddedUp    .          .
 * Told       .          .          Closed     Closed     .
 * </pre>
 */
public final class PositionLifecycle {

    private PositionLifecycle() {}

    /** The state after an event; the same state where the event tells nothing new. */
    public static PositionState next(PositionState state, PositionEvent event) {
        return switch (state) {
            case Held s -> held(s, event);
            case Doubted s -> doubted(s, event);
            case Ended s -> ended(s, event);
            case AddedUp s -> event instanceof Told ? new Closed(s.end()) : s;
            case Closed s -> s;
        };
    }

    private static PositionState held(Held s, PositionEvent event) {
        return switch (event) {
            case Missing(long askedNanos, var _, var _) -> new Doubted(askedNanos);
            case Gone(End end) -> Ended.of(end);
            case Executed _, Reduced _, Shown _, StillHeld _, Incomplete _, Unread _, AddsUp _, Told _ -> s;
        };
    }

    private static PositionState doubted(Doubted s, PositionEvent event) {
        return switch (event) {
            case Executed _, Reduced _, Shown _ -> new Held();
            case Missing(long askedNanos, var absence, var now) ->
                s.isOver(askedNanos, absence) ? Ended.of(new End(null, now)) : s;
            case Gone(End end) -> Ended.of(end);
            case StillHeld _, Incomplete _, Unread _, AddsUp _, Told _ -> s;
        };
    }

    private static PositionState ended(Ended s, PositionEvent event) {
        return switch (event) {
            case Executed _ -> new Held();
            // What lags shows what has ended; where its trades leave something held too, it goes on.
            case Shown _ -> s.heldByTrades() ? new Held() : s;
            case StillHeld _ -> new Ended(s.end(), s.readings() + 1, 0, true);
            case Incomplete _ -> new Ended(s.end(), s.readings() + 1, 0, false);
            case Unread _ -> new Ended(s.end(), s.readings(), s.failures() + 1, s.heldByTrades());
            case AddsUp _ -> new AddedUp(s.end());
            case Told _ -> new Closed(s.end());
            case Reduced _, Missing _, Gone _ -> s;
        };
    }
}
