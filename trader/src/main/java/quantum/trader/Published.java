package quantum.trader;

import java.util.List;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.stream.Publisher;

/** Between the ledger's outbox and the publisher, and to those who show what was published. */
record Published(Ledger ledger, Wiring wiring) implements Publisher.Outbox {

    @Override
    public void published(OutboxRow row, String entryId) {
        ledger.markPublished(row.id(), entryId);
        wiring.published(row, entryId);
    }

    @Override
    public List<OutboxRow> recorded(String kind, long before, int limit) {
        return ledger.view().notices(kind, before, limit);
    }
}
