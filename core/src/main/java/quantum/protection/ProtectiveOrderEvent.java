package quantum.protection;

import org.jspecify.annotations.Nullable;
import quantum.order.ClientOrderId;
import quantum.venue.Answer;
import quantum.venue.Answer.Cause;
import quantum.venue.ConditionalUpdate;

/** What happens to a protective order, whoever says it: an answer, the user stream, a list, or the clock. */
public sealed interface ProtectiveOrderEvent {

    /** The exchange shows it resting. */
    record Shown(ConditionalUpdate update) implements ProtectiveOrderEvent {}

    /** Its price was reached; the exchange executes it. */
    record Triggered() implements ProtectiveOrderEvent {}

    /** The exchange says that it is over: finished, cancelled, expired, or refused at its price. */
    record Over(ConditionalUpdate update) implements ProtectiveOrderEvent {}

    /** The exchange did not take it. */
    record Refused(int code, String text, Cause cause) implements ProtectiveOrderEvent {

        public String words() {
            return code + " " + text;
        }
    }

    /** Proven not to have left us. */
    record NotSent(String cause) implements ProtectiveOrderEvent {}

    /** The answer to placing it was lost. */
    record NoAnswer() implements ProtectiveOrderEvent {}

    /** The exchange was asked for it by its id, and does not know it. */
    record NotFound() implements ProtectiveOrderEvent {}

    /** The exchange took our cancel, or knows no such order to cancel. */
    record Cancelled() implements ProtectiveOrderEvent {}

    /** A list of everything that rests, asked for at a monotonic time, lacks it. */
    record Unlisted(long askedNanos) implements ProtectiveOrderEvent {}

    /** Its timer. */
    record Due() implements ProtectiveOrderEvent {}

    static ProtectiveOrderEvent of(ConditionalUpdate update) {
        return switch (update.status()) {
            case NEW -> new Shown(update);
            case TRIGGERING, TRIGGERED -> new Triggered();
            case FINISHED, CANCELED, EXPIRED, REJECTED -> new Over(update);
        };
    }

    /** The answer to placing it. */
    static ProtectiveOrderEvent ofPlacing(Answer<ConditionalUpdate> answer) {
        return switch (answer) {
            case Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update) -> of(update);
            case Answer.Denied<ConditionalUpdate>(int code, String text, Cause cause) -> new Refused(code, text, cause);
            case Answer.NoAnswer<ConditionalUpdate> _ -> new NoAnswer();
            case Answer.NotSent<ConditionalUpdate>(String cause) -> new NotSent(cause);
        };
    }

    /** The answer to asking for it by its id; null where it says nothing. */
    static @Nullable ProtectiveOrderEvent ofQuery(Answer<ConditionalUpdate> answer) {
        if (answer instanceof Answer.Accepted<ConditionalUpdate>(ConditionalUpdate update)) {
            return of(update);
        }
        return isUnknown(answer) ? new NotFound() : null;
    }

    /** The answer to cancelling it; null where it may still rest. */
    static @Nullable ProtectiveOrderEvent ofCancel(Answer<ClientOrderId> answer) {
        return answer instanceof Answer.Accepted<ClientOrderId> || isUnknown(answer) ? new Cancelled() : null;
    }

    private static boolean isUnknown(Answer<?> answer) {
        return answer instanceof Answer.Denied<?>(var _, var _, Cause cause) && cause == Cause.UNKNOWN_ORDER;
    }
}
