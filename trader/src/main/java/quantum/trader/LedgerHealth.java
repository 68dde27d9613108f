package quantum.trader;

import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import quantum.decision.Event;
import quantum.record.Notice;
import quantum.trader.ledger.BehindListener;

/**
 * Hears of the ledger's troubles and tells them: in the log at once, since the desk's own words wait for the ledger, and
 * to the desk, which opens nothing until they are over.
 */
final class LedgerHealth implements BehindListener {

    private static final Logger log = LoggerFactory.getLogger(LedgerHealth.class);

    private final Consumer<Event> desk;
    private volatile boolean behind;
    private volatile boolean displaced;

    LedgerHealth(Consumer<Event> desk) {
        this.desk = desk;
    }

    boolean isSound() {
        return !behind && !displaced;
    }

    @Override
    public void behind(boolean now) {
        behind = now;
        if (now) {
            log.error("LEDGER_BEHIND opens are refused until it is written; protection and exits go on");
        } else {
            log.info("LEDGER_WRITTEN opens are allowed again");
        }
        desk.accept(new Event.LedgerBehind(!isSound()));
    }

    /** What is decided from now on is written into files that no start finds: it must not open anything. */
    @Override
    public void displaced(boolean now) {
        displaced = now;
        if (now) {
            String words = "the data directory was deleted, moved or replaced under the running service: what it"
                    + " records is lost with it, opens are refused, exits go on; put it back, or flatten and stop";
            log.error("DATA_DISPLACED {}", words);
            desk.accept(new Event.Noticed("data-displaced", Notice.Severity.CRITICAL, words));
        } else {
            log.info("DATA_BACK the data directory is in its place again");
            desk.accept(
                    new Event.Noticed("data-back", Notice.Severity.INFO, "the data directory is in its place again"));
        }
        desk.accept(new Event.LedgerBehind(!isSound()));
    }
}
