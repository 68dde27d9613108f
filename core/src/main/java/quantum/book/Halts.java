package quantum.book;

import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import quantum.guard.Verdict;
import quantum.intent.Refusal;
import quantum.venue.VenueEvent.Halt;
import quantum.venue.VenueEvent.OpensHalted;

/**
 * Why the exchange stops opens, each cause by its name and code: a timed one ends by itself, the others when a person
 * resumes. Kept in memory alone, because a restart asks the exchange anew. Exits never look here (law 5).
 */
public final class Halts {

    private final Map<String, OpensHalted> byName = new TreeMap<>();
    /** What beside the exchange and the ledger opens wait for. */
    private final Map<Refusal, String> held = new EnumMap<>(Refusal.class);

    /**
     * Takes a halt; true if it is news, as it is once for as long as it lasts. Of a repeated one the newer end counts.
     */
    public boolean halt(OpensHalted halted, Instant now) {
        OpensHalted before = byName.put(name(halted), halted);
        return before == null || !isActive(before, now);
    }

    /** Its cause and code. */
    public static String name(OpensHalted halted) {
        return "halt:" + halted.halt() + ":" + halted.code();
    }

    /** Opens wait for so long as this is so; no words end it. */
    public void hold(Refusal why, String words) {
        if (words.isEmpty()) {
            held.remove(why);
        } else {
            held.put(why, words);
        }
    }

    /** A person says that the cause is gone. Where it is not, the next refusal halts anew. */
    public void resume() {
        byName.clear();
        held.remove(Refusal.STOPS_TAKEN_OFF);
    }

    /** Whether opens are allowed; the halt that lasts longest is told. */
    public Verdict admit(Instant now) {
        for (Map.Entry<Refusal, String> cause : held.entrySet()) {
            return Verdict.refuse(cause.getKey(), cause.getValue());
        }
        OpensHalted last = longest(now);
        return last == null ? Verdict.PASS : Verdict.refuse(refusal(last.halt()), words(last));
    }

    public boolean isHalted(Instant now) {
        return !held.isEmpty() || longest(now) != null;
    }

    /** When the last of them ends by itself; null where only a person ends it, or none is there. */
    @Nullable
    public Instant until(Instant now) {
        OpensHalted last = held.isEmpty() ? longest(now) : null;
        return last == null ? null : last.until();
    }

    /** One that waits for a person outlasts every timed one. */
    private @Nullable OpensHalted longest(Instant now) {
        return byName.values().stream()
                .filter(halted -> isActive(halted, now))
                .max(Comparator.comparing(halted -> halted.until() == null ? Instant.MAX : halted.until()))
                .orElse(null);
    }

    private static boolean isActive(OpensHalted halted, Instant now) {
        return halted.until() == null || now.isBefore(halted.until());
    }

    /** What passes by itself, and what the account or key does not allow: a producer waits, or a person looks. */
    private static Refusal refusal(Halt halt) {
        return switch (halt) {
            case LIMITED, BANNED, BLOCKED -> Refusal.EXCHANGE_LIMITS;
            case CONFIGURATION, RESTRICTED -> Refusal.EXCHANGE_HALT;
        };
    }

    /** For alerts and reports: cause, the exchange's code and words, and the end. */
    public static String words(OpensHalted halted) {
        String end = halted.until() == null ? "until a person resumes" : "until " + halted.until();
        return halted.halt() + ", " + halted.code() + " " + halted.words() + ", " + end;
    }
}
