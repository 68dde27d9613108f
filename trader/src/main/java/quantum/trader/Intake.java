package quantum.trader;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import quantum.decision.Event;
import quantum.intent.Reading;
import quantum.intent.Refusal;
import quantum.record.Entry;
import quantum.record.Notice;
import quantum.trader.ledger.Ledger;
import quantum.trader.loop.DeskLoop;
import quantum.trader.stream.AccountLease;
import quantum.trader.stream.IntentCodec;
import quantum.trader.stream.IntentMessage;
import quantum.trader.stream.IntentReceiver;

/** What the reader of intents hears and finds, on its way to the desk; what the ledger remembers goes with it. */
final class Intake implements IntentReceiver {

    private final Ledger ledger;
    private final DeskLoop<?, ?> loop;
    private final Wiring wiring;
    private final AccountLease lease;
    private final List<String> forgotten = new ArrayList<>();
    private final AtomicBoolean isCompared = new AtomicBoolean();

    Intake(Ledger ledger, DeskLoop<?, ?> loop, Wiring wiring, AccountLease lease) {
        this.ledger = ledger;
        this.loop = loop;
        this.wiring = wiring;
        this.lease = lease;
    }

    /** Whose the account is must be known before an open can be read. */
    @Override
    public void beforeReading() {
        lease.renew();
    }

    @Override
    public void received(IntentMessage message) {
        wiring.messageRead();
        if (message.fields().isEmpty()) {
            vanished(message);
            return;
        }
        Reading reading = IntentCodec.read(message);
        Entry.IntentRow earlier = identity(reading).flatMap(ledger::intent).orElse(null);
        loop.arrived(new Event.IntentArrived(message.id(), message.original(), reading, earlier, message.deliveries()));
    }

    @Override
    public void unreadable(IntentMessage message, String cause) {
        loop.arrived(new Event.IntentArrived(
                message.id(),
                Map.of(),
                new Reading.Unreadable(Refusal.SCHEMA_INVALID, null, "it could not be read: " + cause),
                null,
                message.deliveries()));
    }

    /** What was decided on before it was trimmed has its ending; the rest becomes a dead letter with its id. */
    private void vanished(IntentMessage message) {
        if (ledger.view().hasMessage(message.id())) {
            wiring.acknowledge(message.id());
            wiring.credit();
            return;
        }
        loop.tell(new Event.Noticed(
                "intent-trimmed:" + message.id(),
                Notice.Severity.WARNING,
                "message " + message.id()
                        + " was trimmed or deleted before it could be read; it is a dead letter now"));
        loop.arrived(new Event.IntentArrived(
                message.id(), message.fields(), IntentCodec.read(message.fields()), null, message.deliveries()));
    }

    private static Optional<String> identity(Reading reading) {
        return switch (reading) {
            case Reading.Understood(var intent) -> Optional.of(intent.origin().intentId());
            case Reading.Refusable refusable -> Optional.of(refusable.origin().intentId());
            case Reading.Unreadable _ -> Optional.empty();
        };
    }

    @Override
    public String position() {
        return ledger.view().lastMessageId().orElse("0");
    }

    @Override
    public boolean knows(String eventId) {
        return ledger.forgot(eventId) || ledger.view().notice(eventId).isPresent();
    }

    @Override
    public boolean mayHaveForgotten(Instant from, Instant to) {
        return ledger.mayHaveForgotten(from, to);
    }

    @Override
    public void regrouped(String position) {
        loop.tell(new Event.Noticed(
                "group-missing",
                Notice.Severity.WARNING,
                "Redis was wiped or lost its consumer group; reading goes on after message " + position));
    }

    @Override
    public void forgot(String eventId) {
        forgotten.add(eventId);
    }

    /** The first time in this life what the ledger forgot is told; later every notice is known that it may ask for. */
    @Override
    public void compared() {
        if (!isCompared.compareAndSet(false, true)) {
            return;
        }
        Instant earlier = ledger.forgotSince();
        if (earlier != null) {
            loop.tell(new Event.LedgerForgot("", earlier));
        }
        if (!forgotten.isEmpty()) {
            loop.tell(new Event.LedgerForgot("the ledger was lost or replaced by an older one: report "
                    + forgotten.getFirst() + " is published and not in it"));
        }
        ledger.compared(List.copyOf(forgotten));
    }

    @Override
    public void trimmed(long count) {
        wiring.trimmed(count);
        loop.tell(new Event.Noticed(
                "intents-trimmed",
                Notice.Severity.CRITICAL,
                count + " messages were cut off the stream of intents before they were read: they have no ending;"
                        + " make the stream longer than its longest wait, and send them again"));
    }

    @Override
    public void taken(long count) {
        wiring.taken(count);
        loop.tell(new Event.Noticed(
                "intents-taken",
                Notice.Severity.CRITICAL,
                count
                        + " messages of the stream of intents were read and acknowledged by another consumer of the group,"
                        + " or deleted unread: they have no ending here; give every other reader a group of its own, and"
                        + " send them again"));
    }

    @Override
    public void noticed(String key, Notice.Severity severity, String text) {
        loop.tell(new Event.Noticed(key, severity, text));
    }

    @Override
    public void connected(boolean connected) {
        wiring.redis("intents", connected);
    }

    @Override
    public void failing(String cause) {
        wiring.redisFails("intents", cause);
    }
}
