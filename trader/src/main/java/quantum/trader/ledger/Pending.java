package quantum.trader.ledger;

import java.util.List;
import quantum.record.Entry;

/** A batch in the form in which it is written, waiting for its commit. */
record Pending(List<Item> items, long at, long appendedNanos, Batch.Completion completion) {

    /** One row or notice. */
    sealed interface Item {
        record Row(Entry entry, String body) implements Item {}

        record Out(NoticeEncoder.Outgoing notice) implements Item {}

        /** Something for the log alone: nothing is restored from it. */
        record Told(String kind, String key, String body) implements Item {}
    }

    /** A notice that has reached its stream. */
    record Mark(long id, String entryId) {}
}
