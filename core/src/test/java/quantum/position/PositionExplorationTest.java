package quantum.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import quantum.explore.Explorer;
import quantum.explore.Explorer.Found;
import quantum.position.PositionState.AddedUp;
import quantum.position.PositionState.Closed;
import quantum.position.PositionState.Doubted;
import quantum.position.PositionState.Ended;
import quantum.position.PositionState.Held;
import quantum.position.PositionWorld.Lifecycle;
import quantum.position.PositionWorld.Trouble;

/** Every order of events of one position: {@code -Dquantum.depth=14} goes further. */
class PositionExplorationTest {

    private static final int DEPTH = Integer.getInteger("quantum.depth", 9);
    private static final int PARTS = 3;
    private static final List<Trouble> TROUBLES = List.of(
            Trouble.LOSS,
            Trouble.LOSS,
            Trouble.OLD_POSITIONS,
            Trouble.OLD_TRADES,
            Trouble.NO_TRADES,
            Trouble.OTHER_HAND,
            Trouble.CRASH);

    private static Found explore(Lifecycle lifecycle, int depth) {
        return Explorer.explore(new PositionWorld(lifecycle, TROUBLES, PARTS), depth);
    }

    @Test
    void theDeskAlwaysComesToAgreeWithTheExchange() {
        Found found = explore(PositionLifecycle::next, DEPTH);
        System.out.println("a position: " + found.states() + " states within " + found.depth() + " events");
        assertThat(found.broken()).as("%s", found.trace()).isNull();
        assertThat(found.states()).isGreaterThan(10_000);
    }

    /** Faults that somebody could write into the function; each must break a law within a dozen events. */
    enum Wrong {
        ONE_READING_ENDS_IT,
        AN_ABSENCE_IS_FORGOTTEN,
        AN_ABSENCE_NEVER_COUNTS,
        WHAT_IS_SHOWN_CLEARS_NO_DOUBT,
        AN_END_IS_NOT_BELIEVED,
        WHAT_ENDED_DOES_NOT_GO_ON,
        WHAT_IS_SHOWN_DOES_NOT_GO_ON,
        ONE_READING_BRINGS_IT_BACK,
        TRADES_THAT_LEAVE_SOMETHING_ADD_UP,
        TRADES_THAT_ARE_NOT_READ_END_IT,
        WHAT_ADDS_UP_IS_READ_AGAIN_FOR_EVER,
        WHAT_IS_TOLD_IS_TOLD_AGAIN,
        A_LIST_THAT_LACKS_TRADES_IS_BELIEVED
    }

    private static Lifecycle with(Wrong wrong) {
        return (state, event) -> {
            PositionState next = PositionLifecycle.next(state, event);
            return switch (wrong) {
                case ONE_READING_ENDS_IT ->
                    state instanceof Held && event instanceof PositionEvent.Missing(var _, var _, var now)
                            ? PositionState.Ended.of(new PositionState.End(null, now))
                            : next;
                case AN_ABSENCE_IS_FORGOTTEN -> event instanceof PositionEvent.Missing ? state : next;
                case AN_ABSENCE_NEVER_COUNTS ->
                    state instanceof Doubted && event instanceof PositionEvent.Missing ? state : next;
                case WHAT_IS_SHOWN_CLEARS_NO_DOUBT ->
                    state instanceof Doubted && event instanceof PositionEvent.Shown ? state : next;
                case AN_END_IS_NOT_BELIEVED -> event instanceof PositionEvent.Gone ? state : next;
                case WHAT_ENDED_DOES_NOT_GO_ON -> state instanceof Ended && next.isOpen() ? state : next;
                case WHAT_IS_SHOWN_DOES_NOT_GO_ON ->
                    state instanceof Ended && event instanceof PositionEvent.Shown ? state : next;
                case ONE_READING_BRINGS_IT_BACK ->
                    state instanceof Ended && event instanceof PositionEvent.Shown ? new Held() : next;
                case TRADES_THAT_LEAVE_SOMETHING_ADD_UP ->
                    state instanceof Ended(var end, var _, var _, var _) && event instanceof PositionEvent.StillHeld
                            ? new AddedUp(end)
                            : next;
                case TRADES_THAT_ARE_NOT_READ_END_IT ->
                    state instanceof Ended(var end, var _, var _, var _) && event instanceof PositionEvent.Unread
                            ? new Closed(end)
                            : next;
                case WHAT_ADDS_UP_IS_READ_AGAIN_FOR_EVER -> event instanceof PositionEvent.AddsUp ? state : next;
                case WHAT_IS_TOLD_IS_TOLD_AGAIN -> event instanceof PositionEvent.Told ? state : next;
                case A_LIST_THAT_LACKS_TRADES_IS_BELIEVED ->
                    state instanceof Ended(var end, var _, var _, var _) && event instanceof PositionEvent.Incomplete
                            ? new AddedUp(end)
                            : next;
            };
        };
    }

    @ParameterizedTest
    @EnumSource(Wrong.class)
    void whatIsWrongIsFoundInAFewEvents(Wrong wrong) {
        Found found = explore(with(wrong), DEPTH);
        System.out.println(wrong + ": " + found.trace() + " " + found.broken());
        assertThat(found.broken()).as("%s is found", wrong).isNotNull();
    }
}
