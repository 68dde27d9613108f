package quantum.trader;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import quantum.decision.Event;
import quantum.intent.Refusal;
import quantum.record.Notice;

/** What beside the exchange and the ledger opens wait for: reports that no stream takes, and a lease that is not sure. */
final class HeldOpens {

    /** So long reports may wait for their stream before opens wait with them. */
    private static final Duration REPORT_PATIENCE = Duration.ofSeconds(3);

    private final Consumer<Event> desk;
    private final LongSupplier nanos;
    private final Map<String, Long> blockedSince = new ConcurrentHashMap<>();
    private final Map<Refusal, String> held = new ConcurrentHashMap<>();
    private final Map<Refusal, String> told = new ConcurrentHashMap<>();
    private volatile boolean begun;

    /** {@code nanos} is monotonic time. */
    HeldOpens(Consumer<Event> desk, LongSupplier nanos) {
        this.desk = desk;
        this.nanos = nanos;
    }

    /** A stream alone takes nothing, or without words takes notices again. */
    void blocked(String stream, String cause) {
        if (cause.isEmpty()) {
            blockedSince.remove(stream);
            desk.accept(new Event.Noticed(
                    "stream-free:" + stream,
                    Notice.Severity.INFO,
                    stream + " takes notices again; what it missed follows"));
        } else {
            blockedSince.put(stream, nanos.getAsLong());
            desk.accept(new Event.Noticed(
                    "stream-blocked:" + stream,
                    Notice.Severity.CRITICAL,
                    "the key " + stream + " takes no notices: " + cause + "; they wait, opens too if they are reports."
                            + " Put it right: redis-cli DEL or RENAME it"));
        }
    }

    /** Whether the lease says that the account is ours. */
    void certain(boolean certain) {
        hold(
                Refusal.ACCOUNT_UNCERTAIN,
                certain ? "" : "the lease of the account in Redis is not held; another service may own it");
    }

    /** With each picture of the desk: what is late is late although nothing happens. */
    void look() {
        begun = true;
        String late = blockedSince.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("trade.execution.res")
                        || entry.getKey().endsWith("trade.closed"))
                .filter(entry -> nanos.getAsLong() - entry.getValue() > REPORT_PATIENCE.toNanos())
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("");
        hold(Refusal.REPORTS_BLOCKED, late.isEmpty() ? "" : "the key " + late + " takes no reports");
    }

    /** It began or, without words, ended; a desk that has not begun hears of it then. */
    private void hold(Refusal why, String words) {
        held.put(why, words);
        if (begun) {
            tell();
        }
    }

    private synchronized void tell() {
        held.forEach((why, words) -> {
            if (!words.equals(told.put(why, words))) {
                desk.accept(new Event.OpensHeld(why, words));
            }
        });
    }
}
