package quantum.desk;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveOrder;
import quantum.intent.Closed.Reason;
import quantum.market.ProtectionForm;
import quantum.order.Purpose;
import quantum.rules.Rules;

/**
 * Until when an order that left may still be taken by the exchange: its receive window, and then a margin for clocks that
 * are apart. Before that nothing proves that it is absent (INV-40).
 */
final class Arrival {

    /** For this long after its receive window an order still counts as able to arrive. */
    private static final Duration PROOF_MARGIN = Duration.ofSeconds(10);
    /** With this a close has outlived its receive window; what it could still do twice is bounded by what is held. */
    private static final Duration EXIT_MARGIN = Duration.ofSeconds(1);

    private final Books books;
    private final Rules.Confirmation rules;

    Arrival(Books books) {
        this.books = books;
        this.rules = books.rules().confirmation();
    }

    /** From when on the exchange's word that it knows no such order is a proof, by exchange time. */
    Instant provenFrom(LiveOrder order) {
        boolean isOpen = order.task().purpose() == Purpose.OPEN;
        return order.mayArriveFrom()
                .plus(isOpen ? rules.openRecvWindow() : rules.exitRecvWindow())
                .plus(isWholeExit(order) ? EXIT_MARGIN : PROOF_MARGIN);
    }

    /**
     * The desk's own close of all that is held may leave again sooner (binance-usdm 3.6). Sent twice it ends no more
     * than is held; the part of a rung would be closed twice, and of coins another one's would be sold.
     */
    private boolean isWholeExit(LiveOrder order) {
        Reason reason = order.task().cause().exitReason();
        return order.task().purpose() == Purpose.CLOSE
                && order.task().cause().intentId() == null
                && reason != null
                && reason != Reason.LADDER
                && books.form(order.task().symbol()) == ProtectionForm.FOLLOWING;
    }

    /** Whether an open that left at that time at the latest is refused by the exchange if it comes only now. */
    boolean isOver(@Nullable Instant leftBefore, Instant now) {
        return leftBefore == null
                || now.isAfter(leftBefore.plus(rules.openRecvWindow()).plus(PROOF_MARGIN));
    }
}
