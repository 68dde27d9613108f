package quantum.desk.exit;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.market.Direction;
import quantum.position.HeldOverTime;
import quantum.position.RoundTrip;
import quantum.venue.Call;

/**
 * In hedge mode, what was held beside a position: funding is paid for a long and a short of one symbol together, and
 * is divided by what each held (docs/decisions/0011).
 */
final class OtherDirection {

    private final Books books;

    OtherDirection(Books books) {
        this.books = books;
    }

    /**
     * What was held in the time of the trades; null while it changes, until its trades and what is known of it agree.
     *
     * @param trades of the symbol, of both directions, oldest first
     * @param askedNanos when the question for them left, by the monotonic clock
     */
    @Nullable
    HeldOverTime during(LivePosition position, List<Call.Trade> trades, long askedNanos) {
        Direction other = position.direction().opposite();
        List<Call.Trade> theirs =
                trades.stream().filter(t -> t.position() == other).toList();
        LivePosition held = books.positions().at(position.symbol(), other);
        if (held == null) {
            // What ended after the question left is not in the list: the two speak of different moments.
            boolean isNewer =
                    books.positions().isFlatSince(books.positions().place(position.symbol(), other), askedNanos);
            return isNewer
                    ? null
                    : HeldOverTime.until(BigDecimal.ZERO, other, theirs).orElse(null);
        }
        // The same where something was executed since: the next list is waited for.
        boolean isNewer = held.touchedNanos() - askedNanos >= 0;
        return isNewer
                ? null
                : HeldOverTime.until(held.quantity(), other, theirs)
                        .filter(course -> beginsWith(held, theirs, course))
                        .orElse(null);
    }

    /**
     * Where the first trade of a position is listed, nothing was held before it; what was found was held when it was.
     * Else the list is newer than what is known here (seed 69348).
     */
    private static boolean beginsWith(LivePosition held, List<Call.Trade> trades, HeldOverTime course) {
        RoundTrip.Found found = held.birth().found();
        if (found != null) {
            // Trades of one millisecond leave several amounts possible, of which one has to fit.
            return course.at(held.birth().openedAt()).stream()
                    .anyMatch(at -> at.compareTo(found.quantity().value()) == 0);
        }
        for (int i = 0; i < trades.size(); i++) {
            if (held.entryOrders().contains(trades.get(i).orderId())) {
                BigDecimal before =
                        i == 0 ? course.before() : course.steps().get(i - 1).held();
                return before.signum() == 0;
            }
        }
        // Its entries are older than the list, and contradict nothing in it.
        return true;
    }
}
