package quantum.desk.entry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import quantum.book.Books;
import quantum.decision.Decision;
import quantum.market.Balance;
import quantum.record.Notice;
import quantum.venue.VenueEvent.AccountRead;

/**
 * Alerts when the account's free margin is low, before opens fail by it, and when there is enough again: a fifth more
 * than that, so that an account at the bound is named once. Free margin went down to 0.68 without a word, until opens
 * were refused and cooled down (M-6).
 */
public final class LowMargin {

    /** Times the bound. Without the gap each small move around the bound would be two alerts. */
    private static final BigDecimal ENOUGH = new BigDecimal("1.2");

    private final Books books;
    /** Of this process alone: the next one alerts again while the margin is low. */
    private boolean low;

    public LowMargin(Books books) {
        this.books = books;
    }

    /** A reading of the account; it is the exchange's figure that counts here, without our reservations. */
    public void read(AccountRead account, Decision decision) {
        // An answer that a later one overtook changes nothing, and of an asset that the list lacked the reservations
        // stay (X-F6).
        books.setMargin(books.margin().read(account.balances(), account.lacked(), account.askedNanos()));
        // In dollars; zero, which no balance is below, stands for never.
        BigDecimal bound = books.rules().limits().margin().toldBelow();
        Balance balance = books.margin().main();
        // Not read yet, or no asset that margin is taken in: unknown is not zero.
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
