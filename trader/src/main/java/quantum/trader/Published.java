package quantum.trader;

import java.util.List;
import quantum.record.Notice;
import quantum.trader.ledger.Ledger;
import quantum.trader.ledger.OutboxRow;
import quantum.trader.stream.NoticeListener;
import quantum.trader.stream.NoticeOutbox;

/** Between the ledger's outbox and the publisher, and to those who show what was published. */
record Published(Ledger ledger, Wiring wiring) implements NoticeOutbox, NoticeListener {

    @Override
    public void published(OutboxRow row, String entryId) {
        ledger.markPublished(row.id(), entryId);
        wiring.published(row, entryId);
    }

    @Override
    public List<OutboxRow> recorded(String kind, long before, int limit) {
        return ledger.view().notices(kind, before, limit);
    }

    @Override
    public List<OutboxRow> rows(List<Long> ids) {
        return ledger.view().notices(ids);
    }

    @Override
    public boolean forgot(String eventId) {
        return ledger.forgot(eventId);
    }

    @Override
    public void connected(boolean up) {
        wiring.redis("publisher", up);
    }

    @Override
    public void failing(String cause) {
        wiring.redisFails("publisher", cause);
    }

    @Override
    public void blocked(String stream, String cause) {
        wiring.blocked(stream, cause);
    }

    @Override
    public void forged(String stream, String eventId, String entryId) {
        wiring.noticed(
                "forged:" + eventId,
                Notice.Severity.CRITICAL,
                "entry " + entryId + " of " + stream + " bears the event id " + eventId
                        + " and is not ours: somebody else writes there; ours is published after it");
    }
}
