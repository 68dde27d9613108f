package quantum.trader.ledger;

/**
 * Told when the ledger falls behind (a commit failed or took over 250 ms) and when everything is written again. Called
 * on a thread of the ledger; it must not block.
 */
@FunctionalInterface
public interface BehindListener {
    void behind(boolean behind);
}
