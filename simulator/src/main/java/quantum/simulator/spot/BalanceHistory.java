package quantum.simulator.spot;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The balances of an account as they were, because clients read them late. */
final class BalanceHistory {

    private record Moment(long at, List<SpotBalance> balances) {}

    private static final int KEPT = 2_000;

    private final Deque<Moment> moments = new ArrayDeque<>();

    void remember(long at, List<SpotBalance> balances) {
        var latest = moments.peekLast();
        if (latest != null && latest.balances.equals(balances)) return;
        moments.addLast(new Moment(at, balances));
        if (moments.size() > KEPT) moments.removeFirst();
    }

    /** As of this moment; of an earlier one than any that is known, the first. */
    List<SpotBalance> asOf(long at) {
        for (var latestFirst = moments.descendingIterator(); latestFirst.hasNext(); ) {
            var moment = latestFirst.next();
            if (moment.at <= at) return moment.balances;
        }
        var first = moments.peekFirst();
        return first == null ? List.of() : first.balances;
    }
}
