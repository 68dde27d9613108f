package quantum.trader.page;

import org.jspecify.annotations.Nullable;
import quantum.desk.DeskView;
import quantum.trader.ledger.LedgerView;

/** Where the page reads from. Each method may be called by many threads at once and answers with what is there. */
public interface PageSource {

    /** The latest picture of the desk; null before the first. */
    @Nullable
    DeskView view();

    /** What is committed. */
    LedgerView ledger();

    /** How long ago each part of the service moved. */
    Liveness liveness();

    /** The text of {@code /metrics}. */
    String metrics();
}
