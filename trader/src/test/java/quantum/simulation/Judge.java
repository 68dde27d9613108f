package quantum.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What was held against the laws: how often each was looked at, what broke one, and how near the rest came. */
final class Judge {

    /** What may never be otherwise; the numbers are those of the reliability notes. */
    enum Law {
        ONE_ENTRY_AN_INTENT("INV-01"),
        NO_ORDER_WITHOUT_CAUSE("INV-02"),
        WRITTEN_BEFORE_SENT("INV-03"),
        ONE_ENDING_AN_INTENT("INV-04"),
        FILLED_IS_TRUE("INV-05, INV-06"),
        REJECTED_MEANS_NO_FILL("INV-06, INV-07"),
        NOT_NAKED_FOR_LONG("INV-09"),
        NEVER_LET_GO_FIRST("law 4"),
        FOREIGN_ORDERS_STAY("INV-36"),
        NO_SECOND_ENTRY("INV-24"),
        EXITS_OPEN_NOTHING("J-1"),
        NO_NEEDLESS_EMERGENCY("law 4"),
        STOP_BEFORE_LIQUIDATION("INV-10"),
        NOTHING_RESTS_FOR_NOTHING("INV-11"),
        EXITS_ONLY_REDUCE("INV-12, INV-13"),
        POSITIONS_KEPT("INV-15"),
        LEVERAGE_KEPT("INV-15"),
        MARGIN_ASKED_FIRST("INV-15"),
        SYMBOL_RATE_KEPT("INV-16"),
        OVERALL_RATE_KEPT("INV-16"),
        NEVER_BANNED("INV-16"),
        COOLDOWN_KEPT("INV-17"),
        SAFE_MODE_KEPT("INV-17"),
        PAUSE_KEPT("INV-17"),
        HALT_KEPT("C15"),
        FLAT_WHEN_ORDERED("C15"),
        BREAKER_KEPT("C11"),
        AGE_KEPT("INV-19"),
        PRICE_FRESH("C13"),
        ACKNOWLEDGED_IS_RECORDED("INV-20"),
        NOTHING_PENDING("INV-21, INV-23"),
        NOTHING_IN_FLIGHT("INV-23"),
        POSITIONS_AGREE("INV-24"),
        EVERY_POSITION_HAS_ITS_STOP("INV-24"),
        CONVERGED_IN_TIME("INV-24"),
        READY_IN_THE_END("INV-24"),
        REPLAY_CREATES_NOTHING("INV-25"),
        MONEY_AGREES("INV-28"),
        PAYMENTS_AGREE("INV-28"),
        ONE_END_A_LIFE("INV-29"),
        ENDS_AGREE("INV-29"),
        RULES_KEPT("INV-37"),
        NO_EXIT_REFUSED("law 5"),
        CLOSE_IS_THE_LAST_WORD("law 5"),
        NO_NEEDLESS_REFUSAL("X-F12"),
        USER_STREAM_HEARD("S19"),
        NOTHING_UNFORESEEN("F7");

        private final String numbers;

        Law(String numbers) {
            this.numbers = numbers;
        }

        String numbers() {
            return numbers;
        }
    }

    private static final int MOST_TOLD = 20;

    private final Map<Law, Long> checks = new EnumMap<>(Law.class);
    private final Map<Law, Long> slack = new EnumMap<>(Law.class);
    private final List<String> violations = new ArrayList<>();

    void check(Law law, boolean holds, String words) {
        checks.merge(law, 1L, Long::sum);
        if (!holds && violations.size() < MOST_TOLD) {
            violations.add(law + ": " + words);
        }
    }

    /** Holds a measured time to its bound, both in milliseconds, and remembers how much was left. */
    void within(Law law, long millis, long bound, String words) {
        slack.merge(law, bound - millis, Math::min);
        check(law, millis <= bound, words + " after " + millis + " ms, at most " + bound);
    }

    Map<Law, Long> checks() {
        return checks;
    }

    /** The least that was left of a bound, in milliseconds. */
    Map<Law, Long> slack() {
        return slack;
    }

    List<String> violations() {
        return violations;
    }
}
