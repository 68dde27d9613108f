package quantum.desk.entry;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import quantum.book.LiveIntent;
import quantum.decision.Decision;
import quantum.decision.Effect;
import quantum.decision.Event;
import quantum.intent.Reading;

/**
 * Messages whose intents wait for something before they are decided on. They are not acknowledged, because an
 * acknowledgement says that the decision is durable (INV-20): should this process end, the bus hands them over once
 * more.
 */
public final class KeptMessages {

    /** The ids of all messages of an intent that waits: each of its repeats has to stay as long as the first. */
    private final Map<String, Set<String>> byIntent = new HashMap<>();

    /** The intent waits from now on. An intent that waits already may be kept again. */
    public void keep(LiveIntent intent) {
        byIntent.computeIfAbsent(intent.id(), _ -> new LinkedHashSet<>()).add(intent.messageId());
    }

    /** True while the message, first or repeated, must stay with the bus because its intent waits. */
    public boolean keeps(Event.IntentArrived arrived) {
        // Only what was understood can wait; everything else has had its ending.
        Set<String> kept = arrived.reading() instanceof Reading.Understood(var wish)
                ? byIntent.get(wish.origin().intentId())
                : null;
        if (kept != null) {
            // A repeat counts as a duplicate of an intent that may still be lost, so it stays as well.
            kept.add(arrived.messageId());
        }
        return kept != null;
    }

    /** It waits no longer and is decided on, by which it may come to wait for something else. */
    public void release(LiveIntent intent, Consumer<Decision> decide, Decision decision) {
        // Let go first, because deciding may keep it anew: a close that waited for the exchange's word may have to
        // wait for an entry next.
        Set<String> kept = byIntent.remove(intent.id());
        decide.accept(decision);
        if (kept == null) {
            return;
        }
        Set<String> again = byIntent.get(intent.id());
        if (again == null) {
            kept.forEach(message -> decision.add(new Effect.Acknowledge(message)));
        } else {
            // What it had goes on waiting with it.
            again.addAll(kept);
        }
    }
}
