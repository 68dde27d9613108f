package quantum.desk.exit;

import java.util.List;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LivePosition;
import quantum.intent.Closed.Reason;
import quantum.market.ProtectionForm;
import quantum.venue.Call;

/**
 * Beside coins of ours others are bought and sold under the same symbol: there a position's trades are those of its own
 * orders. Where these do not add up for long another hand sold some of it, and whose trades those were nobody knows.
 */
final class OwnTrades {

    private OwnTrades() {}

    static List<Call.Trade> of(Books books, LivePosition position, List<Call.Trade> trades) {
        if (books.form(position.symbol()) != ProtectionForm.PAIR) {
            return trades;
        }
        return trades.stream()
                .filter(t -> position.entryOrders().contains(t.orderId())
                        || isOurs(position.exitReasons().get(t.orderId())))
                .toList();
    }

    /** A sale that nobody here sent is heard of as well, and noted as another hand's. */
    private static boolean isOurs(@Nullable Reason reason) {
        return reason != null && reason != Reason.EXTERNAL;
    }
}
