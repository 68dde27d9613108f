package quantum.trader.stream;

import java.util.List;
import quantum.trader.ledger.OutboxRow;

/** What is recorded; called on the publisher's thread. */
public interface NoticeOutbox {

    /** A notice is in its stream, under that entry id. */
    void published(OutboxRow row, String entryId);

    /** Notices of a kind with a smaller id than {@code before}, the latest first. */
    List<OutboxRow> recorded(String kind, long before, int limit);

    /** Notices by their ids, in the same order. */
    List<OutboxRow> rows(List<Long> ids);

    /** Whether an event was published by an earlier life and is not known any more, or only anew. */
    boolean forgot(String eventId);
}
