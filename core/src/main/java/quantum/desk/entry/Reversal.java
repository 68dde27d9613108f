package quantum.desk.entry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LivePosition;
import quantum.book.Positions.Place;
import quantum.decision.Decision;
import quantum.decision.Timer;
import quantum.desk.exit.Exits;
import quantum.desk.report.Reporting;
import quantum.guard.Verdict;
import quantum.intent.Closed.Reason;
import quantum.intent.Intent;
import quantum.intent.Refusal;
import quantum.intent.Stage;
import quantum.venue.Call;
import quantum.venue.VenueEvent.Held;

/**
 * Turns a position: closes it, waits until a reading of the positions shows nothing, and only then lets its intent
 * open the other side, with every guard asked at that time. One order across zero would be an exit that turns
 * (INV-13), and its open would have passed no guard. What a restart interrupts is closed and reported, never opened.
 */
public final class Reversal {

    /** Between two looks at a flip: whether it is too old, and whether the exchange shows nothing yet. */
    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Books books;
    private final Reporting reporting;
    private final Exits exits;
    private final Opening opening;
    private final PreTradeChecks checks;
    /** By the intents that turn, in the order in which they began; a restart ends them all. */
    private final Map<String, Flip> flips = new LinkedHashMap<>();

    /** One position on its way to the other side. */
    private static final class Flip {
        private final Intent.Open open;
        private final LiveIntent intent;
        private final LivePosition position;
        private final Place place;
        /** When its position was known to have ended, by the monotonic clock; null while it is held. */
        private @Nullable Long flatFromNanos;

        Flip(Intent.Open open, LiveIntent intent, LivePosition position, Place place) {
            this.open = open;
            this.intent = intent;
            this.position = position;
            this.place = place;
        }
    }

    public Reversal(Books books, Reporting reporting, Exits exits, Opening opening) {
        this.books = books;
        this.reporting = reporting;
        this.exits = exits;
        this.opening = opening;
        this.checks = new PreTradeChecks(books);
    }

    /**
     * Closes all of what is held and keeps the open until that is proven. Meanwhile other opens in the place are
     * refused as SYMBOL_LOCKED.
     */
    void begin(Intent.Open open, LiveIntent intent, LivePosition position, Decision decision) {
        if (books.rules().observe()) {
            String words = "would close " + position.quantity().toPlainString() + " " + position.symbol() + " and then "
                    + open.side();
            reporting.reject(intent, Refusal.OBSERVED, words, decision);
            return;
        }
        Place place = books.positions().place(position.symbol(), position.direction());
        books.reverse(place);
        flips.put(intent.id(), new Flip(open, intent, position, place));
        // Recorded before the close leaves. By this stage a restart knows that it was to open only after a close.
        intent.reached(Stage.TURNING, decision.now());
        decision.changed(intent);
        // By the desk and not under the intent's id: a refused one is tried again until nothing is held.
        exits.exit(position, Reason.SIGNAL, decision);
        decision.wake(Timer.Kind.REVERSAL, intent.id(), LOOK_AGAIN);
    }

    /** Once a second: an intent that grew too old on its way has its ending; the close goes on. */
    public void woken(String intentId, Decision decision) {
        Flip flip = flips.get(intentId);
        // It has ended meanwhile, and its timer comes all the same.
        if (flip == null) {
            return;
        }
        if (checks.age(flip.open, decision.now()) instanceof Verdict.Refused(Refusal why, String detail)) {
            // Refused now and not when the close is done: the producer waits for an ending that is certain already.
            end(flip);
            reporting.reject(flip.intent, why, detail + " before the position was closed", decision);
            return;
        }
        // Lists lag behind a close (binance-usdm 3.5): they are read until one shows nothing.
        if (flip.flatFromNanos != null) {
            decision.ask(new Call.ReadPositions());
        }
        decision.wake(Timer.Kind.REVERSAL, intentId, LOOK_AGAIN);
    }

    /** After every decision: a position that has just ended is looked for on the exchange. */
    public void goOn(Decision decision) {
        for (Flip flip : flips.values()) {
            boolean open = flip.position.isOpen();
            if (open && flip.flatFromNanos != null) {
                // The rest of its entry was executed after all: it is closed as well, and the proof begins anew.
                flip.flatFromNanos = null;
                exits.exit(flip.position, Reason.SIGNAL, decision);
            } else if (!open && flip.flatFromNanos == null) {
                flip.flatFromNanos = decision.now().nanos();
                decision.ask(new Call.ReadPositions());
            }
        }
    }

    /**
     * Positions were read that were asked for at that monotonic time. Only a question that left after the position
     * had ended proves that nothing is held: an older list may not have seen the close's own trade.
     */
    public void positions(List<Held> held, long askedNanos, Decision decision) {
        if (flips.isEmpty()) {
            return;
        }
        Map<Place, Held> byPlace = books.positions().byPlace(held, Held::symbol, Held::direction);
        for (Flip flip : List.copyOf(flips.values())) {
            Long flatFrom = flip.flatFromNanos;
            if (flatFrom == null || askedNanos - flatFrom < 0) {
                continue;
            }
            // Another hand has taken the place meanwhile. To close that too was not asked for.
            if (books.positions().at(flip.place) != null) {
                end(flip);
                reporting.reject(
                        flip.intent, Refusal.POSITION_OPPOSITE, "something is held again after the close", decision);
            } else if (!byPlace.containsKey(flip.place) && books.unclear().in(flip.place.symbol()) == null) {
                // No row of the place, and none of the symbol that cannot be read: such a one may be of the place
                // (I-F8).
                end(flip);
                // The signal grew older during the close, and a stall may have added minutes to that (C13).
                if (checks.age(flip.open, decision.now()) instanceof Verdict.Refused(Refusal why, String detail)) {
                    reporting.reject(flip.intent, why, detail + " when the position was closed", decision);
                } else {
                    opening.open(flip.open, flip.intent, decision);
                }
            }
        }
    }

    /**
     * The producer wants nothing to be held there after all: the close goes on, and nothing is opened. Without this
     * its close was refused as in flight already, and the other side was opened after both.
     */
    void callOff(Intent.Close close, Decision decision) {
        for (Flip flip : List.copyOf(flips.values())) {
            // One that names no side means what the flip would open, too.
            boolean isMeant = close.direction() == null || close.direction() == flip.open.direction();
            if (flip.open.symbol().equals(close.symbol()) && isMeant) {
                end(flip);
                String words = "a later close, " + close.origin().intentId()
                        + ", called it off while the position was being turned; nothing is opened in its place";
                reporting.reject(flip.intent, Refusal.INTERRUPTED, words, decision);
            }
        }
    }

    /** The place takes opens again; the close of the old position goes on by itself. */
    private void end(Flip flip) {
        flips.remove(flip.intent.id());
        books.reversed(flip.place);
    }

    /**
     * A flip that the end of the process interrupted before anything was sent to open. It says what happened, that it
     * closed and opened nothing: "nothing was sent" was untrue (B-9).
     */
    public void interrupted(LiveIntent intent, Decision decision) {
        books.positions().in(intent.symbol()).stream()
                // A position found meanwhile is another one: no exit of ours was decided for it.
                .filter(position -> position.direction() != intent.direction() && position.exitAttempt() > 0)
                .forEach(position -> exits.exit(position, Reason.SIGNAL, decision));
        reporting.reject(
                intent,
                Refusal.INTERRUPTED,
                "the process stopped while the position was being turned: its close was ordered and goes on where it is not"
                        + " executed yet, and nothing is opened in its place",
                decision);
    }
}
