package quantum.intent;

import java.util.Locale;

/** What an intent reached on its way from its message to its report, in the usual order. */
public enum Stage {
    /** Its message was read. */
    RECEIVED,
    /** It was decided on. */
    JUDGED,
    /** A position of the other side is being closed before it opens its own. */
    TURNING,
    /** Its order left. */
    SUBMITTED,
    /** The answer to its order was lost. */
    UNANSWERED,
    /** The exchange was asked about its order. */
    ASKED,
    /** The exchange took its order. */
    ACCEPTED,
    /** The exchange said what became of an order without an answer. */
    PROVEN,
    /** No fill was proven in time; the questions go on. */
    PENDING,
    /** Its order has a fill. */
    FILLED,
    /** Its stop is live. */
    PROTECTED,
    /** Its report was published. */
    REPORTED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /** As rows, logs and metrics write it. */
    public String word() {
        return word;
    }
}
