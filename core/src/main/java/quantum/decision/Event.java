package quantum.decision;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.guard.GuardName;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.market.Symbol;
import quantum.order.ClientOrderId;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.record.Snapshot;
import quantum.venue.VenueEvent;

/** What can happen to the desk. */
public sealed interface Event {

    /** Everything recorded before, at start; the first event. */
    record Restored(Snapshot snapshot) implements Event {}

    /**
     * A message was read. {@code earlier} is the ledger's row of the same identity, if there is one: idempotency is for
     * ever, memory is not.
     */
    record IntentArrived(
            String messageId,
            Map<String, String> original,
            Reading reading,
            Entry.@Nullable IntentRow earlier,
            long deliveries)
            implements Event {}

    /** The exchange said something. */
    record FromVenue(VenueEvent event) implements Event {}

    /** A held order left for the network. */
    record Sent(ClientOrderId id) implements Event {}

    /** A wake-up that the desk asked for. */
    record Woken(Timer timer) implements Event {}

    /** The ledger fell behind (a commit failed or took over 250 ms), or every pending record is written again. */
    record LedgerBehind(boolean behind) implements Event {}

    /** Nothing moved here for so long: the process was stopped, or starved. What is known of the exchange is old. */
    record Stalled(Duration gap) implements Event {}

    /**
     * The streams show reports that the ledger does not know: it was lost, or an older copy was put in its place. What an
     * earlier life of the process did may be unknown here. {@code since} is when an earlier life of this ledger found and
     * told it.
     */
    record LedgerForgot(String detail, @Nullable Instant since) implements Event {
        public LedgerForgot(String detail) {
            this(detail, null);
        }
    }

    /** Opens are refused for this beside exchange and ledger, until the same comes without words. */
    record OpensHeld(Refusal why, String words) implements Event {}

    /** Something beside exchange and ledger that a person should look at; the key names what lasts. */
    record Noticed(String key, Notice.Severity severity, String text) implements Event {}

    /** An operator's command. */
    record Commanded(Command command) implements Event {}

    /** What an operator can order. */
    sealed interface Command {
        /** Stop opens; exits go on. */
        record Pause() implements Command {}

        /** Allow opens again: ends a pause, what flattening left, and halts that wait for a person. */
        record Resume() implements Command {}

        /**
         * Stop opens and close one symbol, or all where it is absent, until the exchange proves that nothing is held.
         */
        record Flatten(@Nullable Symbol symbol) implements Command {}

        /** End a guard before its time; why is recorded. */
        record Clear(GuardName guard, String why) implements Command {}

        /** The service is stopping: no more opens, what is in flight is settled. */
        record Stop() implements Command {}
    }
}
