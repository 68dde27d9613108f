package quantum.trader.ledger;

/**
 * Told when the ledger falls behind (a commit failed or took over 250 ms) and when everything is written again. Called
 * on a thread of the ledger; it must not block.
 */
@FunctionalInterface
public interface BehindListener {
    void behind(boolean behind);

    /** Whether the files of the ledger are no longer where they were: deleted, moved away or replaced. */
    default void displaced(boolean displaced) {}
}
