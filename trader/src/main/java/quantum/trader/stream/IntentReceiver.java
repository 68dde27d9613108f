package quantum.trader.stream;

import java.time.Instant;
import quantum.record.Notice.Severity;
import quantum.trader.redis.ConnectionListener;

/** Who reads, and what it remembers; called on the reader's thread, where only the ledger may be asked. */
public interface IntentReceiver extends ConnectionListener {

    /** Redis answers; thrown from here, nothing is read yet. */
    void beforeReading();

    /** A message; it must only be queued. */
    void received(IntentMessage message);

    /** A message at which {@link #received} failed in a way that nobody foresaw; it ends by its id. */
    void unreadable(IntentMessage message, String cause);

    /** Where to read on if the group is missing: the last message the ledger knows, or "0". */
    String position();

    /** Whether the ledger knows a notice by its event id. */
    boolean knows(String eventId);

    /** Whether what happened in that time may be unknown to the ledger because it was lost or is an older copy. */
    boolean mayHaveForgotten(Instant from, Instant to);

    /** The group was missing, and reading goes on after this entry. */
    void regrouped(String position);

    /** A report lies in its stream that the ledger does not know; told before the next message. */
    void forgot(String eventId);

    /** The reports that lie in their streams were compared with the ledger. */
    void compared();

    /** So many messages were cut off the stream before they could be read. */
    void trimmed(long count);

    /** So many messages were read and acknowledged by another consumer of the group. */
    void taken(long count);

    /** Something about the stream that a person should look at; told once for as long as it lasts. */
    void noticed(String key, Severity severity, String text);
}
