package quantum.protection;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import quantum.explore.Explorer;
import quantum.explore.Explorer.Found;
import quantum.protection.ProtectionWorld.Budget;
import quantum.protection.ProtectionWorld.Lifecycle;
import quantum.protection.ProtectionWorld.Trouble;
import quantum.protection.ProtectiveOrder.State;
import quantum.protection.ProtectiveOrderLifecycle.Move;
import quantum.protection.ProtectiveOrderLifecycle.Step;

/** Every order of events, not only drawn ones: {@code -Dquantum.depth=14} goes further. */
class ProtectionExplorationTest {

    private static final int DEPTH = Integer.getInteger("quantum.depth", 9);
    private static final int LONGEST_TRACE = 12;
    private static final int ATTEMPTS = 3;
    private static final Budget TROUBLES = Budget.of(
            Trouble.LOSS,
            Trouble.LOSS,
            Trouble.REPEAT,
            Trouble.REFUSAL,
            Trouble.LAG,
            Trouble.OTHER_HAND,
            Trouble.MOVE,
            Trouble.CRASH);

    private static Found explore(Lifecycle lifecycle, boolean oneAlone) {
        return Explorer.explore(new ProtectionWorld(lifecycle, TROUBLES, oneAlone, ATTEMPTS), DEPTH);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void protectionAlwaysComesBack(boolean oneAlone) {
        Found found = explore(ProtectiveOrderLifecycle::next, oneAlone);
        System.out.println("protection, " + (oneAlone ? "one order alone" : "several orders") + ": " + found.states()
                + " states within " + found.depth() + " events");
        assertThat(found.broken()).as("%s", found.trace()).isNull();
        assertThat(found.states()).isGreaterThan(10_000);
    }

    /** Faults that somebody could write into the function; each must break the law within a dozen events. */
    enum Wrong {
        A_LOST_ANSWER_MEANS_NOT_TAKEN,
        A_LOST_ANSWER_IS_FORGOTTEN,
        ONE_LIST_ENDS_IT,
        LISTS_ARE_IGNORED,
        A_LOOKUP_IS_NEVER_BELIEVED,
        WHAT_IS_SHOWN_IS_NOT_BELIEVED_AFTER_A_DOUBT,
        NOBODY_ASKS,
        A_CANCEL_IS_NOT_REPEATED,
        WHAT_IS_CANCELLED_STAYS,
        WHAT_ENDED_STAYS,
        A_REFUSAL_IS_IGNORED,
        WHAT_IS_GONE_IS_NOT_PLACED_AGAIN,
        IT_IS_LIVE_BEFORE_ANYBODY_SAYS_SO
    }

    private static Lifecycle with(Wrong wrong) {
        return (order, event, patience, nanos) -> {
            Step step = ProtectiveOrderLifecycle.next(order, event, patience, nanos);
            Step keep = new Step(order, Move.KEEP);
            return switch (wrong) {
                case A_LOST_ANSWER_MEANS_NOT_TAKEN ->
                    step.move() == Move.DOUBTED ? new Step(order.to(State.GONE, nanos), Move.ABSENT) : step;
                case A_LOST_ANSWER_IS_FORGOTTEN -> step.move() == Move.DOUBTED ? keep : step;
                case ONE_LIST_ENDS_IT ->
                    step.move() == Move.MISSED ? new Step(order.to(State.GONE, nanos), Move.ABSENT) : step;
                case LISTS_ARE_IGNORED -> event instanceof ProtectiveOrderEvent.Unlisted ? keep : step;
                case A_LOOKUP_IS_NEVER_BELIEVED ->
                    event instanceof ProtectiveOrderEvent.NotFound || step.move() == Move.ABSENT ? keep : step;
                case WHAT_IS_SHOWN_IS_NOT_BELIEVED_AFTER_A_DOUBT ->
                    step.move() == Move.LIVE && order.state() == State.UNKNOWN ? keep : step;
                case NOBODY_ASKS -> step.move() == Move.ASK || step.move() == Move.ABSENT ? keep : step;
                case A_CANCEL_IS_NOT_REPEATED -> step.move() == Move.CANCEL ? keep : step;
                case WHAT_IS_CANCELLED_STAYS -> step.move() == Move.REMOVED ? keep : step;
                case WHAT_ENDED_STAYS ->
                    step.move() == Move.LOST || event instanceof ProtectiveOrderEvent.Unlisted ? keep : step;
                case A_REFUSAL_IS_IGNORED -> step.move() == Move.REFUSED ? keep : step;
                case WHAT_IS_GONE_IS_NOT_PLACED_AGAIN -> step.move() == Move.PLACE ? keep : step;
                case IT_IS_LIVE_BEFORE_ANYBODY_SAYS_SO ->
                    step.move() == Move.DOUBTED ? new Step(order.to(State.RESTING, nanos), Move.LIVE) : step;
            };
        };
    }

    @ParameterizedTest
    @EnumSource(Wrong.class)
    void whatIsWrongIsFoundInADozenEvents(Wrong wrong) {
        Found found = explore(with(wrong), true);
        if (found.broken() == null) {
            found = explore(with(wrong), false);
        }
        System.out.println(wrong + ": " + found.trace());
        assertThat(found.broken()).as("%s is found", wrong).isNotNull();
        assertThat(found.trace()).hasSizeLessThanOrEqualTo(LONGEST_TRACE);
    }

    @Test
    void aWayThatIsToldIsAWayThatCanBeGone() {
        ProtectionWorld world = new ProtectionWorld(with(Wrong.A_REFUSAL_IS_IGNORED), TROUBLES, true, ATTEMPTS);
        Found found = Explorer.explore(world, DEPTH);
        ProtectionWorld.Situation at = world.start();
        for (String event : found.trace()) {
            at = world.next(at).getOrDefault(event, world.start());
        }
        assertThat(world.broken(at)).isEqualTo(found.broken());
    }
}
