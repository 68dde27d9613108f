package quantum.trader.ledger;

import java.time.Instant;
import quantum.record.Notice;

/** Gives a notice the form in which it is kept and published; the stream package knows that form. */
@FunctionalInterface
public interface NoticeEncoder {

    /** The notice as kept; {@code at} is its time where it carries none of its own. */
    Outgoing encode(Notice notice, Instant at);

    /** A notice ready to be kept: the kind names its stream, the payload is JSON. */
    record Outgoing(String eventId, String kind, String traceId, Instant at, String payload) {}
}
