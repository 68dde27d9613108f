package quantum.binance;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import quantum.binance.Reply.Refused;
import quantum.binance.Reply.Unknown;
import quantum.venue.VenueEvent.Halt;
import quantum.venue.VenueEvent.OpensHalted;
import quantum.venue.VenueEvent.RequestRefused;
import quantum.venue.VenueEvent.Unread;

/** What is done about a reply beside answering whoever asked: stops are kept and told, oddities are told once. */
final class ErrorActions {

    /** The exchange does not say when such a restriction ends; after this an open may try (binance-usdm 9, -4400). */
    private static final Duration RESTRICTION = Duration.ofMinutes(10);

    private static final int REMEMBERED_KINDS = 200;
    private static final int LONGEST_WORDS = 120;

    private final Conversation talk;
    private final RequestGate gate;
    private final Set<String> told = new HashSet<>();
    private final Set<Integer> mistakes = new HashSet<>();
    private long oddities;

    ErrorActions(Conversation talk, RequestGate gate) {
        this.talk = talk;
        this.gate = gate;
    }

    /** How often something could not be read or was not known. */
    long oddities() {
        return oddities;
    }

    void saw(RestCall call, Reply<?> reply, @Nullable Duration retryAfter) {
        if (reply instanceof Refused<?>(BinanceError error, String text)) {
            refused(error, text, retryAfter);
        } else if (reply instanceof Unknown<?>(String cause, boolean isOdd) && isOdd) {
            odd("answer to " + call.method() + " " + call.path(), cause);
        }
    }

    private void refused(BinanceError error, String text, @Nullable Duration retryAfter) {
        switch (error.measure()) {
            case LIMIT, LIMIT_ORDERS, BAN, BLOCK -> {
                OpensHalted stop = gate.stopped(error, text, retryAfter, talk.millis());
                if (stop != null) {
                    talk.tell(stop);
                }
            }
            case HALT -> talk.tell(new OpensHalted(Halt.CONFIGURATION, error.code(), text, null));
            case RESTRICT -> {
                Instant end = Instant.ofEpochMilli(talk.millis()).plus(RESTRICTION);
                talk.tell(new OpensHalted(Halt.RESTRICTED, error.code(), text, end));
            }
            case TELL -> {
                if (mistakes.add(error.code())) {
                    talk.tell(new RequestRefused(error.code(), line(text)));
                }
            }
            case TELL_UNKNOWN -> odd("code " + error.code(), text);
            // The rules are the listings' matter.
            case NONE, RELOAD_RULES, DISABLE_SYMBOL -> {}
        }
    }

    void odd(String kind, String detail) {
        oddities++;
        String name = line(kind);
        if (told.size() < REMEMBERED_KINDS && told.add(name)) {
            talk.tell(new Unread(name, line(detail)));
        }
    }

    /** The words may be the exchange's: one short line of them. */
    private static String line(String words) {
        String line = words.replaceAll("\\p{C}+", " ").strip();
        return line.length() <= LONGEST_WORDS ? line : line.substring(0, LONGEST_WORDS) + "...";
    }
}
