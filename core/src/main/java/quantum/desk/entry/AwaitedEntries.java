package quantum.desk.entry;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import quantum.book.Books;
import quantum.book.LiveIntent;
import quantum.book.LiveOrder;
import quantum.book.LivePosition;
import quantum.decision.Decision;
import quantum.desk.exit.Exits;
import quantum.intent.Closed.Reason;
import quantum.intent.Intent;
import quantum.order.OrderId;
import quantum.order.Purpose;
import quantum.venue.Call;

/**
 * A close is the producer's last word, also about an entry that is still under way when it comes. Where nothing is
 * held yet, the close waits until something is or the entry has ended, and its message stays with the bus. A close of
 * all cancels the entry; whatever that one executes all the same is closed as well. A close that came 150 ms after
 * its open was once rejected with NO_POSITION, and the position stayed (C-1). A waiting close is not recorded: after a
 * restart the bus hands it over again. That an entry is not wanted any more is, on its row: its close may have its ending.
 */
public final class AwaitedEntries {

    /** A close that came before anything was held. */
    private record Waiting(Intent.Close close, LiveIntent intent) {}

    private final Books books;
    private final Closing closing;
    private final Exits exits;
    private final Reversal reversal;
    private final KeptMessages kept;
    /** In the order in which they came, so that the first close takes its part first. */
    private final List<Waiting> waiting = new ArrayList<>();
    /** Entries that a close of all was meant for too: what they execute later ends by its reason. */
    private final Set<LiveOrder> unwanted = new LinkedHashSet<>();

    public AwaitedEntries(Books books, Closing closing, Exits exits, Reversal reversal, KeptMessages kept) {
        this.books = books;
        this.closing = closing;
        this.exits = exits;
        this.reversal = reversal;
        this.kept = kept;
    }

    /**
     * Decides on a close now, or keeps it while all that it can mean is still being entered. Every close that a
     * producer sends comes through here, also one that was asked about first because an earlier process may have
     * executed it.
     */
    public void close(Intent.Close close, LiveIntent intent, Decision decision) {
        List<LiveOrder> entries = entries(close);
        // Only a close of all says that nothing is to be held. One of a part still wants what is being entered.
        if (close.quantity() == null && close.fraction().compareTo(BigDecimal.ONE) == 0) {
            // A flip that is under way would open its other side right after this close.
            reversal.callOff(close, decision);
            for (LiveOrder entry : entries) {
                // The cancel may come too late: whatever the entry executes all the same is closed by goOn.
                entry.setUnwanted(Closing.reason(close));
                unwanted.add(entry);
                decision.changed(entry);
                decision.ask(new Call.CancelOpen(entry.id(), close.symbol()));
            }
        }
        if (entries.isEmpty() || isHeld(close)) {
            closing.close(close, intent, decision);
        } else {
            // From here on it is an exit, whichever word it used: a refusal of it alerts a person (INC-P13).
            intent.closes();
            kept.keep(intent);
            // Refused now, it would find nothing, and the entry would be executed a moment later (C-1).
            waiting.add(new Waiting(close, intent));
        }
    }

    /** Those of an earlier life of the process, by their rows. */
    public void restored() {
        books.unfinished().stream().filter(entry -> entry.unwanted() != null).forEach(unwanted::add);
    }

    /** After every decision: what waited is decided, and what an unwanted entry executed is closed. */
    public void goOn(Decision decision) {
        for (Waiting each : List.copyOf(waiting)) {
            if (isHeld(each.close()) || entries(each.close()).isEmpty()) {
                // Decided by what is held at this moment: a part is a part of what the entry really executed.
                waiting.remove(each);
                kept.release(each.intent(), later -> closing.close(each.close(), each.intent(), later), decision);
            }
        }
        unwanted.removeIf(entry -> isOver(entry, decision));
    }

    /** Until the entry has ended; a close of it that was refused is sent again like every other. */
    private boolean isOver(LiveOrder entry, Decision decision) {
        Reason reason = entry.unwanted();
        OrderId order = entry.state().orderId();
        LivePosition position = books.positions().at(books.place(entry));
        // Only what this entry has a part in: nobody asked to close what another hand opens there later. A refused
        // close waits out its pause, as every close does.
        if (reason != null
                && position != null
                && order != null
                && position.entryOrders().contains(order)
                && position.closes().isDue(decision.now().nanos())) {
            exits.exit(position, reason, decision);
        }
        return entry.state().isFinal();
    }

    /** Whether anything is held that the close can mean: of either direction where it names none. */
    private boolean isHeld(Intent.Close close) {
        return books.positions().in(close.symbol()).stream()
                .anyMatch(position -> close.direction() == null || close.direction() == position.direction());
    }

    /** Entries without an outcome that may make, or add to, what the close means. */
    private List<LiveOrder> entries(Intent.Close close) {
        return books.unfinished().stream()
                .filter(order -> order.task().purpose() == Purpose.OPEN
                        && order.task().symbol().equals(close.symbol())
                        && (close.direction() == null
                                || close.direction() == order.task().direction()))
                .toList();
    }
}
