package quantum.desk.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import quantum.book.Books;
import quantum.decision.Decision;
import quantum.market.Balance;
import quantum.record.Notice;
import quantum.venue.VenueEvent.AccountRead;

/**
 * Tells when the account's free margin is low, before opens fail by it, and when there is enough again: a fifth more than
 * that, so that an account at the bound is told of once.
 */
public final class LowMargin {

    private static final BigDecimal ENOUGH = new BigDecimal("1.2");

    private final Books books;
    private boolean low;

    public LowMargin(Books books) {
        this.books = books;
    }

    /** A reading of the account; it is the exchange's figure that counts here, without our reservations. */
    public void read(AccountRead account, Decision decision) {
        books.setMargin(books.margin().read(account.balances(), account.lacked(), account.askedNanos()));
        BigDecimal bound = books.rules().limits().margin().toldBelow();
        Balance balance = books.margin().main();
        if (balance == null) {
            return;
        }
        BigDecimal free = balance.available();
        String words = free.setScale(2, RoundingMode.DOWN).toPlainString() + " " + balance.asset();
        if (!low && free.compareTo(bound) < 0) {
            low = true;
            decision.alert(
                    "margin-low",
                    Notice.Severity.WARNING,
                    "free margin is " + words + ", below " + bound.toPlainString()
                            + ": opens will soon fail by it, and isolated positions cannot be given more",
                    "");
        } else if (low && free.compareTo(bound.multiply(ENOUGH)) >= 0) {
            low = false;
            decision.alert("margin-restored", Notice.Severity.INFO, "free margin is " + words + " again", "");
        }
    }
}
