package quantum.record;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.intent.Closed;
import quantum.intent.Refusal;
import quantum.intent.Report;

/**
 * Something the desk publishes. The event id is derived from what it is about, so that a repeat after a crash is the
 * same event; publication is at least once, in the order in which notices were recorded.
 */
public sealed interface Notice extends Recorded {

    /** By it the publisher and every reader know a repeat. */
    String eventId();

    /**
     * To {@code trade.execution.res}. A refused second use of an identity has an id of its own, because the identity
     * has its report.
     */
    record Reported(Report report, String eventId) implements Notice {}

    /** To {@code trade.closed}. One a position (INV-29). */
    record TradeClosed(Closed closed, String epoch) implements Notice {
        @Override
        public String eventId() {
            return "closed:" + epoch;
        }
    }

    /**
     * To {@code trade.intent.dead}: the message's own fields, why, and how often it had been delivered. The bus's id
     * stands in for the identity that could not be read.
     */
    record DeadLetter(
            String messageId,
            Map<String, String> original,
            Refusal why,
            @Nullable String field,
            String detail,
            long deliveries)
            implements Notice {
        @Override
        public String eventId() {
            return "dead:" + messageId;
        }
    }

    /** To {@code alert}, and to the page. The same may happen again: its time makes that another event. */
    record Alert(
            String key,
            Severity severity,
            String text,
            @Nullable String symbol,
            Instant at) implements Notice {
        @Override
        public String eventId() {
            return "alert:" + key + ":" + at.toEpochMilli();
        }
    }

    /** How loud. */
    enum Severity {
        /** Something began or ended as it should. */
        INFO,
        /** Somebody should look; the service goes on by itself. */
        WARNING,
        /** Somebody is needed: a position, an exit or the account is at stake. */
        CRITICAL
    }
}
