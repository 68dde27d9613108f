package quantum.trader;

import java.util.Optional;
import quantum.desk.Entry;
import quantum.desk.Event;
import quantum.desk.Notice;
import quantum.intent.Reading;
import quantum.trader.ledger.Ledger;
import quantum.trader.loop.DeskLoop;
import quantum.trader.stream.IntentCodec;
import quantum.trader.stream.IntentSource;

/** What the reader of intents hears and finds, on its way to the desk; what the ledger remembers goes with it. */
record Intake(Ledger ledger, DeskLoop loop, Wiring wiring) implements IntentSource.Receiver {

    @Override
    public void received(IntentSource.Message message) {
        wiring.messageRead();
        if (message.fields().isEmpty()) {
            vanished(message);
            return;
        }
        Reading reading = IntentCodec.read(message.fields());
        Entry.IntentRow earlier = identity(reading).flatMap(ledger::intent).orElse(null);
        loop.arrived(new Event.IntentArrived(message.id(), message.fields(), reading, earlier, message.deliveries()));
    }

    /** What was decided on before it was trimmed has its ending; the rest becomes a dead letter with its id. */
    private void vanished(IntentSource.Message message) {
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
        return ledger.view().notice(eventId).isPresent();
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
        loop.tell(new Event.LedgerForgot(
                "the ledger was lost or replaced by an older one: report " + eventId + " is published and not in it"));
    }

    @Override
    public void connected(boolean connected) {
        wiring.redis("intents", connected);
    }
}
