package quantum.desk;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.guard.Verdict;
import quantum.intent.Refusal;
import quantum.record.Notice;
import quantum.venue.VenueEvent.Halt;
import quantum.venue.VenueEvent.OpensHalted;

/**
 * Why the exchange stops opens, each cause by its name and code: a timed one ends by itself, the others when a person
 * resumes. Kept in memory alone, because a restart asks the exchange anew. Exits never look here (law 5).
 */
final class Halts {

    private final Map<String, OpensHalted> byName = new TreeMap<>();
    /** What beside the exchange and the ledger opens wait for. */
    private final Map<Refusal, String> held = new EnumMap<>(Refusal.class);

    /** Takes a halt; a person is told once for as long as it lasts. */
    void halt(OpensHalted halted, Turn turn) {
        String name = "halt:" + halted.halt() + ":" + halted.code();
        OpensHalted before = byName.put(name, halted);
        if (before == null || !isActive(before, turn.now().exchange())) {
            Notice.Severity severity =
                    halted.halt() == Halt.LIMITED ? Notice.Severity.WARNING : Notice.Severity.CRITICAL;
            turn.alert(name, severity, "opens are halted: " + words(halted), "");
        }
    }

    /** Opens wait for so long as this is so; no words end it. */
    void hold(Refusal why, String words) {
        if (words.isEmpty()) {
            held.remove(why);
        } else {
            held.put(why, words);
        }
    }

    /** A person says that the cause is gone. */
    void resume() {
        byName.clear();
        held.remove(Refusal.STOPS_TAKEN_OFF);
    }

    /** Whether opens are allowed; the halt that lasts longest is told. */
    Verdict admit(Instant now) {
        for (Map.Entry<Refusal, String> cause : held.entrySet()) {
            return Verdict.refuse(cause.getKey(), cause.getValue());
        }
        OpensHalted last = longest(now);
        return last == null ? Verdict.PASS : Verdict.refuse(refusal(last.halt()), words(last));
    }

    boolean isHalted(Instant now) {
        return !held.isEmpty() || longest(now) != null;
    }

    /** When the last of them ends by itself; null where only a person ends it, or none is there. */
    @Nullable
    Instant until(Instant now) {
        OpensHalted last = held.isEmpty() ? longest(now) : null;
        return last == null ? null : last.until();
    }

    private @Nullable OpensHalted longest(Instant now) {
        return byName.values().stream()
                .filter(halted -> isActive(halted, now))
                .max(Comparator.comparing(halted -> halted.until() == null ? Instant.MAX : halted.until()))
                .orElse(null);
    }

    private static boolean isActive(OpensHalted halted, Instant now) {
        return halted.until() == null || now.isBefore(halted.until());
    }

    private static Refusal refusal(Halt halt) {
        return switch (halt) {
            case LIMITED, BANNED, BLOCKED -> Refusal.EXCHANGE_LIMITS;
            case CONFIGURATION, RESTRICTED -> Refusal.EXCHANGE_HALT;
        };
    }

    private static String words(OpensHalted halted) {
        String end = halted.until() == null ? "until a person resumes" : "until " + halted.until();
        return halted.halt() + ", " + halted.code() + " " + halted.words() + ", " + end;
    }
}
