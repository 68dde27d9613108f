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

    String eventId();

    /** To {@code trade.execution.res}. */
    record Reported(Report report, String eventId) implements Notice {}

    /** To {@code trade.closed}. */
    record TradeClosed(Closed closed, String epoch) implements Notice {
        @Override
        public String eventId() {
            return "closed:" + epoch;
        }
    }

    /** To {@code trade.intent.dead}: the message's own fields, why, and how often it had been delivered. */
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

    /** To {@code alert}, and to the page. */
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
        INFO,
        WARNING,
        CRITICAL
    }
}
