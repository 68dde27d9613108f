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
 * Turns a position: closes it, waits until a reading of the positions shows nothing, and only then lets its intent open
 * the other side, with every guard asked at that time. What a restart interrupts is closed and told, never opened.
 */
public final class Reversal {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(1);

    private final Books books;
    private final Reporting reporting;
    private final Exits exits;
    private final Opening opening;
    private final PreTradeChecks checks;
    private final Map<String, Flip> flips = new LinkedHashMap<>();

    /** One position on its way to the other side. */
    private static final class Flip {
        private final Intent.Open open;
        private final LiveIntent intent;
        private final LivePosition position;
        private final Place place;
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
        intent.reached(Stage.TURNING, decision.now());
        decision.changed(intent);
        exits.exit(position, Reason.SIGNAL, decision);
        decision.wake(Timer.Kind.REVERSAL, intent.id(), LOOK_AGAIN);
    }

    /** Once a second: an intent that grew too old on its way has its ending; the close goes on. */
    public void woken(String intentId, Decision decision) {
        Flip flip = flips.get(intentId);
        if (flip == null) {
            return;
        }
        if (checks.age(flip.open, decision.now()) instanceof Verdict.Refused(Refusal why, String detail)) {
            end(flip);
            reporting.reject(flip.intent, why, detail + " before the position was closed", decision);
            return;
        }
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
                // The rest of its entry was executed after all.
                flip.flatFromNanos = null;
                exits.exit(flip.position, Reason.SIGNAL, decision);
            } else if (!open && flip.flatFromNanos == null) {
                flip.flatFromNanos = decision.now().nanos();
                decision.ask(new Call.ReadPositions());
            }
        }
    }

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
            if (books.positions().at(flip.place) != null) {
                end(flip);
                reporting.reject(
                        flip.intent, Refusal.POSITION_OPPOSITE, "something is held again after the close", decision);
            } else if (!byPlace.containsKey(flip.place) && books.unclear().in(flip.place.symbol()) == null) {
                end(flip);
                if (checks.age(flip.open, decision.now()) instanceof Verdict.Refused(Refusal why, String detail)) {
                    reporting.reject(flip.intent, why, detail + " when the position was closed", decision);
                } else {
                    opening.open(flip.open, flip.intent, decision);
                }
            }
        }
    }

    /** The producer wants nothing to be held there after all: the close goes on, and nothing is opened. */
    void callOff(Intent.Close close, Decision decision) {
        for (Flip flip : List.copyOf(flips.values())) {
            boolean isMeant = close.direction() == null || close.direction() == flip.open.direction();
            if (flip.open.symbol().equals(close.symbol()) && isMeant) {
                end(flip);
                String words = "a later close, " + close.origin().intentId()
                        + ", called it off while the position was being turned; nothing is opened in its place";
                reporting.reject(flip.intent, Refusal.INTERRUPTED, words, decision);
            }
        }
    }

    private void end(Flip flip) {
        flips.remove(flip.intent.id());
        books.reversed(flip.place);
    }

    /** A flip that the end of the process interrupted before anything was sent to open. */
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
